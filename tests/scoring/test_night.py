import datetime
import uuid
import zoneinfo

import pytest
import time_machine
from django.db import connection

from scoring import intake, night, recompute
from scoring.formula.pillar import score
from scoring.intake import Entry
from scoring.models import Formula, Handover, Holding, Kind, Run, Score
from scoring.models.run import RunState
from scoring.past import history_of
from scoring.rulebook import Rulebook
from ssi_dashboard import clock
from teams.models import Membership
from tests.moments import NOON, TODAY, days_ago

LATER = NOON + night.LEASE + datetime.timedelta(seconds=1)


@pytest.fixture
def sellers(ana, ada, sofia):
    """Three people with a past: Ana did something each week, Ada once, Sofia nothing."""
    comment = Kind.objects.get(code="comment_posted")
    for back in (100, 30, 9, 2):
        log(ana.seller.pk, comment, days_ago(back))
    log(ada.seller.pk, comment, days_ago(8))
    intake.hold(ada.seller.pk, Kind.objects.get(code="profile_photo"), first=days_ago(8), today=days_ago(8))
    Score.objects.all().delete()
    return [person.seller.pk for person in (ana, ada, sofia)]


def log(seller_id, kind, day):
    intake.record(seller_id, Entry(kind, day, quantity=3), token=uuid.uuid4(), today=day)


def finish(run, *, now=NOON, today=TODAY):
    night.complete(run, now=now, today=today)


def test_a_first_night_scores_everybody_as_the_rule_says(sellers):
    (run,) = night.open_runs(today=TODAY)

    finish(run)

    formula = Rulebook().formula_on(TODAY)
    for row in Score.objects.on(TODAY):
        expected = score(history_of(row.seller_id), on=TODAY, formula=formula)
        assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected)
    assert Score.objects.on(TODAY).count() == 3
    assert night.published_day() == TODAY


def test_three_missed_nights_get_a_run_each_in_order(sellers):
    Run.objects.create(day=days_ago(3), state=RunState.COMPLETE)

    runs = night.open_runs(today=TODAY)
    for run in runs:
        finish(run)

    assert [run.day for run in runs] == [days_ago(2), days_ago(1), TODAY]
    assert set(Run.objects.values_list("state", flat=True)) == {RunState.COMPLETE}
    rules = Rulebook()
    for row in Score.objects.between(days_ago(2), TODAY):
        expected = score(history_of(row.seller_id), on=row.day, formula=rules.formula_on(row.day))
        assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected)


def test_a_run_closes_what_the_day_before_missed(sellers):
    (run,) = night.open_runs(today=TODAY)

    finish(run)

    assert Score.objects.on(days_ago(1)).count() == 3


def test_a_second_tick_has_nothing_to_claim(sellers):
    (run,) = night.open_runs(today=TODAY)

    assert night.start(run, now=NOON)
    assert not night.start(run, now=NOON)
    (chunk,) = night.waiting_chunks(run, now=NOON)
    assert night.work(chunk, now=NOON, today=TODAY)
    assert not night.work(chunk, now=NOON, today=TODAY)
    finish(run)
    assert night.open_runs(today=TODAY) == []


def test_a_run_done_twice_ends_in_the_same_rows(sellers):
    (run,) = night.open_runs(today=TODAY)
    finish(run)
    before = list(Score.objects.order_by("pk").values())

    finish(night.run_again(TODAY))

    assert list(Score.objects.order_by("pk").values()) == before


def test_a_part_whose_worker_died_is_claimed_again_and_the_dead_writes_nothing(sellers):
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON)
    (pk,) = night.waiting_chunks(run, now=NOON)

    dead = night.claim(pk, now=NOON)
    assert night.waiting_chunks(run, now=NOON) == []
    heir = night.claim(pk, now=LATER)

    assert not night.do_claimed(dead, today=TODAY)
    assert not night.rank(run)
    assert night.do_claimed(heir, today=TODAY)
    assert night.rank(run)


def test_a_part_that_is_written_twice_is_written_by_the_newest_claim(sellers):
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON)
    night.work(*night.waiting_chunks(run, now=NOON), now=NOON, today=TODAY)
    night.rank(run)
    (pk,) = night.waiting_chunks(run, now=NOON)

    dead = night.claim(pk, now=NOON)
    heir = night.claim(pk, now=LATER)

    assert not night.do_claimed(dead, today=TODAY)
    assert not Score.objects.on(TODAY).exists()
    assert not night.publish(run, now=LATER)
    assert night.do_claimed(heir, today=TODAY)
    assert not Handover.objects.exclude(data=None).exists()
    assert night.publish(run, now=LATER)
    assert not night.do_claimed(dead, today=TODAY)  # what it would write is not there any more


