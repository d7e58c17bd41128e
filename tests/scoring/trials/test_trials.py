"""A trial says of everybody what the draft would have given, and changes nothing."""

from datetime import timedelta

import pytest
import time_machine

from scoring import past, tasks, trials
from scoring.formula.explain import contributions
from scoring.formula.pillar import score
from scoring.formula.ranking import ranks
from scoring.models import Formula, PillarSum, Restatement, Run, Score, Standing, Trial, TrialScore
from scoring.models.run import RunState
from scoring.models.trial import TrialState
from scoring.rulebook import Rulebook, pure
from scoring.trials.effects import days_upto
from tests.moments import NOON, TODAY, days_ago
from tests.scoring.tried import HIDDEN, LEFT, draft_of_another, people_with_history, tried


@pytest.fixture(autouse=True)
def _on_a_day_in_november():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def staff(north, south):
    return people_with_history(north, south)


@pytest.fixture
def draft(db):
    return draft_of_another()


def by_draft(seller, draft, day=TODAY):
    return score(past.history_of(seller.pk), on=day, formula=pure(draft)).ssi


def everything():
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (Score, PillarSum, Restatement, Run, Standing)
    ]


def test_everybody_gets_what_the_pure_formula_says_beside_what_is_stored(staff, draft):
    trial = tried(draft)

    found = {row.seller_id: row for row in trial.scores.all()}
    assert trial.state == TrialState.DONE
    assert trial.done == trial.sellers == len(found) == len(staff) - 1
    assert staff[LEFT].pk not in found
    for seller in staff:
        if seller.pk in found:
            row = found[seller.pk]
            assert row.before == Score.objects.get(seller=seller, day=TODAY).ssi
            assert row.after == by_draft(seller, draft)
            assert row.moved == abs(row.after - row.before) > 0
            assert row.team_id == seller.memberships.get().team_id


def test_the_last_90_days_are_added_up_as_the_pure_formula_says(staff, draft):
    days = tried(draft).totals["days"]

    assert list(days) == [day.isoformat() for day in days_upto(TODAY)]
    assert days_upto(TODAY)[0] == days_ago(90)
    for day in days_upto(TODAY):
        scores = {row.seller_id: row.ssi for row in Score.objects.on(day)}
        scored = [seller for seller in staff if seller.pk in scores and seller != staff[LEFT]]
        after = sum(by_draft(seller, draft, day) for seller in scored)
        assert days[day.isoformat()] == [len(scored), sum(scores[s.pk] for s in scored), after]


def test_what_kinds_contribute_adds_up_to_the_average(staff, draft):
    trial = tried(draft)

    kinds, (n, before, after) = trial.totals["kinds"], trial.totals["days"][TODAY.isoformat()]
    was, would_be = (100 * sum(column) for column in zip(*kinds.values(), strict=True))
    assert was == pytest.approx(before, abs=0.6 * n)
    assert would_be == pytest.approx(after, abs=0.6 * n)
    in_force = Rulebook().formula_on(TODAY)
    told = [
        contributions(past.history_of(s.pk), on=TODAY, formula=in_force) for s in staff if s != staff[LEFT]
    ]
    for code in ("comment_posted", "profile_photo", "people_search"):
        assert 100 * kinds[code][0] == pytest.approx(sum(one.get(code, 0) for one in told), abs=n)
    assert kinds["people_search"][1] > kinds["people_search"][0] > 0
    assert kinds["course_completed"] == [0, 0]


def test_ranks_are_those_of_who_is_shown_on_boards(staff, draft):
    trial = tried(draft)

    rows = list(trial.scores.exclude(seller=staff[HIDDEN]))
    assert trial.scores.get(seller=staff[HIDDEN]).rank_after is None
    assert [row.rank_before for row in rows] == ranks([row.before for row in rows])
    assert [row.rank_after for row in rows] == ranks([row.after for row in rows])
    same = sum(row.rank_before == row.rank_after for row in rows)
    assert trial.totals["ranks"]["same"] == same < trial.totals["ranks"]["n"] == len(rows)


