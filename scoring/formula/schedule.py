"""When the times of a planned kind fall, and how many there may be."""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

import numpy as np

from scoring.formula.catalogue import Kind
from scoring.formula.periods import cap_period_start

WEEK_DAYS = 7
WAYS_KEPT = 1024  # all of half a year: most kinds share theirs


def schedules(kind: Kind, tallies: Mapping[date, int], *, on: date, days: int) -> list[np.ndarray]:
    """Give each way to plan an event kind, fewest times first: for each time the day, counted from 1.

    tallies are those of the kind up to `on`. A planned act never displaces another, so those that are
    logged count against the cap of their period.
    """
    room = _Room(kind, tallies, on=on, days=days)
    planned = (offsets(times, days) for times in range(1, _most_times(kind, tallies, on=on, days=days) + 1))
    return [way for way in planned if room.has(way)]


def _most_times(kind: Kind, tallies: Mapping[date, int], *, on: date, days: int) -> int:
    if kind.plan_per_week is None:
        return 0
    per_week = Fraction(str(kind.plan_per_week))  # as it is written: 1.4 a week is 7 in 5 weeks
    if per_week >= 1:
        return per_week * days // WEEK_DAYS
    lately = any(n and (on - day).days * per_week < WEEK_DAYS for day, n in tallies.items())
    return 0 if lately else 1


@lru_cache(maxsize=WAYS_KEPT)
def offsets(times: int, days: int) -> np.ndarray:
    """The days, counted from 1, on which so many times fall: the middles of equal parts.

    Those who ask share the answer, so it cannot be written to.
    """
    each = np.arange(times)
    found = 1 + (each * days // times if times > days else (2 * each + 1) * days // (2 * times))
    found.flags.writeable = False
    return found


class _Room:
    """What the cap of a kind leaves in each period for planned acts."""

    def __init__(self, kind: Kind, tallies: Mapping[date, int], *, on: date, days: int) -> None:
        self._left: np.ndarray | None = None
        if kind.cap is None or kind.cap_period is None:
            return
        firsts = [
            cap_period_start(on + timedelta(days=offset), kind.cap_period) for offset in range(days + 1)
        ]
        places = {first: place for place, first in enumerate(dict.fromkeys(firsts))}
        self._place_of = np.array([places[first] for first in firsts])
        left = np.full(len(places), kind.cap)
        for day, n in tallies.items():
            if day >= firsts[0]:  # of long ago there may be many others
                left[places[cap_period_start(day, kind.cap_period)]] -= n
        self._left = left.clip(0)  # where there is more than counts already, nothing is planned

    def has(self, way: np.ndarray) -> bool:
        if self._left is None:
            return True
        planned = np.bincount(self._place_of[way], minlength=self._left.size)
        return bool((planned <= self._left).all())
