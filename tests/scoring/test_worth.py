"""What logged acts are worth: today, at first, and how long."""

import uuid
from datetime import date, timedelta

import pytest

from scoring import intake
from scoring.contributions import contributions_of
from scoring.formula.pillar import score
from scoring.models import Activity, Kind
from scoring.past import history_of
from scoring.rulebook import Rulebook
from scoring.worth import worths_of
from teams.models import Leave
from tests.moments import NOON, TODAY, days_ago


def log(user, code, back, quantity=1):
    entry = intake.Entry(Kind.objects.get(code=code), days_ago(back), quantity=quantity)
    return intake.record(user.seller.pk, entry, token=uuid.uuid4(), today=TODAY)


def all_worths(user, on=TODAY):
    return worths_among(user, list(Activity.objects.of(user.seller.pk).live()), on=on)


def worths_among(user, acts, *, on):
    return worths_of(user.seller.pk, acts, history_of(user.seller.pk), rules=Rulebook(), on=on)


def test_all_acts_of_a_kind_add_up_to_what_the_kind_contributes(ana):
    for back in (0, 0, 3, 3, 9, 40):
        log(ana, "comment_posted", back, quantity=4)
        log(ana, "message_sent", back, quantity=1)

    found = all_worths(ana)

    parts = contributions_of(history_of(ana.seller.pk), on=TODAY, formula=Rulebook().formula_on(TODAY))
    assert sum(worth.now for worth in found.values()) == sum(part.hundredths for part in parts)
    for part in parts:
        keys = Activity.objects.of(ana.seller.pk).filter(kind__code=part.kind).values_list("pk", flat=True)
        assert sum(found[pk].now for pk in keys) == part.hundredths


def test_the_only_act_is_worth_the_whole_index_on_its_day_and_less_later(ana):
    act = log(ana, "meeting_booked", 30)

    worth = all_worths(ana)[act.pk]

    history, rules = history_of(ana.seller.pk), Rulebook()
    assert worth.at_first == score(history, on=act.day, formula=rules.formula_on(act.day)).ssi
    assert worth.now == score(history, on=TODAY, formula=rules.formula_on(TODAY)).ssi < worth.at_first
    assert worth.halved_on == TODAY


def test_of_a_day_the_latest_intake_counts_first_and_the_rest_does_not(ana):
    first, second, third = (log(ana, "comment_posted", 2, quantity=n) for n in (5, 4, 8))

    found = all_worths(ana)

    assert [found[act.pk].counted for act in (first, second, third)] == [0, 2, 8]
    assert not found[first.pk].is_counted
    assert found[first.pk].now == found[first.pk].at_first == 0
    assert found[third.pk].now == pytest.approx(4 * found[second.pk].now, abs=4)


def test_an_act_that_newer_ones_displaced_counted_at_first(ana):
    monday = (TODAY - date(2026, 11, 16)).days
    old = log(ana, "article_published", monday, quantity=2)
    log(ana, "article_published", monday - 2, quantity=1)

    worth = all_worths(ana)[old.pk]

    assert (worth.counted_at_first, worth.counted) == (2, 1)
    assert 0 < worth.now < worth.at_first


def test_leave_puts_the_halving_off(ana):
    act = log(ana, "message_sent", 10)
    Leave.objects.create(seller=ana.seller, first=days_ago(5), until=TODAY + timedelta(days=2))

    assert all_worths(ana)[act.pk].halved_on == act.day + timedelta(days=37)


def test_an_act_of_the_day_is_worth_now_what_it_is_worth_at_first(ana):
    for _ in range(3):
        log(ana, "message_sent", 0)

    assert all(worth.now == worth.at_first for worth in all_worths(ana).values())


def test_later_and_deleted_acts_have_no_worth(ana):
    log(ana, "message_sent", 0)
    gone = log(ana, "message_sent", 4)
    intake.delete(gone, now=NOON, today=TODAY)

    assert worths_among(ana, list(Activity.objects.of(ana.seller.pk)), on=days_ago(2)) == {}


def test_twice_the_acts_cost_the_same_queries(ana, django_assert_num_queries):
    log(ana, "message_sent", 3)
    all_worths(ana)
    acts = [log(ana, code, back) for code in ("message_sent", "people_search") for back in range(5)]

    history, rules = history_of(ana.seller.pk), Rulebook()

    with django_assert_num_queries(1):
        found = worths_of(ana.seller.pk, acts, history, rules=rules, on=TODAY)

    assert len(found) == 10
