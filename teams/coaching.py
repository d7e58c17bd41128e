"""Who needs a word this week, and about what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Least

from scoring import past, tips
from scoring.formula.catalogue import PILLARS
from scoring.formula.periods import days_between
from scoring.formula.plan import Tip, best_plan
from scoring.formula.version import Formula
from scoring.headline import Course, courses_of
from scoring.labels import kind_label, pillar_label
from scoring.models import Score
from scoring.plans import wishes
from teams.kept import published_day, rulebook
from teams.models import Membership, Seller, Team
from teams.tree import Tree

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class NextTip:
    """What brings most of a seller's plan: minutes for all its times, gain in hundredths of the SSI."""

    pillar: str
    pillar_label: str
    label: str
    text: str
    times: int
    minutes: int
    gain: int


@dataclass(frozen=True)
class Word:
    """What to speak about with one seller; figures in hundredths, None without a score (that day)."""

    pk: int
    name: str
    initials: str
    team: str
    shown: bool
    ssi: int | None
    change: int | None
    weakest: str
    weakest_label: str
    tip: NextTip | None


def sellers_of(team: Team, *, today: date) -> QuerySet[Seller]:
    """The active sellers of the team and those below, the lowest of weakest pillars first.

    Where a pillar is low the same effort brings most, and unlike a plan it is cheap to sort by: this decides
    who comes on which page.
    """
    days = {*days_between(today - WEEK, today), published_day() or today}
    weakest = (
        Score.objects.filter(seller=OuterRef("pk"), day__in=days)
        .order_by("-day")
        .values(weakest=Least(*PILLARS))[:1]
    )
    members = Seller.objects.active_on(today).members_of(Tree().below(team.pk), on=today)
    lowest_first = F("weakest").asc(nulls_first=True)
    by_name = ("user__last_name", "user__first_name", "pk")
    return members.select_related("user").annotate(weakest=Subquery(weakest)).order_by(lowest_first, *by_name)


def words(sellers: Collection[Seller], *, today: date) -> list[Word]:
    """Plan the week of each and tell the tip that brings most, largest gain first.

    A few queries, however many they are, and some milliseconds of planning for each.
    """
    keys = [seller.pk for seller in sellers]
    courses = courses_of(keys, upto=today)
    teams = dict(Membership.objects.on(today).filter(seller__in=keys).values_list("seller", "team__name"))
    next_tips = _next_tips(sellers, today=today)
    rows = [
        _word(seller, courses[seller.pk], team=teams.get(seller.pk, ""), tip=next_tips[seller.pk])
        for seller in sellers
    ]
    return sorted(rows, key=lambda row: (-(row.tip.gain if row.tip else 0), row.name))


def _next_tips(sellers: Collection[Seller], *, today: date) -> Mapping[int, NextTip | None]:
    formula, keys = rulebook().formula_on(today), [seller.pk for seller in sellers]
    histories, unwanted = past.histories_of(keys), wishes.unwanted_of_each(keys)
    hidden = wishes.hidden_tips_of_each(keys, today=today)
    plans = {
        seller.pk: best_plan(
            histories[seller.pk],
            on=today,
            formula=formula,
            minutes_per_week=seller.minutes_per_week,
            unwanted=unwanted[seller.pk],
        )
        for seller in sellers
    }
    return {
        pk: _next_tip(plan.tips[0], formula, week=today, hidden=hidden[pk]) if plan.tips else None
        for pk, plan in plans.items()
    }


def _next_tip(tip: Tip, formula: Formula, *, week: date, hidden: frozenset[str]) -> NextTip:
    pillar = formula.kinds[tip.kind].pillar
    return NextTip(
        pillar=pillar,
        pillar_label=pillar_label(pillar),
        label=kind_label(tip.kind),
        text=tips.texts_for([tip.kind], week=week, hidden=hidden)[tip.kind],
        times=tip.times,
        minutes=tip.minutes,
        gain=tip.gain,
    )


def _word(seller: Seller, course: Course, *, team: str, tip: NextTip | None) -> Word:
    newest = max(course, default=None)
    score = course[newest] if newest else None
    before = course.get(newest - WEEK) if newest else None
    weakest = min(PILLARS, key=lambda name: getattr(score, name)) if score else ""
    return Word(
        pk=seller.pk,
        name=seller.name,
        initials=seller.user.initials,
        team=team,
        shown=seller.shown_on_boards,
        ssi=score.ssi if score else None,
        change=score.ssi - before.ssi if score and before else None,
        weakest=weakest,
        weakest_label=pillar_label(weakest) if weakest else "",
        tip=tip,
    )
