from collections.abc import Collection, Iterable
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from tqdm import tqdm

from scoring import imports
from scoring.management.files import ImportCommand, Read
from scoring.plain_rows import PlainRows
from scoring.rows import HEADER, REQUIRED, ActRow, RowReader, StandingRow
from scoring.tables import Quickly


class Command(ImportCommand[ActRow | StandingRow, imports.Outcome]):
    help = (
        "Import activities and standing items from CSV: seller (e-mail), kind, day, until, quantity, "
        "network, link, note. Rows that are known already are recognised and change nothing."
    )
    required = REQUIRED
    optional = HEADER

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sellers: set[int] = set()

    def reader(self, today: date) -> Read[ActRow | StandingRow]:
        reader = RowReader(today=today)
        self._plain = PlainRows(sellers=reader.sellers, kinds=reader.kinds, today=today)
        return reader.read

    def quickly(self) -> Quickly[ActRow | StandingRow]:
        return self._plain.reader

    def note(self, row: ActRow | StandingRow) -> None:
        self._sellers.add(row.seller)

    def take_in(self, rows: Iterable[ActRow | StandingRow], *, today: date) -> imports.Outcome:
        shown = partial(tqdm, desc=_("written"), unit="", disable=None)
        return imports.take_in(rows, seller_ids=self._sellers, shown=shown)

    def restated(self, outcome: imports.Outcome) -> Collection[int]:
        return outcome.firsts

    def report(self, outcome: imports.Outcome) -> Iterable[tuple[str, int]]:
        return [
            (_("new"), outcome.new),
            (_("known"), outcome.known),
            (_("taken over from an entry by hand"), outcome.taken_over),
            (_("deleted before, not revived"), outcome.deleted_before),
            (_("standing items, new"), outcome.standing_new),
            (_("standing items, updated"), outcome.standing_updated),
            (_("standing items, unchanged"), outcome.standing_unchanged),
        ]
