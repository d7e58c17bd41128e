"""What each logged act is worth in a seller's index: today, at first, and when it will have halved."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from scoring.formula.acts import Cell, CellShare, counted_of_each, halved_on, shares, shares_at_first
from scoring.formula.explain import split
from scoring.formula.history import History
from scoring.models import Activity
from scoring.rulebook import Rulebook, kind_codes

NOTHING = CellShare(0, 0)


class Logged(Protocol):
    """An act as far as its worth goes: a row of Activity, or what was read of one."""

    @property
    def pk(self) -> int: ...
    @property
    def kind_id(self) -> int: ...
    @property
    def day(self) -> date: ...


@dataclass(frozen=True)
class ActWorth:
    """Figures in hundredths of the index.

    now is the act's share of the index of the day that was asked about, and at_first that of its own day.
    counted is how many of its quantity count now, counted_at_first how many did then; the others are beyond
    the cap. halved_on is when what it adds to its pillar has halved; days of leave do not count.
    """

    quantity: int
    counted: int
    now: int
    counted_at_first: int
    at_first: int
    halved_on: date | None

    @property
    def is_counted(self) -> bool:
        return self.counted > 0


def worths_of(
    seller_id: int, acts: Collection[Logged], history: History, *, rules: Rulebook, on: date
) -> dict[int, ActWorth]:
    """Give the worth of some live acts of a seller, by key, in the index of a day; none of later acts.

    The entries of a kind and day add up to what the cell contributes. Costs one query.
    """
    codes = kind_codes()
    cells = {Cell(codes[act.kind_id], act.day) for act in acts if act.day <= on}
    cells = {cell for cell in cells if cell.day in history.tallies.get(cell.kind, {})}
    if not cells:
        return {}
    formula = rules.formula_on(on)
    now = shares(history, {cell.kind for cell in cells}, on=on, formula=formula)
    earlier = {cell for cell in cells if cell.day < on}
    at_first = shares_at_first(history, earlier, formula_on=rules.formula_on)
    # What counts on its own day today is what it is worth today.
    at_first |= {cell: now.get(cell, NOTHING) for cell in cells if cell.day == on}
    found: dict[int, ActWorth] = {}
    for cell, entries in _entries(seller_id, cells).items():
        ends = halved_on(cell.day, leave=history.leave, half_life_days=formula.half_life_days)
        here, then = (
            _parted([quantity for _pk, quantity in entries], share)
            for share in (now.get(cell, NOTHING), at_first[cell])
        )
        for (pk, quantity), mine, first in zip(entries, here, then, strict=True):
            found[pk] = ActWorth(quantity, *mine, *first, halved_on=ends)
    asked = {act.pk for act in acts}
    return {pk: worth for pk, worth in found.items() if pk in asked}


def _entries(seller_id: int, cells: Iterable[Cell]) -> dict[Cell, list[tuple[int, int]]]:
    """All live entries of some cells, keys and quantities, the latest intake first."""
    wanted, codes = set(cells), kind_codes()
    days = [cell.day for cell in wanted]
    # From the first day to the last, so that however many there are it is one statement to prepare.
    near = Activity.objects.of(seller_id).live().filter(day__gte=min(days), day__lte=max(days))
    rows = near.order_by("-created_at", "-pk")
    found: dict[Cell, list[tuple[int, int]]] = defaultdict(list)
    for pk, kind, day, quantity in rows.values_list("pk", "kind_id", "day", "quantity"):
        if (cell := Cell(codes[kind], day)) in wanted:
            found[cell].append((pk, quantity))
    return found


def _parted(quantities: list[int], share: CellShare) -> list[CellShare]:
    """Part a cell's share among its entries by how many of each count."""
    counts = counted_of_each(quantities, counted=share.counted)
    known = sum(counts)
    # Of acts whose rows were purged by age only the tally is left: their part is nobody's.
    parts = split(share.hundredths, {**dict(enumerate(counts)), -1: share.counted - known})
    return [CellShare(count, parts[place]) for place, count in enumerate(counts)]
