"""When the times of a planned kind fall, and how many there may be."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from scoring.formula.catalogue import Kind
from scoring.formula.periods import cap_period_start

WEEK_DAYS = 7


def schedules(kind: Kind, tallies: Mapping[date, int], *, on: date, days: int) -> list[tuple[date, ...]]:
    """Give each way to plan an event kind on the days after `on`: one entry a time, fewest times first.

    tallies are those of the kind up to `on`. A planned act never displaces another, so those that are
    logged count against the cap of their period.
    """
    ways = []
    logged = _shared(kind, tallies, first=on + timedelta(days=1))
    for times in range(1, _most_times(kind, tallies, on=on, days=days) + 1):
        planned = tuple(on + timedelta(days=offset) for offset in _offsets(times, days))
        if _fits(kind, planned, logged):
            ways.append(planned)
    return ways


def _shared(kind: Kind, tallies: Mapping[date, int], *, first: date) -> dict[date, int]:
    """The tallies whose period is not over on a first day; of long ago there may be many others."""
    start = first if kind.cap_period is None else cap_period_start(first, kind.cap_period)
    return {day: quantity for day, quantity in tallies.items() if day >= start}


def _most_times(kind: Kind, tallies: Mapping[date, int], *, on: date, days: int) -> int:
    if kind.plan_per_week is None:
        return 0
    per_week = Fraction(str(kind.plan_per_week))  # as it is written: 1.4 a week is 7 in 5 weeks
    if per_week >= 1:
        return per_week * days // WEEK_DAYS
    lately = any(n and (on - day).days * per_week < WEEK_DAYS for day, n in tallies.items())
    return 0 if lately else 1


def _offsets(times: int, days: int) -> list[int]:
    """The days, counted from 1, on which so many times fall: the middles of equal parts."""
    if times > days:
        return [1 + i * days // times for i in range(times)]
    return [1 + (2 * i + 1) * days // (2 * times) for i in range(times)]


def _fits(kind: Kind, planned: Sequence[date], logged: Mapping[date, int]) -> bool:
    """Only periods in which something is planned matter: another may be over its cap as it is."""
    if kind.cap is None or kind.cap_period is None:
        return True
    in_period = Counter(cap_period_start(day, kind.cap_period) for day in planned)
    for day, quantity in logged.items():
        period = cap_period_start(day, kind.cap_period)
        if period in in_period:
            in_period[period] += quantity
    return max(in_period.values()) <= kind.cap
