from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from ssi_dashboard import clock
from teams import demo
from teams.models import User


class Command(BaseCommand):
    help = "Add an invented organisation with a year of activities; --remove takes it out."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--remove", action="store_true", help=_("take the demo organisation out, and all of it")
        )

    def handle(self, *_args: Any, remove: bool, **_options: Any) -> None:
        if remove:
            self._remove()
        elif demo.exists():
            self.stdout.write(_("The demo organisation is there already; --remove takes it out."))
        else:
            self._build()

    def _build(self) -> None:
        others = User.objects.filter(is_demo=False).count()
        try:
            count = demo.build(today=clock.today(), now=now(), track=_scored)
        except demo.Taken as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted; --remove takes out what is there already."), returncode=130
            ) from None
        said = ngettext(
            "A demo organisation with %(count)d seller was added.",
            "A demo organisation with %(count)d sellers was added.",
            count,
        )
        self.stdout.write(said % {"count": count})
        if others:
            self.stdout.write(_("The people who were there stay as they are."))
        for role, email, password in demo.DEMO_LOGINS:
            self.stdout.write(f"{role}: {email} {password}")

    def _remove(self) -> None:
        try:
            count = demo.remove()
        except demo.StillUsed as error:
            raise CommandError(str(error)) from error
        if not count:
            self.stdout.write(_("There is no demo organisation."))
        else:
            self.stdout.write(_("The demo organisation is removed."))


def _scored(people: Iterable[Any]) -> Iterable[Any]:
    return tqdm(people, desc=_("scored"), unit="", disable=None)
