"""Plans in words, and the promise that they make."""

import datetime
import uuid

import pytest

from scoring import coaching, intake
from scoring.models import Kind, Score
from scoring.plans import planning

ONE_DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 22)
LIVELY = [
    ("comment_posted", 40, 3),
    ("comment_posted", 2, 2),
    ("people_search", 12, 10),
    ("message_sent", 0, 4),
    ("article_published", 6, 2),
    ("course_completed", 30, 1),
]


def live_through(seller_id, acts, held=()):
    for code, days_ago, quantity in acts:
        entry = intake.Entry(
            kind=Kind.objects.get(code=code), day=TODAY - days_ago * ONE_DAY, quantity=quantity
        )
        intake.record(seller_id, entry, token=uuid.uuid4(), today=TODAY)
    for code in held:
        intake.hold(seller_id, Kind.objects.get(code=code), first=TODAY - 20 * ONE_DAY, today=TODAY)


def week_of(seller_id, *, minutes):
    return planning.planned(seller_id, on=TODAY, today=TODAY, days=7, minutes_per_week=minutes).plan


def do(seller_id, plan):
    """Live the days of the plan one by one, doing exactly what it says."""
    acts = list(plan.acts())
    day = plan.on
    while day < plan.last:
        day += ONE_DAY
        for code in plan.standing if day == plan.on + ONE_DAY else []:
            intake.hold(seller_id, Kind.objects.get(code=code), first=day, today=day)
        for code, on, quantity in acts:
            if on == day:
                entry = intake.Entry(kind=Kind.objects.get(code=code), day=day, quantity=quantity)
                intake.record(seller_id, entry, token=uuid.uuid4(), today=day)


@pytest.mark.parametrize("minutes", [60, 437])
@pytest.mark.parametrize(
    ("acts", "held"), [((), ()), (LIVELY, ("profile_photo", "profile_about"))], ids=["new", "lively"]
)
def test_the_promise_holds_to_the_hundredth(ana, acts, held, minutes):
    seller_id = ana.seller.pk
    live_through(seller_id, acts, held)
    plan = week_of(seller_id, minutes=minutes)

    do(seller_id, plan)
    intake.recompute.restate(seller_id, first=TODAY, today=plan.last)

    assert plan.predicted > plan.idle
    assert Score.objects.get(seller=seller_id, day=plan.last).ssi == plan.predicted


def test_doing_nothing_ends_where_idle_says(ana):
    live_through(ana.seller.pk, LIVELY)
    plan = week_of(ana.seller.pk, minutes=60)

    intake.recompute.restate(ana.seller.pk, first=TODAY, today=plan.last)

    assert Score.objects.get(seller=ana.seller.pk, day=plan.last).ssi == plan.idle


def test_each_tip_has_words_and_the_gains_add_up(ana):
    live_through(ana.seller.pk, LIVELY)
    plan = week_of(ana.seller.pk, minutes=300)

    rows = coaching.tips_for(plan)

    assert sum(row.gain for row in rows) == plan.predicted - plan.idle
    assert sum(row.minutes for row in rows) == plan.minutes
    assert all(row.text != row.kind_label for row in rows)
    assert len({row.text for row in rows}) == len(rows)
    assert [row.gain for row in rows] == sorted((row.gain for row in rows), reverse=True)


def test_a_tip_says_when(ana):
    plan = week_of(ana.seller.pk, minutes=300)

    when = {row.kind: row.when for row in coaching.tips_for(plan)}

    assert "once, tomorrow" in when.values()
    assert any(" times: " in words for words in when.values())
