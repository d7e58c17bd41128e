"""The stored past, replayed, gives the stored scores; what does not is named, and raises an alarm."""

import io
import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse

from scoring import night, recompute, replay, tasks
from scoring.models import Formula, Holding, Kind, Run, Score, Tally
from scoring.models.run import RunState
from teams.models import Leave, Membership, Seller, User
from tests.moments import NOON, TODAY, days_ago

SELLERS = 6


@pytest.fixture(autouse=True)
def _on_a_day_in_november():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def staff(north):
    """People with tallies, items and leave, under two formulas; one has left, one is new."""
    newer = Formula.objects.get().copy(name="newer", by=None)
    newer.kinds.filter(kind__code="comment_posted").update(points=6, cap=20, cap_period="week")
    newer.put_in_force(days_ago(20), today=days_ago(21))
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    people = []
    for n in range(SELLERS):
        user = User.objects.create_user(f"s{n}@example.com", "x", first_name="S", last_name=str(n))
        people.append(Seller.objects.create(user=user, joined_on=days_ago(90)))
        Membership.objects.create(seller=people[-1], team=north, first=days_ago(60 if n else 2))
        cells = [("comment_posted", back, 4 + n) for back in range(n, 40, 4) if n]
        cells += [("article_published", back, 2) for back in range(n, 480 if n == 1 else 90, 40) if n]
        Tally.objects.bulk_create(
            Tally(seller=people[-1], day=days_ago(back), kind=kinds[code], quantity=quantity)
            for code, back, quantity in cells
        )
        Holding.objects.create(
            seller=people[-1], kind=kinds["profile_photo"], first=days_ago(2 + n), until=days_ago(1)
        )
    Leave.objects.create(seller=people[3], first=days_ago(30), until=days_ago(9))
    Seller.objects.filter(pk=people[4].pk).update(left_on=days_ago(5))
    for seller in people:
        recompute.restate(seller.pk, first=days_ago(480), today=TODAY)
    night.complete(night.run_again(TODAY), now=NOON, today=TODAY)
    return people


def replayed(*args):
    out, err = io.StringIO(), io.StringIO()
    call_command("check_scores", "--replay", *args, stdout=out, stderr=err)
    return out.getvalue()


def found_in(staff):
    return list(replay.differences([seller.pk for seller in staff], today=TODAY))


def test_a_replay_of_the_stored_past_reproduces_every_stored_score(staff):
    assert Score.objects.count() > SELLERS * 30

    assert found_in(staff) == []
    assert replayed() == f"{SELLERS} sellers checked, no difference.\n"
    assert replayed("--sample", "2") == "2 sellers checked, no difference.\n"


def test_a_day_that_waits_for_its_night_is_no_difference(staff):
    assert list(replay.differences([s.pk for s in staff], today=TODAY + timedelta(days=2))) == []


@pytest.mark.parametrize("part", ["brand", "ssi", "formula_id"])
def test_a_stored_score_that_is_another_is_named_with_its_day(staff, part):
    rows = Score.objects.of(staff[2]).on(days_ago(7))
    rows.update(**{part: 1 if part != "formula_id" else Formula.objects.earliest("pk").pk})

    (found,) = found_in(staff)

    assert (found.seller_id, found.day) == (staff[2].pk, days_ago(7))
    assert found.stored != found.expected


def test_a_missing_day_and_one_too_many_are_named(staff):
    Score.objects.of(staff[1]).on(days_ago(3)).delete()
    last = Score.objects.of(staff[4]).order_by("-day")[0]
    Score.objects.create(
        seller=staff[4],
        day=TODAY,
        formula_id=last.formula_id,
        **{part: getattr(last, part) for part in Score.PARTS},
    )

    found = {(one.seller_id, one.day): one for one in found_in(staff)}

    assert set(found) == {(staff[1].pk, days_ago(3)), (staff[4].pk, TODAY)}
    assert found[staff[1].pk, days_ago(3)].stored is None
    assert found[staff[4].pk, TODAY].expected is None


def test_a_past_that_changed_behind_the_back_of_the_scores_is_found_from_that_day_on(staff):
    Tally.objects.filter(seller=staff[1], day__gt=days_ago(8)).delete()

    days = {found.day for found in found_in(staff)}

    assert max(days) == TODAY
    assert min(days) > days_ago(8)


def test_who_waits_to_be_restated_is_left_out(staff):
    Tally.objects.filter(seller=staff[1]).delete()
    recompute.ask(staff[1].pk, first=days_ago(50))

    assert found_in(staff) == []


def test_the_command_fails_and_names_the_days(staff):
    Score.objects.of(staff[2]).filter(day__in=[days_ago(7), days_ago(5)]).update(ssi=1)

    err = io.StringIO()
    with pytest.raises(
        CommandError, match=f"2 differences in 6 .* 2 days from {days_ago(7)} to {days_ago(5)}"
    ):
        call_command("check_scores", "--replay", stderr=err)

    assert f"seller {staff[2].pk}, {days_ago(7)}: stored" in err.getvalue()


def test_of_a_published_night_a_sample_is_replayed_once(staff):
    tasks.replay_sample()

    run = Run.objects.get(day=TODAY)
    assert (run.replayed, run.replay_differences, run.replay_problem) == (SELLERS, 0, "")
    assert run.replayed_at == NOON
    assert replay.unchecked_run() is None


def test_an_unpublished_night_is_not_replayed(staff):
    Run.objects.update(state=RunState.RUNNING)

    tasks.replay_sample()

    assert Run.objects.get(day=TODAY).replayed_at is None


def test_a_night_that_is_run_again_is_replayed_again(staff):
    tasks.replay_sample()

    night.complete(night.run_again(TODAY), now=NOON, today=TODAY)

    assert replay.unchecked_run() is not None


def test_a_difference_in_the_sample_is_an_alarm(staff, root, client, caplog):
    Score.objects.on(TODAY).filter(seller=staff[2]).update(ssi=1)

    with caplog.at_level(logging.ERROR, logger="scoring.replay"):
        tasks.replay_sample()

    run = Run.objects.get(day=TODAY)
    assert run.replay_differences > 0
    assert f"seller {staff[2].pk}, score, {TODAY}" in run.replay_problem
    assert "replay of 2026-11-20" in caplog.text
    client.force_login(root)
    page = client.get(reverse("admin:index")).content.decode()
    assert "differ from what the formula says" in page
    assert reverse("admin:scoring_run_change", args=[run.pk]) in page


def test_without_a_difference_the_administration_says_so(staff, root, client):
    tasks.replay_sample()

    client.force_login(root)

    assert f"{SELLERS} sellers, no difference" in client.get(reverse("admin:index")).content.decode()


def test_the_sample_of_a_larger_house_is_small(staff):
    run = replay.unchecked_run()

    assert replay.check_sample(run, now=NOON, today=TODAY, sample=3) == 0
    assert Run.objects.get().replayed == 3
