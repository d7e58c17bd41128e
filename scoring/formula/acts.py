"""What single acts contribute: each counted act of a kind and day carries the same share of the index."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

from scoring.formula.decay import Clock, counted, faded, raw_by_day
from scoring.formula.explain import contributions, share, split
from scoring.formula.history import History, Span
from scoring.formula.pillar import hundredths, pillar
from scoring.formula.version import Formula


class Cell(NamedTuple):
    """The acts of an event kind on a day."""

    kind: str
    day: date


class CellShare(NamedTuple):
    """How many acts of a cell count, and what they contribute together, in hundredths of the index."""

    counted: int
    hundredths: int


def shares(history: History, codes: Collection[str], *, on: date, formula: Formula) -> dict[Cell, CellShare]:
    """Give what the acts of each day up to `on` contribute to the index of that day, for some event kinds.

    The days of a kind add up to what the kind contributes.
    """
    by_kind, clock = contributions(history, on=on, formula=formula), Clock(history.leave)
    found = {}
    for code in by_kind.keys() & set(codes):
        kind, tallies = formula.kinds[code], history.tallies.get(code, {})
        counts = counted(tallies, on=on, cap=kind.cap, cap_period=kind.cap_period)
        left = {
            day: faded(count, clock.age(day, on), half_life_days=formula.half_life_days)
            for day, count in counts.items()
        }
        for day, part in split(by_kind[code], left).items() if counts else ():
            found[Cell(code, day)] = CellShare(counts[day], part)
    return found


def shares_at_first(
    history: History, cells: Iterable[Cell], *, formula_on: Callable[[date], Formula]
) -> dict[Cell, CellShare]:
    """Give what the acts of cells contributed to the index of their own day, each cell rounded by itself."""
    codes_of: dict[date, list[str]] = defaultdict(list)
    for code, day in cells:
        codes_of[day].append(code)
    found: dict[Cell, CellShare] = {}
    if not codes_of:
        return found
    for day, raw in raw_by_day(history, first=min(codes_of), last=max(codes_of), formula_on=formula_on):
        formula = formula_on(day)
        for code in codes_of.get(day, ()):
            kind = formula.kinds[code]
            counts = counted(history.tallies[code], on=day, cap=kind.cap, cap_period=kind.cap_period)
            score = pillar(raw[kind.pillar], gap_points=formula.gap_points[kind.pillar])
            part = share(score, kind.points * counts[day], of=raw[kind.pillar])
            found[Cell(code, day)] = CellShare(counts[day], hundredths(part))
    return found


def counted_of_each(quantities: Sequence[int], *, counted: int) -> list[int]:
    """Say how many of each entry of a day count, told the latest intake first; the last one in part."""
    found = []
    for quantity in quantities:
        found.append(min(quantity, counted))
        counted -= found[-1]
    return found


def halved_on(day: date, *, leave: Iterable[Span], half_life_days: float) -> date | None:
    """Give the first day on which an act of a day is worth half as much; None when no calendar has it."""
    clock, on = Clock(leave), day
    try:
        while (missing := half_life_days - clock.age(day, on)) > 0:
            on += timedelta(days=ceil(missing))
    except OverflowError:
        return None
    return on
