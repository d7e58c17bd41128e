"""A plan day by day."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from scoring.formula.decay import Clock, faded
from scoring.formula.explain import split
from scoring.formula.history import Span
from scoring.formula.plan import Plan
from scoring.formula.version import Formula


class Errand(NamedTuple):
    """What of a kind is to be done on a day; gain is its share of what the plan brings, in hundredths."""

    day: date
    kind: str
    times: int
    minutes: int
    gain: int


def agenda(plan: Plan, *, leave: Iterable[Span], formula: Formula) -> list[Errand]:
    """Tell a plan by day, then kind; told the seller's leave, and the formula it was made under.

    The gain of a tip is shared out by what is left of each day's acts at the end, and still adds up exactly.
    """
    clock, errands = Clock(leave), []
    for tip in plan.tips:
        times = Counter(tip.days)
        left = {
            day: faded(n, clock.age(day, plan.last), half_life_days=formula.half_life_days)
            for day, n in times.items()
        }
        for day, gain in split(tip.gain, left).items():
            minutes = tip.minutes // tip.times * times[day]
            errands.append(Errand(day, tip.kind, times[day], minutes, gain))
    places = {code: place for place, code in enumerate(formula.kinds)}
    return sorted(errands, key=lambda errand: (errand.day, places[errand.kind]))
