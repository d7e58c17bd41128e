"""How a night is cut into parts, and what is left of one that fails."""

from datetime import timedelta

import pytest

from scoring import night, past, recompute
from scoring.formula.pillar import score
from scoring.models import Holding, Kind, PillarSum, Run, Score, Tally
from scoring.models.run import RunState
from scoring.rulebook import Rulebook
from teams.models import Seller, User
from tests.moments import NOON, TODAY, days_ago


@pytest.mark.parametrize(
    ("keys", "parts"),
    [
        ([], []),
        ([45], [(40, 59)]),
        ([1, 19], [(0, 19)]),
        ([5, 41], [(0, 19), (20, 59)]),  # two keys are a tenth of a part: one is a short rest
        ([5, 42], [(0, 19), (20, 39), (40, 59)]),
    ],
)
def test_parts_have_all_keys_and_a_short_rest_goes_with_the_one_before(db, keys, parts):
    for key in keys:
        user = User.objects.create(email=f"{key}@example.com")
        Seller.objects.create(pk=key, user=user, joined_on=days_ago(9))
    (run,) = night.open_runs(today=TODAY)

    night.start(run, now=NOON, chunk=20)

    assert list(run.chunks.values_list("first_seller", "last_seller")) == parts


def test_a_part_that_fails_while_it_is_written_leaves_nothing(ana, monkeypatch):
    (run,) = night.open_runs(today=TODAY)
    part = ranked(run)

    with monkeypatch.context() as patch:
        patch.setattr("scoring.bulk._close", fail)
        with pytest.raises(OSError, match="the disk"):
            night.work(part, now=NOON, today=TODAY)

    assert not Score.objects.on(TODAY).exists()
    night.complete(run, now=NOON + night.LEASE + timedelta(seconds=1), today=TODAY)
    assert Score.objects.on(TODAY).count() == 1


def ranked(run):
    """Bring a night as far as its only part waits to be written; gives that part."""
    night.start(run, now=NOON)
    for part in night.waiting_chunks(run, now=NOON):
        night.work(part, now=NOON, today=run.day)
    night.advance(run, now=NOON)
    (part,) = night.waiting_chunks(run, now=NOON)
    return part


def test_what_was_written_by_a_clock_before_midnight_while_the_night_ranked_is_in_its_scores(ana):
    """It scored the day before only, so that no row of the night's day says so."""
    restate(ana.seller.pk, TODAY)
    night.complete(*night.open_runs(today=TODAY), now=NOON, today=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    part = ranked(*night.open_runs(today=tomorrow))

    given = Kind.objects.get(code="recommendation_given")
    Tally.objects.create(seller=ana.seller, kind=given, day=TODAY, quantity=9)
    restate(ana.seller.pk, TODAY)
    assert not Score.objects.on(tomorrow).exists()
    night.work(part, now=NOON, today=tomorrow)

    expected = score(past.history_of(ana.seller.pk), on=tomorrow, formula=Rulebook().formula_on(tomorrow))
    row = Score.objects.get(seller=ana.seller, day=tomorrow)
    assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected)
    assert row.ssi > 0


def restate(seller_id, today):
    recompute.restate(seller_id, first=today, today=today)


def test_whose_items_end_has_sums_that_say_so_from_that_night_on(ana):
    kind = Kind.objects.get(code="profile_photo")
    ends = TODAY + timedelta(days=1)
    Holding.objects.create(seller=ana.seller, kind=kind, first=days_ago(9), until=ends)
    restate(ana.seller.pk, TODAY)
    before = PillarSum.objects.get(seller=ana.seller)
    assert (before.held_until, before.held_brand > 0) == (ends, True)

    night.complete(*night.open_runs(today=TODAY), now=NOON, today=TODAY)
    night.complete(*night.open_runs(today=ends), now=NOON, today=ends)

    after = PillarSum.objects.get(seller=ana.seller)
    assert (after.held_from, after.held_until, after.held_brand) == (ends, None, 0)
    assert after.writes == before.writes


def test_a_night_that_comes_after_a_later_one_leaves_the_sums_of_whose_items_ended(ana):
    kind = Kind.objects.get(code="profile_photo")
    Holding.objects.create(seller=ana.seller, kind=kind, first=days_ago(9), until=TODAY)
    restate(ana.seller.pk, days_ago(1))
    later = TODAY + timedelta(days=2)
    Run.objects.create(day=days_ago(1), state=RunState.COMPLETE)
    run, *_between, last = night.open_runs(today=later)
    part = ranked(run)

    night.complete(last, now=NOON, today=later)
    night.work(part, now=NOON, today=later)

    assert PillarSum.objects.get(seller=ana.seller).held_from == later


def fail(*_args, **_named):
    raise OSError("the disk is gone")
