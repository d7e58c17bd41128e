"""The cheapest way to a target: the plan with the fewest minutes that reaches it, or the best there is."""

from datetime import date, timedelta

import numpy as np

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import worth
from scoring.formula.history import History
from scoring.formula.options import GRAINS, chosen, everything, frontier_of, most_minutes, options_of
from scoring.formula.pillar import JUST_BELOW_HALF
from scoring.formula.plan import Plan, plan_of
from scoring.formula.schedule import WEEK_DAYS
from scoring.formula.version import Formula

FIRST_BUDGET = 512  # minutes; it is doubled as long as nothing reaches the target
JUST_BELOW = 2**10  # grains of four pillars, beyond all rounding, and far below a hundredth


def cheapest_plan(
    history: History,
    *,
    on: date,
    formula: Formula,
    target: int,
    days: int = WEEK_DAYS,
    unwanted: frozenset[str] = frozenset(),
) -> Plan:
    """Find the plan with the fewest minutes whose SSI, days after `on`, is the target in hundredths or more.

    Any number of standing kinds, as many minutes as it takes. When caps and frequencies do not allow it, the
    plan is the best that they do: its `predicted` is then below the target.

    Raises ValueError when there is not a day.
    """
    if days < 1:
        raise ValueError("a plan covers a day or more")
    history = history.up_to(on)
    options = options_of(history, on=on, days=days, formula=formula, unwanted=unwanted)
    idle = worth(history, on=on + timedelta(days=days), formula=formula)
    best = plan_of(everything(options), history, idle, on=on, days=days, formula=formula)
    if best.predicted < target:
        return best
    budget = FIRST_BUDGET
    while True:
        frontier = frontier_of(options, idle, formula=formula, budget=budget, standing=None)
        enough = int(np.searchsorted(frontier.values, _grains(target) - JUST_BELOW))
        for minutes in _costs(frontier.values, enough):
            ways = chosen(options, frontier, minutes=minutes)
            plan = plan_of(ways, history, idle, on=on, days=days, formula=formula)
            if plan.predicted >= target:
                return plan
        if budget >= most_minutes(options):
            return best
        budget *= 2


def _grains(target: int) -> int:
    """What the pillars together must be good for, so that the index rounds to the target."""
    return round(((target - 0.5) / 100 - JUST_BELOW_HALF) * len(PILLARS) * GRAINS)


def _costs(values: np.ndarray, first: int) -> list[int]:
    """The minutes from the first on with which something better can be done than with one less."""
    return [
        minutes
        for minutes in range(first, len(values))
        if minutes == 0 or values[minutes] > values[minutes - 1]
    ]