def test_who_scored_a_part_too_late_does_not_pass_for_who_writes_it(sellers):
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON)
    (pk,) = night.waiting_chunks(run, now=NOON)
    late = night.claim(pk, now=NOON)
    night.work(pk, now=LATER, today=TODAY)
    night.rank(run)

    writer = night.claim(pk, now=LATER)

    assert late.attempt == writer.attempt
    assert not night.do_claimed(late, today=TODAY)
    assert night.do_claimed(writer, today=TODAY)
    assert Score.objects.on(TODAY).count() == 3


def test_a_claim_that_was_overtaken_by_a_whole_step_does_the_step_that_is_due(sellers):
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON)
    (pk,) = night.waiting_chunks(run, now=NOON)

    def overtake(execute, sql, params, many, context):
        """Just before the claim is entered, somebody else does the whole first step."""
        if sql.startswith("UPDATE") and "lease_until" in sql:
            overtaken.__exit__(None, None, None)
            night.work(pk, now=NOON, today=TODAY)
            night.rank(run)
        return execute(sql, params, many, context)

    overtaken = connection.execute_wrapper(overtake)
    overtaken.__enter__()
    assert night.work(pk, now=NOON, today=TODAY)

    assert night.publish(run, now=NOON)
    assert Score.objects.on(TODAY).count() == 3


def test_a_part_that_always_breaks_fails_the_run_and_the_day_before_stays_shown(sellers):
    Run.objects.create(day=days_ago(1), state=RunState.COMPLETE)
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON)
    (pk,) = night.waiting_chunks(run, now=NOON)
    for attempt in range(night.MOST_ATTEMPTS):
        assert night.claim(pk, now=NOON + attempt * 2 * night.LEASE)

    assert not night.work(pk, now=NOON + 7 * night.LEASE, today=TODAY)

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "given up" in run.problem
    assert night.published_day() == days_ago(1)


def test_nothing_is_shown_before_the_last_part_is_done(sellers):
    (run,) = night.open_runs(today=TODAY)
    night.start(run, now=NOON, chunk=1)
    parts = night.waiting_chunks(run, now=NOON)
    assert len(parts) == 3

    for part in parts[:-1]:
        night.work(part, now=NOON, today=TODAY)
    assert not night.advance(run, now=NOON)
    night.work(parts[-1], now=NOON, today=TODAY)
    assert night.advance(run, now=NOON)
    for part in night.waiting_chunks(run, now=NOON):
        assert night.published_day() is None
        night.work(part, now=NOON, today=TODAY)
    assert night.advance(run, now=NOON)

    assert night.published_day() == TODAY
    run.refresh_from_db()
    assert run.scored == 3


def test_an_organisation_without_sellers_has_nights_too(db):
    (run,) = night.open_runs(today=TODAY)

    night.start(run, now=NOON)
    night.publish(run, now=NOON)

    assert night.published_day() == TODAY


def test_ranks_are_stored_with_ties_and_without_the_hidden(sellers, ada):
    ada.seller.shown_on_boards = False
    ada.seller.save()
    (run,) = night.open_runs(today=TODAY)

    finish(run)

    ana_id, ada_id, sofia_id = sellers
    ranks = dict(Score.objects.on(TODAY).values_list("seller_id", "rank"))
    assert ranks == {ana_id: 1, ada_id: None, sofia_id: 2}


def test_who_has_left_is_not_scored_from_that_day_on(sellers, sofia):
    sofia.seller.left_on = TODAY
    sofia.seller.save()
    recompute.restate(sofia.seller.pk, first=days_ago(30), today=TODAY)
    (run,) = night.open_runs(today=TODAY)

    finish(run)

    assert not Score.objects.on(TODAY).filter(seller=sofia.seller).exists()
    assert Score.objects.on(days_ago(1)).filter(seller=sofia.seller).exists()


