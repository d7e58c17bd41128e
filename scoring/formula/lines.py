"""What moved a seller's worth between two days, thing by thing: the lines of a statement."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scoring.formula.catalogue import Kind
from scoring.formula.decay import Clock, counted, faded
from scoring.formula.history import History
from scoring.formula.periods import ONE_DAY
from scoring.formula.version import Formula


class Part(StrEnum):
    """In the order in which a statement tells them; the first and the last are scores, not lines."""

    OPENING = "opening"
    FADED = "faded"
    LOST = "lost"
    GAINED = "gained"
    UNCOUNTED = "uncounted"
    ADDED = "added"
    FORMULA = "formula"
    REMOVED = "removed"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class Line:
    """What one thing did to a pillar: raw in decayed points, amount in hundredths of the index.

    day is that of the acts, or the one on which an item was gained or lost; None for what faded, of all days
    together. quantity is how many acts of the kind there are on the day, counted how many of them count at
    the end; of removed acts, how many there were. What another formula does has a line in each pillar,
    without a kind, from the first day of that formula.
    """

    part: Part
    pillar: str
    kind: str = ""
    day: date | None = None
    raw: float = 0.0
    quantity: int = 0
    counted: int = 0
    amount: int = 0


def aged(
    worth: Mapping[str, float], history: History, *, first: date, last: date, formula: Formula
) -> dict[str, float]:
    """Give what is left on a last day of what each kind was worth on a first one; standing items stay."""
    age = Clock(history.leave).age(first, last)
    return {
        code: points
        if formula.kinds[code].standing
        else faded(points, age, half_life_days=formula.half_life_days)
        for code, points in worth.items()
    }


def faded_lines(
    before: Mapping[str, float], after: Mapping[str, float], *, formula: Formula
) -> Iterator[Line]:
    """Tell the fading of what the kinds were worth, for each kind that lost some."""
    for code, points in before.items():
        if points > after[code]:
            yield Line(Part.FADED, formula.kinds[code].pillar, code, raw=after[code] - points)


def changed_lines(history: History, *, first: date, last: date, formula: Formula) -> Iterator[Line]:
    """Tell what the days after the first, up to the last, changed beside the fading.

    Items lost and gained, older acts that newer ones displaced from the cap, and what was done; what did not
    count is told too.
    """
    for kind in formula.kinds.values():
        if kind.standing:
            yield from _turns(history, kind, first=first, last=last)
        else:
            yield from _counts(history, kind, first=first, last=last, formula=formula)


def _turns(history: History, kind: Kind, *, first: date, last: date) -> Iterator[Line]:
    """An item that is lost and put back has a line for each."""
    spans = history.holdings.get(kind.code, ())

    def is_held(day: date) -> bool:
        return any(span.covers(day) for span in spans)

    for day in sorted({end for span in spans for end in span if end and first < end <= last}):
        if is_held(day) and not is_held(day - ONE_DAY):
            yield Line(Part.GAINED, kind.pillar, kind.code, day, raw=kind.points)
        elif is_held(day - ONE_DAY) and not is_held(day):
            yield Line(Part.LOST, kind.pillar, kind.code, day, raw=-kind.points)


def _counts(history: History, kind: Kind, *, first: date, last: date, formula: Formula) -> Iterator[Line]:
    clock, tallies = Clock(history.leave), history.tallies.get(kind.code, {})
    before, now = (
        counted(tallies, on=day, cap=kind.cap, cap_period=kind.cap_period) for day in (first, last)
    )
    for day, count in now.items():
        more = count - before.get(day, 0)
        if more or day > first:
            age = clock.age(day, last)
            raw = kind.points * faded(more, age, half_life_days=formula.half_life_days)
            part = Part.ADDED if day > first else Part.UNCOUNTED
            yield Line(part, kind.pillar, kind.code, day, raw, tallies[day], count)
