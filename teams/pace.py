"""How a goal goes: plain arithmetic on days and hundredths, with nothing kept."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEEK_DAYS = 7


class State(StrEnum):
    REACHED = "reached"
    ON_COURSE = "on course"
    BEHIND = "behind"
    ENDED = "ended"


@dataclass(frozen=True)
class Pace:
    """`missing` is what lacks to the target, 0 when it is reached; all in hundredths.

    `per_week` is what each week must bring, rounded up; None when it is reached, has ended, or less than a
    week is left. `days_left` counts those on which the score can still move, today included.
    """

    state: State
    missing: int
    per_week: int | None
    days_left: int

    @property
    def is_reached(self) -> bool:
        """Also of one that has ended: whether it was reached by its last day."""
        return self.missing == 0


def pace_of(*, start: int, now: int, target: int, set_on: date, until: date, today: date) -> Pace:
    """Tell the pace from the score of the day it was set on and the newest one that counts for it.

    On course is who stands on the straight line from there to the target on the last day, or above it. From
    `until` on the goal has ended, and `now` is the score of its last day.
    """
    missing = max(0, target - now)
    days_left = max(0, (until - today).days)
    if days_left == 0:
        return Pace(State.ENDED, missing, None, 0)
    if missing == 0:
        return Pace(State.REACHED, 0, None, days_left)
    per_week = -(-missing * WEEK_DAYS // days_left) if days_left >= WEEK_DAYS else None
    whole, gone = (until - set_on).days - 1, (today - set_on).days
    is_on_line = (now - start) * whole >= (target - start) * gone and whole > 0
    return Pace(State.ON_COURSE if is_on_line else State.BEHIND, missing, per_week, days_left)
