"""LinkedIn's figures of past days in a file of one's own: read whole or not at all, and written again."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring import roster
from scoring.formula.catalogue import PILLARS
from scoring.models import OfficialScore
from scoring.official.figures import (
    OFFICIAL_FIELDS,
    OPENED_TO_EVERYBODY,
    TOPS,
    is_possible,
    is_sum,
    rounded,
    sum_of_four,
)
from scoring.rows import BadCell, Cells, iso_day
from scoring.tables import Fault, Line, Table, good_rows

HEADER = ("day", *OFFICIAL_FIELDS)
REQUIRED = ("day", *PILLARS)
MOST_BYTES = 500_000  # all the days since the index was opened take less than half of it
MOST_FAULTS = 50  # that are told; the rest is counted
ROWS_AT_ONCE = 500
NUMBER = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,3})?")

Figures = dict[str, Decimal | None]


class Faulty(ValueError):
    """Some rows cannot be taken in: the first faults, and how many there are."""

    def __init__(self, faults: Sequence[Fault], count: int) -> None:
        super().__init__(_("Nothing was taken in: some rows cannot be read."))
        self.faults = faults
        self.more = count - len(faults)


@dataclass
class Outcome:
    """What became of the days of a file."""

    new: int = 0
    unchanged: int = 0
    replaced: list[date] = field(default_factory=list)


def read(content: bytes, *, today: date) -> dict[date, Figures]:
    """Read the figures by day. Raises Unreadable for what is no such table, Faulty for bad rows."""
    count = 0
    faults: list[Fault] = []

    def note(found: list[Fault]) -> None:
        nonlocal count
        count += len(found)
        faults.extend(found[: MOST_FAULTS - len(faults)])

    reader = _Reader(today=today)
    table = Table(content, required=REQUIRED, optional=HEADER)
    figures = dict(good_rows(table, reader.read, note))
    if faults:
        raise Faulty(faults, count)
    return figures


class _Reader:
    """Reads rows, and knows on which line each day stood."""

    def __init__(self, *, today: date) -> None:
        self._today = today
        self._lines: dict[date, int] = {}

    def read(self, line: Line) -> tuple[date, Figures] | list[Fault]:
        cells = Cells(line)
        day = cells.take("day", self._day)
        said = {name: cells.take(name, _figure(name)) for name in OFFICIAL_FIELDS}
        if day is not None and self._lines.setdefault(day, line.number) != line.number:
            cells.fault("day", _("That day is on line %(line)d already.") % {"line": self._lines[day]})
        if cells.faults or day is None:
            return cells.faults
        return self._whole(cells, day, said)

    def _whole(self, cells: Cells, day: date, said: Figures) -> tuple[date, Figures] | list[Fault]:
        added = sum_of_four({pillar: said[pillar] or Decimal(0) for pillar in PILLARS})
        if said["total"] is None:
            said["total"] = added
        elif not is_sum(said["total"], added):
            cells.fault("total", _("The four add up to %(sum)s.") % {"sum": added})
        return cells.faults or (day, said)

    def _day(self, text: str) -> date:
        day = iso_day(text)
        if day > self._today:
            raise BadCell(_("That day has not come yet."))
        if day < OPENED_TO_EVERYBODY:
            words = _("LinkedIn's index opened to everybody on %(day)s.")
            raise BadCell(words % {"day": date_format(OPENED_TO_EVERYBODY)})
        return day


def _figure(name: str) -> Callable[[str], Decimal | None]:
    def read(text: str) -> Decimal | None:
        if not text and name not in PILLARS:
            return None
        figure = Decimal(text.replace(",", ".")) if NUMBER.fullmatch(text) else None
        if figure is None or not is_possible(name, figure):
            raise BadCell(_range_of(name))
        return rounded(figure)

    return read


def _range_of(name: str) -> str:
    if name in TOPS:
        return _("A top percentage is a whole number from 1 to 100; it may be empty.")
    if name == "total":
        return _("The total is a number from 0 to 100; it may be empty.")
    return _("A component is a number from 0 to 25.")


def take_in(seller_id: int, figures: dict[date, Figures]) -> Outcome:
    """Store all the days, one at least; those that are known are replaced."""
    with transaction.atomic():
        roster.lock([seller_id])
        outcome = _compare(_known(seller_id, figures), figures)
        OfficialScore.objects.bulk_create(
            (OfficialScore(seller_id=seller_id, day=day, **said) for day, said in figures.items()),
            batch_size=ROWS_AT_ONCE,
            update_conflicts=True,
            unique_fields=["seller", "day"],
            update_fields=OFFICIAL_FIELDS,
        )
    return outcome


def _known(seller_id: int, days: Collection[date]) -> dict[date, tuple[object, ...]]:
    entries = OfficialScore.objects.filter(seller=seller_id, day__range=(min(days), max(days)))
    return {entry.day: tuple(getattr(entry, name) for name in OFFICIAL_FIELDS) for entry in entries}


def _compare(known: dict[date, tuple[object, ...]], figures: dict[date, Figures]) -> Outcome:
    outcome = Outcome()
    for day, said in sorted(figures.items()):
        if day not in known:
            outcome.new += 1
        elif known[day] == tuple(said[name] for name in OFFICIAL_FIELDS):
            outcome.unchanged += 1
        else:
            outcome.replaced.append(day)
    return outcome


def rows(seller_id: int) -> Iterator[tuple[object, ...]]:
    """Give one's own figures in the columns of the file, oldest first."""
    entries = OfficialScore.objects.filter(seller=seller_id).order_by("day")
    for day, *said in entries.values_list(*HEADER).iterator(chunk_size=ROWS_AT_ONCE):
        yield day.isoformat(), *("" if figure is None else figure for figure in said)
