from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core import mail
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from scoring.management.files import ImportCommand, Read
from teams import imports
from teams.invitations import invite
from teams.models import User
from teams.seller_rows import OPTIONAL, REQUIRED, SellerReader, SellerRow


class Command(ImportCommand[SellerRow, imports.Outcome]):
    help = (
        "Import sellers from CSV: email, first_name, last_name, team (a path such as North/Store 12), "
        "industry, title, joined_on and optionally left_on. Known people are updated; nobody has a password "
        "until invited."
    )
    required = REQUIRED
    optional = OPTIONAL

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--invite",
            action="store_true",
            help=_("mail everybody in the file who has no password yet a link to set one"),
        )

    def reader(self, today: date) -> Read[SellerRow]:
        return SellerReader().read

    def take_in(self, rows: Iterable[SellerRow], *, today: date) -> imports.Outcome:
        return imports.take_in(rows, today=today)

    def restated(self, outcome: imports.Outcome) -> Collection[int]:
        return outcome.firsts

    def report(self, outcome: imports.Outcome) -> Iterable[tuple[str, int]]:
        return [
            (_("new"), outcome.new),
            (_("updated"), outcome.updated),
            (_("of these in another team"), outcome.moved),
            (_("unchanged"), outcome.unchanged),
            (_("teams made"), outcome.teams),
            (_("industries made"), outcome.industries),
        ]

    def finish(self, outcome: imports.Outcome, **options: Any) -> None:
        if not options["invite"]:
            return
        try:
            with mail.get_connection() as connection:
                failed = _invite(outcome.uninvited, connection)
        except OSError as error:
            raise CommandError(
                _("All are imported, but nobody is invited: the mail server does not answer (%(problem)s).")
                % {"problem": error}
            ) from error
        invited = _("invited")
        self.stdout.write(f"{invited}: {len(outcome.uninvited) - len(failed)}")
        if failed:
            raise CommandError(_("These could not be invited: %(emails)s") % {"emails": ", ".join(failed)})


def _invite(user_ids: list[int], connection: Any) -> list[str]:
    """Send the invitations; gives the addresses that the mail server would not take."""
    failed = []
    for user_id in tqdm(user_ids, desc=_("invited"), unit="", disable=None):
        user = User.objects.get(pk=user_id)
        try:
            invite(user, connection=connection)
        except OSError:  # all that smtplib raises is one
            failed.append(user.email)
    return failed
