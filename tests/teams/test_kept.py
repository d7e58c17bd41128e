"""What a process reads once: with committed rows, for in a transaction nothing is kept."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import transaction

from scoring import night
from scoring.models import Formula, Run
from ssi_dashboard import clock
from teams import demo
from teams.freshness import PUBLISHED, Kept
from teams.kept import published_day, rulebook
from tests.moments import NOON, TODAY, days_ago
from tests.teams.costs import reads_of

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/index/"
TOMORROW = TODAY + timedelta(days=1)


def publish(day):
    night.complete(night.run_again(day), now=NOON, today=day)


def give_a_day(name, day):
    draft = Formula.objects.first().copy(name=name, by=None)
    draft.put_in_force(day, today=TODAY)


def test_the_published_day_is_read_once_until_another_is_published(ana, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert published_day() is published_day() is None

    publish(days_ago(1))
    with django_assert_num_queries(1):
        assert published_day() == published_day() == days_ago(1)

    publish(TODAY)
    assert published_day() == TODAY
    night.run_again(TODAY)
    assert published_day() == days_ago(1)


def test_one_page_reads_for_all_what_everybody_shares(client, ana, ada, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    publish(TODAY)
    client.force_login(ana)
    client.get(PAGE)
    client.force_login(ada)

    reads = reads_of(lambda: client.get(PAGE))

    shared = ("scoring_run", "scoring_formula", "scoring_standing", "teams_team", "teams_membership")
    assert reads["scoring_score"]
    assert not reads.keys() & set(shared)


def test_where_the_demo_is_removed_there_is_no_published_day():
    Run.objects.create(day=TODAY, state="complete")
    assert published_day() == TODAY

    demo.remove()

    assert published_day() is None


def test_the_rules_are_read_once_until_a_version_is_given_its_day(django_assert_num_queries):
    assert rulebook().on(TOMORROW).name != "Second"
    with django_assert_num_queries(0):
        assert rulebook().on(TOMORROW).name != "Second"

    give_a_day("Second", TOMORROW)

    assert rulebook().on(TOMORROW).name == "Second"
    assert rulebook().on(TODAY).name != "Second"


def test_a_day_that_was_taken_back_is_kept_by_nobody():
    with transaction.atomic():
        give_a_day("Second", TOMORROW)
        assert rulebook().on(TOMORROW).name == "Second"
        transaction.set_rollback(True)

    assert rulebook().on(TOMORROW).name != "Second"


def test_without_the_store_it_is_read_each_time(monkeypatch):
    store = caches["forgetful"]
    monkeypatch.setattr(store, "_cache", store._class(["unix:///nowhere/valkey.sock"]))
    answers = iter("abc")
    kept = Kept(PUBLISHED, lambda: next(answers))

    assert [kept.newest(), kept.newest(), kept.newest()] == ["a", "b", "c"]
