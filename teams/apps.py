from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TeamsConfig(AppConfig):
    name = "teams"
    verbose_name = _("Teams")

    def ready(self) -> None:
        from teams import changes, groups, restating

        post_migrate.connect(groups.make_groups, sender=self)
        restating.connect()
        changes.connect()
