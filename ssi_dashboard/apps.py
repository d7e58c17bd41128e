from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "ssi_dashboard"
    verbose_name = _("Dashboard")

    def ready(self) -> None:
        from ssi_dashboard import among  # noqa: F401 - gives fields their lookup


class AdminConfig(DjangoAdminConfig):
    default_site = "ssi_dashboard.admin_site.AdminSite"
