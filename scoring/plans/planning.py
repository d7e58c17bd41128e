"""Plans for one seller: the best for a budget, or the cheapest for a target; and as rows for a file."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring import past, roster
from scoring.formula.agenda import Errand, agenda
from scoring.formula.plan import MOST_DAYS, Plan, best_plan
from scoring.formula.target import cheapest_plan
from scoring.rulebook import Rulebook
from scoring.statement import points

HEADER = ("day", "kind", "times", "minutes", "gain")


class NoPlan(ValueError):
    """There is nothing to plan; the message is fit for the person."""


class Planned(NamedTuple):
    """A plan, and the same day by day. A target, in hundredths, that the caps do not allow is not reached."""

    plan: Plan
    errands: list[Errand]
    target: int | None = None

    @property
    def is_reached(self) -> bool:
        return self.target is None or self.plan.predicted >= self.target


def planned(
    seller_id: int,
    *,
    on: date,
    today: date,
    days: int,
    minutes_per_week: int,
    target: int | None = None,
    without: Sequence[str] = (),
) -> Planned:
    """Plan the days after `on`, at most MOST_DAYS, from the history as it stands now.

    With a target it is the cheapest plan that reaches it, whatever its minutes, or the best that the caps
    allow; otherwise the best for the minutes of a week. Nothing of the kinds that are not wanted.

    Raises NoPlan.
    """
    formula = Rulebook().formula_on(on)
    _refuse(seller_id, on=on, today=today, days=days, unknown=set(without) - formula.kinds.keys())
    history, unwanted = past.history_of(seller_id), frozenset(without)
    if target is None:
        plan = best_plan(
            history,
            on=on,
            formula=formula,
            minutes_per_week=minutes_per_week,
            days=days,
            unwanted=unwanted,
        )
    else:
        plan = cheapest_plan(history, on=on, formula=formula, target=target, days=days, unwanted=unwanted)
    return Planned(plan, agenda(plan, leave=history.leave, formula=formula), target)


def _refuse(seller_id: int, *, on: date, today: date, days: int, unknown: set[str]) -> None:
    if on > today:
        raise NoPlan(_("That day has not come yet."))
    if not 1 <= days <= MOST_DAYS:
        raise NoPlan(_("A plan is for 1 to %(most)d days.") % {"most": MOST_DAYS})
    if unknown:
        raise NoPlan(_("There is no such kind: %(kinds)s.") % {"kinds": ", ".join(sorted(unknown))})
    left = roster.left_on(seller_id)
    if left is not None and on >= left:
        raise NoPlan(_("The seller left on %(day)s.") % {"day": date_format(left)})


def rows(found: Planned) -> Iterator[tuple[object, ...]]:
    """Give a plan for a file: what is to be done by day and kind, then the index with it and without."""
    for errand in found.errands:
        yield errand.day.isoformat(), errand.kind, errand.times, errand.minutes, points(errand.gain)
    yield "predicted", "", "", "", points(found.plan.predicted)
    yield "idle", "", "", "", points(found.plan.idle)
