from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from scoring import exports
from scoring.management.files import ExportCommand, day_argument
from ssi_dashboard import clock


class Command(ExportCommand):
    help = (
        "Export the scores of a day as CSV, by rank. Sellers who are not shown on boards come last and have "
        "no rank."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--day", type=day_argument, required=True, metavar="D", help=_("as 2026-11-22"))

    def handle(self, *_args: Any, day: date, to: str | None, **_options: Any) -> None:
        if day > clock.today():
            raise CommandError(_("That day has not come yet."))
        if not self.write(exports.SCORES_HEADER, exports.score_rows(day), to=to):
            self.stderr.write(_("Nobody has a score of that day."))
