"""Goals of sellers and teams: set, taken back, and told with their pace."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from scoring.models import Score
from ssi_dashboard.numbers import shown
from teams.comparison import average_of
from teams.kept import published_day
from teams.listing import Listing
from teams.models import Goal, Seller, Team
from teams.models.goal import GoalQuerySet
from teams.pace import Pace, State, pace_of

ONE_DAY = timedelta(days=1)
AFTERWARDS = timedelta(days=28)  # so long an ended goal is still shown
COLUMNS = (
    *("part", "target", "until", "set_on"),
    *(f"set_by__{name}" for name in ("first_name", "last_name", "email")),
)
REACH_BACK = 7  # days; a score that is missing on a day is taken from one so little before

Values = Mapping[date, Any]  # scores or averages by day


@dataclass(frozen=True)
class GoalRow:
    """A goal as pages show it; target and `now` in hundredths, None where there is nothing to compare."""

    pk: int
    part: str
    label: str
    target: int
    last: date
    now: int | None
    state: str
    sentence: str
    set_by: str
    may_withdraw: bool


def set_goal(
    whose: Seller | Team, *, part: str, target: int, last: date, token: uuid.UUID, by: Any, today: date
) -> Goal:
    """Set a goal for the end of a day after today; a second submission of the token sets none."""
    values = {"part": part, "target": target, "until": last + ONE_DAY, "set_on": today, "set_by": by}
    values["seller" if isinstance(whose, Seller) else "team"] = whose
    goal, _made = Goal.objects.get_or_create(token=token, defaults=values)
    return goal


def may_withdraw(goal: Goal, viewer: Any, *, owner: int | None) -> bool:
    """Of those who see it: sellers take back what they set or nobody else can, managers what managers set.

    owner is the person whose goal it is, None for a team's.
    """
    if viewer.pk == owner:
        return goal.set_by_id in (viewer.pk, None)
    return owner is None or goal.set_by_id != owner


def goals_of_seller(seller: Seller, *, viewer: Any, today: date) -> list[GoalRow]:
    """The goals that run or have ended lately; two queries, one where there are none."""
    goals = _recent(Goal.objects.filter(seller=seller), today=today)
    if not goals:
        return []
    scores = Score.objects.of(seller.pk).filter(day__in=_days_of(goals, newest=today))
    found = {score.day: score for score in scores.defer("rank", "position")}
    # Before the first score there was nothing: that is 0, not an unknown.
    paces = {goal.pk: _pace(goal, found, newest=today, at_first=0, today=today) for goal in goals}
    owner = seller.user_id
    return [
        _row(
            goal,
            *paces[goal.pk],
            unknown=_("There is no index yet."),
            mine=may_withdraw(goal, viewer, owner=owner),
        )
        for goal in goals
    ]


def goals_of_team(team: Team, listing: Listing, *, viewer: Any, today: date) -> list[GoalRow]:
    """Those of a team, by its averages; four queries, one where there are none."""
    goals = _recent(Goal.objects.filter(team=team), today=today)
    if not goals:
        return []
    newest = published_day() or today
    nights = listing.standings().told().filter(day__in=_days_of(goals, newest=newest))
    found: dict[date, Any] = {
        row["day"]: SimpleNamespace(**row) for row in nights.values("day", *Score.PARTS)
    }
    now = average_of(listing, newest)
    if now is not None:
        found[newest] = now
    paces = {goal.pk: _pace(goal, found, newest=newest, at_first=None, today=today) for goal in goals}
    few = _("No average is shown of fewer than five sellers.")
    return [
        _row(goal, *paces[goal.pk], unknown=few, mine=may_withdraw(goal, viewer, owner=None))
        for goal in goals
    ]


def _recent(goals: GoalQuerySet, *, today: date) -> list[Goal]:
    recent = goals.standing().filter(until__gt=today - AFTERWARDS)
    return list(recent.select_related("set_by").only(*COLUMNS))


def _days_of(goals: Iterable[Goal], *, newest: date) -> set[date]:
    """The days whose scores tell how they go: their first, and their last or the newest before it."""
    anchors = {day for goal in goals for day in (goal.set_on, min(goal.last, newest))}
    return {day - back * ONE_DAY for day in anchors for back in range(REACH_BACK + 1)}


def _pace(
    goal: Goal, values: Values, *, newest: date, at_first: int | None, today: date
) -> tuple[int | None, Pace | None]:
    """What there is now, and the pace; at_first is what there was where nothing is known of the first day."""
    now = _at(values, min(goal.last, newest), goal.part)
    if now is None:
        return None, None
    start = _at(values, goal.set_on, goal.part)
    if start is None:
        start = now if at_first is None else at_first
    days = {"set_on": goal.set_on, "until": goal.until, "today": today}
    return now, pace_of(start=start, now=now, target=goal.target, **days)


def _at(values: Values, day: date, part: str) -> int | None:
    """What there was on a day, or on the newest shortly before it."""
    known: Collection[date] = [at for at in values if timedelta() <= day - at <= REACH_BACK * ONE_DAY]
    return int(getattr(values[max(known)], part)) if known else None


def _row(goal: Goal, now: int | None, pace: Pace | None, *, unknown: str, mine: bool) -> GoalRow:
    return GoalRow(
        pk=goal.pk,
        part=goal.part,
        label=str(goal.get_part_display()),
        target=goal.target,
        last=goal.last,
        now=now,
        state=pace.state.value if pace else "",
        sentence=sentence(pace) if pace else unknown,
        set_by=goal.set_by.name if goal.set_by else "",
        may_withdraw=mine,
    )


def sentence(pace: Pace) -> str:
    """Say how it goes."""
    words = {"points": shown(pace.per_week or pace.missing)}
    if pace.state is State.ENDED:
        return _("Ended: reached") if pace.is_reached else _("Ended: %(points)s points were missing") % words
    if pace.state is State.REACHED:
        return _("Reached")
    if pace.state is State.ON_COURSE:
        if pace.per_week is None:
            return _("On course: %(points)s points to go") % words
        return _("On course: %(points)s points a week to go") % words
    if pace.per_week is None:
        return _("Needs %(points)s points in the days that are left") % words
    return _("Needs %(points)s points a week") % words
