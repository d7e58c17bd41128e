"""The cheapest way to a target: the plan with the fewest minutes that reaches it, or the best there is."""

from datetime import date, timedelta

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import worth
from scoring.formula.history import History
from scoring.formula.options import GRAINS, chosen, everything, frontier_of, most_minutes, options_of
from scoring.formula.pillar import JUST_BELOW_HALF
from scoring.formula.plan import Plan, plan_of
from scoring.formula.schedule import WEEK_DAYS
from scoring.formula.version import Formula

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
    most = most_minutes(options)
    frontier = frontier_of(options, idle, formula=formula, budget=most, standing=None)
    enough = _grains(target) - JUST_BELOW
    while (minutes := frontier.least(enough)) <= most:
        ways = chosen(options, frontier, minutes=minutes)
        plan = plan_of(ways, history, idle, on=on, days=days, formula=formula)
        if plan.predicted >= target:
            return plan
        enough = frontier.best(minutes) + 1
    return best


def _grains(target: int) -> int:
    """What the pillars together must be good for, so that the index rounds to the target."""
    return round(((target - 0.5) / 100 - JUST_BELOW_HALF) * len(PILLARS) * GRAINS)
