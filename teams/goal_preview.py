"""What is possible before a goal is set: asked of the planner, for one seller."""

from dataclasses import dataclass
from datetime import date

from scoring import past
from scoring.formula.pillar import score
from scoring.plans import planning, wishes
from teams.kept import rulebook
from teams.models import Seller

MOST = 10_000  # hundredths; no plan reaches it, so that a plan for it is the best that there is
WEEK_DAYS = 7


@dataclass(frozen=True)
class Preview:
    """best is the most that the caps allow on the last day, or what the plan for the target predicts.

    idle is what there is then if nothing is done. minutes are those of the cheapest plan, a week, None for a
    pillar and for what is not allowed.
    """

    is_possible: bool
    best: int
    idle: int
    minutes: int | None = None


def preview(seller: Seller, *, part: str, target: int, last: date, today: date) -> Preview:
    """Plan for the goal from the history as it stands.

    Raises planning.NoPlan for somebody who has left.
    """
    days = (last - today).days
    found = planning.planned(
        seller.pk,
        on=today,
        today=today,
        days=days,
        minutes_per_week=seller.minutes_per_week,
        target=target if part == "ssi" else MOST,
        without=sorted(wishes.unwanted_of(seller.pk)),
    )
    plan = found.plan
    if part == "ssi":
        minutes = -(-plan.minutes * WEEK_DAYS // max(days, WEEK_DAYS)) if found.is_reached else None
        return Preview(found.is_reached, plan.predicted, plan.idle, minutes)
    formula = rulebook().formula_on(today)
    history = past.history_of(seller.pk).up_to(today)
    best, idle = (
        getattr(score(known, on=last, formula=formula), part) for known in (plan.done(history), history)
    )
    return Preview(best >= target, best, idle)
