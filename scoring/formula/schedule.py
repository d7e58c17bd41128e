"""When the times of a planned kind fall, and how many there may be."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
    first = on + timedelta(days=1)
    day_of = {offset: on + timedelta(days=offset) for offset in range(1, days + 1)}
    room = _Room(kind, _shared(kind, tallies, first=first), day_of.values())
    planned = (
        tuple(map(day_of.__getitem__, offsets(times, days)))
        for times in range(1, _most_times(kind, tallies, on=on, days=days) + 1)
    )
    return [way for way in planned if room.has(way)]


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


def offsets(times: int, days: int) -> list[int]:
    """The days, counted from 1, on which so many times fall: the middles of equal parts."""
    if times > days:
        return [1 + i * days // times for i in range(times)]
    return [1 + (2 * i + 1) * days // (2 * times) for i in range(times)]


class _Room:
    """What the caps of a kind leave for planned acts."""

    def __init__(self, kind: Kind, logged: Mapping[date, int], days: Iterable[date]) -> None:
        self._cap, period = kind.cap, kind.cap_period
        self._logged: Counter[date] = Counter()
        if period is not None:
            self._period_of = {day: cap_period_start(day, period) for day in days}
            for day, quantity in logged.items():
                self._logged[cap_period_start(day, period)] += quantity

    def has(self, planned: Sequence[date]) -> bool:
        """Only periods in which something is planned matter: another may be over its cap as it is."""
        if self._cap is None:
            return True
        in_period = Counter(map(self._period_of.__getitem__, planned))
        if max(in_period.values()) > self._cap:
            return False
        logged = ((in_period[period], n) for period, n in self._logged.items() if period in in_period)
        return all(planned + n <= self._cap for planned, n in logged)
