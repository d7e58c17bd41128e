from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from scoring import statement
from scoring.formula.lines import Part
from scoring.formula.statement import Backwards, Statement
from scoring.labels import kind_label
from scoring.management.aligned import aligned
from scoring.management.files import ExportCommand, day_argument
from scoring.management.sellers import seller_id_of
from ssi_dashboard import clock
from ssi_dashboard.numbers import shown


class Command(ExportCommand):
    help = "Tell how a seller's index of one day became that of another, in lines that add up exactly."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help=_("the seller"))
        parser.add_argument(
            "--from",
            type=day_argument,
            required=True,
            dest="first",
            metavar="D1",
            help=_("the day whose index is the opening one, as 2026-11-01"),
        )
        parser.add_argument(
            "--to",
            type=day_argument,
            required=True,
            dest="last",
            metavar="D2",
            help=_("the day whose index is the closing one, as 2026-11-22"),
        )
        parser.add_argument("--csv", action="store_true", help=_("as CSV: %s") % ",".join(statement.HEADER))

    def handle(self, *_args: Any, email: str, first: date, last: date, csv: bool, **_options: Any) -> None:
        seller = seller_id_of(email)
        try:
            told = statement.statement_of(seller, first=first, last=last, today=clock.today())
        except Backwards as error:
            raise CommandError(_("The second day is before the first.")) from error
        except statement.NoIndex as error:
            raise CommandError(str(error)) from error
        if csv:
            self.write(statement.HEADER, statement.rows(told), to=None)
        else:
            for line in aligned(list(_table(told)), right={3}):
                self.stdout.write(line)


def _table(told: Statement) -> Iterator[tuple[str, str, str, str]]:
    for part, kind, day, amount in statement.rows(told):
        is_score = part in (Part.OPENING, Part.CLOSING)
        label = kind_label(kind) if kind else ""
        hundredths = int(amount.scaleb(2))
        yield str(statement.PART_LABELS[Part(part)]), label, day, shown(hundredths, signed=not is_score)
