"""Plans accepted the way the page does it."""

from datetime import date

from scoring import past
from scoring.models import AcceptedPlan
from scoring.plans import planning, promises
from scoring.plans.planning import Planned
from ssi_dashboard import clock
from teams.models import User


def planned_for(who: User, *, today: date | None = None, days: int = 7, target: int | None = None) -> Planned:
    today = today or clock.today()
    return planning.planned(
        who.seller.pk, on=today, today=today, days=days, minutes_per_week=60, target=target
    )


def plan_of(who: User, *, today: date | None = None) -> AcceptedPlan:
    """The best week of a person, accepted as it was shown."""
    today = today or clock.today()
    known = promises.fingerprint(past.history_of(who.seller.pk), on=today)
    found = planned_for(who, today=today)
    return promises.accept(who.seller.pk, found, mark=promises.plan_mark(found), known=known, today=today)
