from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from scoring import exports, roster
from scoring.management.files import ExportCommand
from scoring.rows import HEADER


class Command(ExportCommand):
    help = "Export what was logged and not deleted as CSV, as import_activities reads it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--seller", metavar="EMAIL", help=_("only what this seller did"))

    def handle(self, *_args: Any, seller: str | None, to: str | None, **_options: Any) -> None:
        key = None if seller is None else _seller_id(seller)
        rows = exports.activity_rows(seller_id=key)
        self.write(HEADER, rows, to=to, total=exports.count_activity_rows(seller_id=key))


def _seller_id(email: str) -> int:
    key = roster.sellers().filter(user__email=email.strip().lower()).values_list("pk", flat=True).first()
    if key is None:
        raise CommandError(_("No seller has the e-mail %(email)s.") % {"email": email})
    return key
