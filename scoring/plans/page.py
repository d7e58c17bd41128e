"""What the page of the plan shows: finished values, day by day and week by week."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.formula.agenda import Errand
from scoring.formula.history import History
from scoring.formula.plan import Plan, Tip
from scoring.formula.promise import Outcome
from scoring.formula.schedule import WEEK_DAYS
from scoring.labels import pillar_label
from scoring.models import AcceptedPlan, Activity, Kind, PlannedAct
from scoring.plans.promises import ONE_DAY
from scoring.rulebook import kinds


@dataclass(frozen=True)
class ActRow:
    """Something planned for a day; gain in hundredths.

    pk and token are those of what was accepted, 0 and "" before. done: it is logged or held; may_undo:
    ticking it off is what logged it.
    """

    label: str
    pillar: str
    pillar_label: str
    told: str
    minutes: int
    gain: int
    pk: int = 0
    token: str = ""
    done: bool = False
    may_undo: bool = False


@dataclass(frozen=True)
class DayRow:
    """has_come: what is planned for it can be ticked off."""

    day: date
    is_today: bool
    has_come: bool
    rows: list[ActRow]

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)


@dataclass(frozen=True)
class WeekRow:
    """Seven days of a plan, those with something to do; is_open: it is the one to look at."""

    first: date
    last: date
    days: list[DayRow]
    is_open: bool

    @property
    def minutes(self) -> int:
        return sum(day.minutes for day in self.days)

    @property
    def gain(self) -> int:
        return sum(row.gain for day in self.days for row in day.rows)


@dataclass(frozen=True)
class Parts:
    """Promise and result: rows of label, note and hundredths, which add up to the difference."""

    predicted: int
    result: int
    rows: list[tuple[str, str, int]]
    is_held: bool
    is_done: bool


def proposed(plan: Plan, errands: Iterable[Errand], *, today: date) -> list[WeekRow]:
    """A plan that is not accepted yet."""
    stored = {kind.code: kind for kind in kinds().values()}
    rows = [(errand.day, _row(stored[errand.kind], errand)) for errand in errands]
    return _weeks(rows, first=plan.on + ONE_DAY, last=plan.last, today=today)


def by_kind(plan: Plan) -> list[ActRow]:
    """What of each kind a plan takes, largest gain first."""
    stored = {kind.code: kind for kind in kinds().values()}
    return [_row(stored[tip.kind], tip) for tip in plan.tips]


def _row(kind: Kind, act: Errand | PlannedAct | Tip, **state: Any) -> ActRow:
    return ActRow(
        label=kind.label,
        pillar=kind.pillar,
        pillar_label=pillar_label(kind.pillar),
        told=_told(act.times, act.minutes, is_item=kind.is_standing),
        minutes=act.minutes,
        gain=act.gain,
        **state,
    )


def _told(times: int, minutes: int, *, is_item: bool) -> str:
    """How often, and how long it takes."""
    if is_item:
        return _("put it in place · %(minutes)d min") % {"minutes": minutes}
    words = ngettext("%(n)d time · %(minutes)d min", "%(n)d times · %(minutes)d min", times)
    return words % {"n": times, "minutes": minutes}


def accepted(plan: AcceptedPlan, history: History, *, today: date) -> list[WeekRow]:
    """An accepted plan, and what of it is done. Costs one query."""
    acts = list(plan.acts.all())
    live = Activity.objects.of(plan.seller_id).live().filter(token__in=[act.token for act in acts])
    ticked = set(live.values_list("token", flat=True))
    rows = [(act.day, _accepted_row(act, history, is_ticked=act.token in ticked)) for act in acts]
    return _weeks(rows, first=plan.first, last=plan.last, today=today)


def _accepted_row(act: PlannedAct, history: History, *, is_ticked: bool) -> ActRow:
    kind = kinds()[act.kind_id]
    if kind.is_standing:
        done = kind.code in history.held_on(act.day)
        may_undo = any(span.first == act.day for span in history.holdings.get(kind.code, ()))
    else:
        done = history.tallies.get(kind.code, {}).get(act.day, 0) >= act.times
        may_undo = is_ticked
    return _row(
        kind,
        act,
        pk=act.pk,
        token=act.token.hex,
        done=done,
        may_undo=done and may_undo,
    )


def _weeks(rows: list[tuple[date, ActRow]], *, first: date, last: date, today: date) -> list[WeekRow]:
    """The week of today is open; before the days begin the first, and once they are over the last."""
    days = [
        DayRow(day, day == today, has_come=day <= today, rows=[row for _day, row in group])
        for day, group in groupby(sorted(rows, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    ]
    looked_at = max(first, min(last, today))
    return [
        WeekRow(
            begin, end, [day for day in days if begin <= day.day <= end], is_open=begin <= looked_at <= end
        )
        for begin, end in _spans(first, last)
    ]


def _spans(first: date, last: date) -> Iterator[tuple[date, date]]:
    while first <= last:
        end = min(last, first + timedelta(days=WEEK_DAYS - 1))
        yield first, end
        first = end + ONE_DAY


def done_of(weeks: Iterable[WeekRow]) -> tuple[int, int]:
    """How many of the planned things are done, and how many there are."""
    rows = [row for week in weeks for day in week.days for row in day.rows]
    return sum(row.done for row in rows), len(rows)


def parts(told: Outcome) -> Parts:
    return _parts(told, predicted=told.predicted, result=told.result)


def parts_of_closed(plan: AcceptedPlan) -> Parts:
    """From the figures that were written down when it was closed."""
    return _parts(plan, predicted=plan.predicted, result=plan.result or 0)


def _parts(told: Outcome | AcceptedPlan, *, predicted: int, result: int) -> Parts:
    rows = [
        (_("Not done, or on another day"), "", told.not_done or 0),
        (_("Done besides"), "", told.besides or 0),
        (_("History changed"), _("logged or corrected for earlier days, leave"), told.restated or 0),
        (_("New formula"), "", told.other_formula or 0),
    ]
    return Parts(predicted, result, rows, is_held=result >= predicted, is_done=bool(told.is_done))