def test_it_is_summed_up_by_team_and_by_step(staff, draft, north, south):
    trial = tried(draft)

    totals, rows = trial.totals, list(trial.scores.all())
    for team in (north, south):
        inside = [row for row in rows if row.team_id == team.pk]
        assert totals["teams"][str(team.pk)] == [
            len(inside),
            sum(row.before for row in inside),
            sum(row.after for row in inside),
            sum(row.after > row.before for row in inside),
            sum(row.after < row.before for row in inside),
        ]
    assert [sum(counts) for counts in totals["spread"]] == [len(rows), len(rows)]
    assert totals["spread"][1][max(row.after for row in rows) // 500] > 0
    assert totals["moves"] == [
        sum(row.after > row.before for row in rows),
        sum(row.after < row.before for row in rows),
    ]
    assert totals["furthest"][0] == max(row.after - row.before for row in rows)


def test_a_plain_copy_moves_nobody(staff):
    trial = tried(Formula.objects.get().copy(name="The same", by=None))

    assert set(trial.scores.values_list("moved", flat=True)) == {0}
    assert all(before == after for _n, before, after in trial.totals["days"].values())
    assert trial.totals["ranks"]["most"] == 0


def test_nothing_but_the_trial_is_written(staff, draft):
    before = everything()

    tried(draft)

    assert everything() == before


def test_work_in_parts_ends_in_the_same(staff, draft, monkeypatch):
    whole = tried(draft)
    expected = whole.totals, list(whole.scores.values_list("seller", "after", "rank_after"))
    monkeypatch.setattr(trials, "AT_ONCE", 2)
    monkeypatch.setattr(trials, "GROUPS", 1)

    again = tried(draft)

    found = again.totals, list(again.scores.values_list("seller", "after", "rank_after"))
    assert found[1] == expected[1]
    assert found[0]["days"] == expected[0]["days"]
    assert found[0]["teams"] == expected[0]["teams"]
    assert Trial.objects.count() == 1


def test_two_workers_at_the_same_part_count_it_once(staff, draft, monkeypatch):
    expected = tried(draft).totals["days"]
    trial = trials.ask(draft, by=None, now=NOON, today=TODAY)
    effects_of = trials.effects_of

    def overtaken(*args, **kwargs):
        """Another worker does the same part while this one computes."""
        monkeypatch.setattr(trials, "effects_of", effects_of)
        trials.work(trial.pk)
        return effects_of(*args, **kwargs)

    monkeypatch.setattr(trials, "effects_of", overtaken)

    assert trials.work(trial.pk) is False

    assert Trial.objects.get().totals["days"] == expected
    assert trials.work(trial.pk) is False


def test_numbers_that_change_meanwhile_stop_it(staff, draft, monkeypatch):
    monkeypatch.setattr(trials, "AT_ONCE", 2)
    monkeypatch.setattr(trials, "GROUPS", 1)
    trial = trials.ask(draft, by=None, now=NOON, today=TODAY)
    assert trials.work(trial.pk)
    draft.half_life_days = 60
    draft.save()

    assert trials.work(trial.pk) is False

    assert Trial.objects.get().state == TrialState.STALE
    assert not TrialScore.objects.exists()


def test_what_was_tried_before_a_change_is_not_current(staff, draft):
    trial = tried(draft)
    assert trials.is_current(trial)

    draft.kinds.filter(kind__code="comment_posted").update(points=7)

    assert not trials.is_current(trial)


def test_what_has_been_in_force_is_not_tried(staff):
    with pytest.raises(trials.NotToBeTried, match="has been in force"):
        trials.ask(Formula.objects.get(), by=None, now=NOON, today=TODAY)


def test_before_the_first_night_there_is_nothing_to_compare(draft):
    with pytest.raises(trials.NotToBeTried, match="before the first night"):
        trials.ask(draft, by=None, now=NOON, today=TODAY)


def test_where_nobody_has_an_index_there_is_nothing_to_compare(db, draft):
    Run.objects.create(day=TODAY, state=RunState.COMPLETE)

    with pytest.raises(trials.NotToBeTried, match="nothing to compare"):
        trials.ask(draft, by=None, now=NOON, today=TODAY)


def test_what_comes_into_force_later_can_be_tried(staff, draft):
    draft.put_in_force(TODAY + timedelta(days=1), today=TODAY)

    assert tried(draft).state == TrialState.DONE


def test_a_trial_goes_with_its_draft_with_a_seller_and_with_time(staff, draft):
    tried(draft)
    pk = staff[0].pk
    staff[0].delete()
    assert not TrialScore.objects.filter(seller=pk).exists()
    assert TrialScore.objects.exists()

    trials.thin_out(now=NOON + timedelta(days=30))
    assert Trial.objects.exists()
    trials.thin_out(now=NOON + timedelta(days=30, seconds=1))
    assert not TrialScore.objects.exists()

    tried(draft)
    draft.delete()
    assert not Trial.objects.exists()


def test_the_task_tries_a_slice_and_may_run_twice(staff, draft):
    trial = trials.ask(draft, by=None, now=NOON, today=TODAY)

    tasks.try_formula(trial_id=trial.pk)
    tasks.try_formula(trial_id=trial.pk)

    assert Trial.objects.get().state == TrialState.DONE


def test_the_timetable_goes_on_with_what_stands_still(staff, draft, django_capture_on_commit_callbacks):
    trial = trials.ask(draft, by=None, now=NOON, today=TODAY)
    sent = []

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tasks.try_formula, "apply_async", lambda kwargs: sent.append(kwargs))
        with django_capture_on_commit_callbacks(execute=True):
            tasks.mind_trials()

    assert sent == [{"trial_id": trial.pk}]
