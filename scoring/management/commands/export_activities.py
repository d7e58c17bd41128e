from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from scoring import exports
from scoring.management.files import ExportCommand
from scoring.management.sellers import seller_id_of
from scoring.rows import HEADER


class Command(ExportCommand):
    help = "Export what was logged and not deleted as CSV, as import_activities reads it."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--seller", metavar="EMAIL", help=_("only what this seller did"))

    def handle(self, *_args: Any, seller: str | None, to: str | None, **_options: Any) -> None:
        key = None if seller is None else seller_id_of(seller)
        rows = exports.activity_rows(seller_id=key)
        self.write(HEADER, rows, to=to, total=exports.count_activity_rows(seller_id=key))