def test_old_days_are_thinned_to_the_ends_of_their_months(sellers, ana):
    photo = Kind.objects.get(code="profile_photo")
    Holding.objects.create(seller=ana.seller, kind=photo, first=datetime.date(2025, 5, 30), until=TODAY)
    for day in (datetime.date(2025, 5, 30), datetime.date(2025, 5, 31), datetime.date(2025, 6, 1)):
        Score.objects.create(
            seller=ana.seller, day=day, brand=0, find=0, engage=0, relate=0, ssi=0, formula_id=1
        )
    recompute.restate(ana.seller.pk, first=datetime.date(2025, 5, 30), today=TODAY)

    (run,) = night.open_runs(today=TODAY)
    finish(run)

    left = list(Score.objects.filter(day__lt=days_ago(400)).order_by("day").values_list("day", flat=True))
    assert left == [
        datetime.date(2025, month, last) for month, last in [(5, 31), (6, 30), (7, 31), (8, 31), (9, 30)]
    ]


@pytest.mark.parametrize("change", [datetime.date(2026, 3, 29), datetime.date(2026, 10, 25)])
def test_every_local_day_has_one_run_across_a_clock_change_in_warsaw(db, settings, change):
    settings.TIME_ZONE = "Europe/Warsaw"
    warsaw = zoneinfo.ZoneInfo("Europe/Warsaw")
    moment = datetime.datetime.combine(change - datetime.timedelta(days=1), datetime.time(0, 30), warsaw)
    moment = moment.astimezone(datetime.UTC).replace(minute=0)
    first_tick_of = {}

    for hour in range(72):
        with time_machine.travel(moment + datetime.timedelta(hours=hour), tick=False):
            for run in night.open_runs(today=clock.today()):
                night.start(run, now=datetime.datetime.now(datetime.UTC))
                night.publish(run, now=datetime.datetime.now(datetime.UTC))
                first_tick_of[run.day] = datetime.datetime.now(warsaw)

    days = sorted(first_tick_of)
    assert days == [change + datetime.timedelta(days=n) for n in range(-1, 3)][: len(days)]
    assert len(days) >= 3
    assert list(Run.objects.order_by("day").values_list("day", flat=True)) == days
    assert all(first_tick_of[day].date() == day and first_tick_of[day].hour == 0 for day in days)


def test_a_formula_rules_from_its_day_on_and_not_before(sellers, ana):
    first = Formula.objects.get()
    draft = first.copy(name="Version 2", by=None)
    draft.half_life_days = 7
    draft.save()
    draft.put_in_force(TODAY, today=days_ago(1))

    for day in (days_ago(1), TODAY):
        finish(night.run_again(day), today=day)

    by_day = dict(Score.objects.of(ana.seller).filter(day__gte=days_ago(1)).values_list("day", "formula"))
    assert by_day == {days_ago(1): first.pk, TODAY: draft.pk}
    row = Score.objects.get(seller=ana.seller, day=TODAY)
    expected = score(history_of(ana.seller.pk), on=TODAY, formula=Rulebook().formula_on(TODAY))
    assert row.engage == expected.engage


def test_a_score_says_the_team_of_its_day(sellers, ana, south):
    Membership.objects.filter(seller=ana.seller).update(until=days_ago(3))
    Membership.objects.create(seller=ana.seller, team=south, first=days_ago(3))

    recompute.restate(ana.seller.pk, first=days_ago(10), today=TODAY)
    finish(night.run_again(TODAY))

    teams = dict(Score.objects.of(ana.seller).values_list("day", "team__slug"))
    assert {teams[days_ago(n)] for n in (10, 7, 4)} == {"north"}
    assert {teams[days_ago(n)] for n in (3, 2, 1, 0)} == {"south"}


def test_a_restated_past_day_is_ranked_anew_and_today_keeps_the_order_of_its_night(sellers, sofia):
    for day in (days_ago(1), TODAY):
        finish(night.run_again(day))
    last = sofia.seller.pk
    assert rank_of(last, days_ago(1)) == rank_of(last, TODAY) == 3
    assert night.rank_again() == []

    meetings = Entry(Kind.objects.get(code="meeting_booked"), days_ago(1), quantity=20)
    intake.record(last, meetings, token=uuid.uuid4(), today=TODAY)

    assert night.rank_again() == [days_ago(1)]
    assert rank_of(last, days_ago(1)) == 2
    assert rank_of(last, TODAY) == 3
    assert night.rank_again() == []


def rank_of(seller_id, day):
    return Score.objects.get(seller=seller_id, day=day).rank
