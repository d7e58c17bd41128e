"""What if: the index ahead when so much is done each week, from the history as it is."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta

from scoring.formula.decay import Clock, by_pillar, decayed, worth
from scoring.formula.history import History
from scoring.formula.pillar import PillarScores, scores
from scoring.formula.schedule import WEEK_DAYS, offsets
from scoring.formula.version import Formula


def ahead(
    history: History, *, on: date, days: int, formula: Formula, a_week: Mapping[str, int]
) -> PillarScores[int]:
    """Score the day so many days after `on`, if each kind is done so often a week from tomorrow on.

    The acts fall where the planner would put them, and count as far as the caps go; a standing kind with
    any number is in place. With nothing to do it is today's state, faded.
    """
    history, last = history.up_to(on), on + timedelta(days=days)
    clock, points = Clock(history.leave), worth(history, on=last, formula=formula)
    for code, kind in formula.kinds.items():
        times = a_week.get(code, 0)
        if times and kind.standing:
            points[code] = kind.points
        elif times:
            ahead = offsets(times * days // WEEK_DAYS, days).tolist()
            planned = Counter(on + timedelta(days=n) for n in ahead)
            tallies = Counter(history.tallies.get(code, {})) + planned
            points[code] = decayed(tallies, kind, on=last, clock=clock, half_life_days=formula.half_life_days)
    return scores(by_pillar(points, formula=formula), formula=formula)
