"""Accepted plans: one open a seller, promises that hold, figures that add up, written down once."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction

from scoring import intake, past, tasks
from scoring.models import AcceptedPlan, Activity, Formula, FormulaKind, Holding, Kind, Tally
from scoring.plans import acts, promises
from scoring.rulebook import Rulebook
from tests.scoring.plans import plan_of, planned_for
from tests.teams.costs import queries_of

ONE_DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 11, 20)
OVER = TODAY + 8 * ONE_DAY
NOW = datetime.datetime(2026, 11, 28, 11, tzinfo=datetime.UTC)
MORNING = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
ONE_HOUR = datetime.timedelta(hours=1)


def keep(plan, *, today=OVER):
    """Tick everything off."""
    for act in plan.acts.all():
        assert acts.tick(plan.seller_id, act, token=act.token, today=today)


def record(who, code, day):
    entry = intake.Entry(Kind.objects.get(code=code), day)
    return intake.record(who.seller.pk, entry, token=uuid.uuid4(), today=OVER)


def close(plan, *, today=OVER):
    history = past.history_of(plan.seller_id)
    promises.close(plan, history, rules=Rulebook(), today=today)
    return AcceptedPlan.objects.get(pk=plan.pk)


def test_a_promise_that_is_kept_holds_to_the_hundredth(ana):
    plan = plan_of(ana, today=TODAY)

    keep(plan)
    closed = close(plan)

    assert abs(closed.result - plan.predicted) <= 1
    assert closed.is_done
    assert closed.is_undisturbed
    tally = promises.tally()
    assert (tally.ended, tally.done, tally.reached, tally.undisturbed, tally.held) == (1, 1, 1, 1, 1)
    assert not tally.is_broken


def test_what_is_missing_is_told_apart_and_adds_up(ana):
    plan = plan_of(ana, today=TODAY)
    kept = plan.acts.all()[1:]
    for act in kept:
        acts.tick(plan.seller_id, act, token=act.token, today=OVER)
    meeting = Kind.objects.get(code="meeting_booked")
    intake.record(ana.seller.pk, intake.Entry(meeting, TODAY + ONE_DAY, 2), token=uuid.uuid4(), today=OVER)
    intake.record(ana.seller.pk, intake.Entry(meeting, TODAY - ONE_DAY), token=uuid.uuid4(), today=OVER)

    closed = close(plan)

    assert closed.not_done < 0 < closed.besides
    assert closed.restated > 0
    parts = (closed.restated, closed.not_done, closed.besides, closed.other_formula)
    assert plan.predicted + sum(parts) == closed.result
    assert not closed.is_done
    assert promises.tally().done == 0


def test_what_is_done_on_the_day_after_accepting_is_done_besides(ana):
    earlier = plan_of(ana, today=TODAY - 30 * ONE_DAY)
    close(earlier, today=TODAY)
    with time_machine.travel(MORNING, tick=False):
        record(ana, "comment_posted", TODAY)
        plan = plan_of(ana, today=TODAY)
    with time_machine.travel(MORNING + ONE_HOUR, tick=False):
        record(ana, "meeting_booked", TODAY)
        intake.hold(ana.seller.pk, Kind.objects.get(code="profile_skills"), first=TODAY, today=TODAY)
    keep(plan)

    closed = close(plan)

    assert closed.besides > 0
    assert (closed.restated, closed.not_done) == (0, 0)
    assert closed.is_done
    assert not closed.is_undisturbed


@pytest.mark.parametrize("back", [0, 1])
def test_what_was_logged_before_accepting_or_for_earlier_days_is_history(ana, back):
    with time_machine.travel(MORNING, tick=False):
        before = record(ana, "meeting_booked", TODAY)
        plan = plan_of(ana, today=TODAY)
    with time_machine.travel(MORNING + ONE_HOUR, tick=False):
        if back:
            record(ana, "meeting_booked", TODAY - back * ONE_DAY)
        else:
            intake.delete(before, now=MORNING + ONE_HOUR, today=TODAY)
    keep(plan)

    closed = close(plan)

    assert closed.restated != 0
    assert (closed.besides, closed.not_done) == (0, 0)


def test_of_a_plan_whose_moment_is_not_known_all_of_its_day_is_history(ana):
    plan = plan_of(ana, today=TODAY)
    AcceptedPlan.objects.update(accepted_at=None)
    record(ana, "meeting_booked", TODAY)

    closed = close(plan)

    assert closed.restated > 0
    assert closed.besides == 0


def test_another_formula_is_told_apart(ana):
    plan = plan_of(ana, today=TODAY)
    keep(plan)
    other = Formula.objects.create(name="Slower", half_life_days=300, gap_brand=60)
    worths = FormulaKind.objects.filter(formula=plan.formula)
    FormulaKind.objects.bulk_create(
        FormulaKind(formula=other, kind_id=w.kind_id, points=w.points, cap=w.cap, cap_period=w.cap_period)
        for w in worths
    )
    Formula.objects.filter(pk=other.pk).update(effective_from=TODAY + 3 * ONE_DAY)

    closed = close(plan)

    assert closed.other_formula != 0
    assert (closed.not_done, closed.besides) == (0, 0)
    assert not closed.is_undisturbed


def test_a_second_submission_is_the_same_plan_and_another_plan_is_refused(ana):
    found = planned_for(ana, today=TODAY)
    plan = plan_of(ana, today=TODAY)
    known = promises.fingerprint(past.history_of(ana.seller.pk), on=TODAY)

    again = promises.accept(ana.seller.pk, found, mark=promises.plan_mark(found), known=known, today=TODAY)

    assert again == plan
    other = planned_for(ana, today=TODAY, target=3000, days=14)
    with pytest.raises(promises.NotAccepted):
        promises.accept(ana.seller.pk, other, mark=promises.plan_mark(other), known=known, today=TODAY)
    assert AcceptedPlan.objects.count() == 1


def test_a_plan_that_is_not_what_was_seen_is_refused(ana):
    known = promises.fingerprint(past.history_of(ana.seller.pk), on=TODAY)
    found = planned_for(ana, today=TODAY)
    entry = intake.Entry(Kind.objects.get(code="comment_posted"), TODAY)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)

    for mark in ("", promises.plan_mark(found)):
        with pytest.raises(promises.NotAccepted):
            promises.accept(ana.seller.pk, found, mark=mark, known=known, today=TODAY)

    assert not AcceptedPlan.objects.exists()


def test_the_database_knows_one_open_plan_a_seller(ana):
    plan = plan_of(ana, today=TODAY)
    plan.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save(force_insert=True)

    promises.give_up(ana.seller.pk, AcceptedPlan.objects.get().pk, today=TODAY)
    plan.save(force_insert=True)


def test_the_database_keeps_figures_that_add_up(ana):
    plan = plan_of(ana, today=TODAY)
    figures = {"restated": 0, "not_done": 0, "besides": 0, "other_formula": 0}
    figures |= {"closed_on": OVER, "is_done": True, "is_undisturbed": True}

    for wrong in ({**figures, "result": plan.predicted + 1}, {"result": plan.predicted}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AcceptedPlan.objects.update(**wrong)

    AcceptedPlan.objects.update(**figures, result=plan.predicted)


def test_giving_up_can_be_undone_unless_there_is_another_plan(ana):
    plan = plan_of(ana, today=TODAY)

    assert promises.give_up(ana.seller.pk, plan.pk, today=TODAY)
    assert not promises.give_up(ana.seller.pk, plan.pk, today=TODAY)
    assert promises.take_up_again(ana.seller.pk, plan.pk)
    promises.give_up(ana.seller.pk, plan.pk, today=TODAY)
    other = plan_of(ana, today=TODAY)

    assert not promises.take_up_again(ana.seller.pk, plan.pk)
    assert promises.open_plan(ana.seller.pk) == other


def test_the_next_plan_closes_the_one_before(ana):
    plan = plan_of(ana, today=TODAY)
    keep(plan)

    plan_of(ana, today=OVER)

    closed = AcceptedPlan.objects.get(pk=plan.pk)
    assert closed.closed_on == OVER
    assert closed.result == closed.predicted
    assert AcceptedPlan.objects.open().count() == 1


def test_ticking_twice_logs_once_and_what_is_there_already_is_not_logged_again(ana):
    plan = plan_of(ana, today=TODAY)
    plan.acts.update(times=3)
    act = next(act for act in plan.acts.all() if not act.kind.is_standing)
    entry = intake.Entry(act.kind, act.day)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=OVER)

    done = [acts.tick(ana.seller.pk, act, token=act.token, today=OVER) for _n in range(2)]

    assert done == [True, False]
    assert Activity.objects.get(token=act.token).quantity == act.times - 1
    assert Tally.objects.get(kind=act.kind, day=act.day).quantity == act.times


def test_a_tick_is_taken_back_and_a_stale_form_does_nothing(ana):
    plan = plan_of(ana, today=TODAY)
    act = next(act for act in plan.acts.all() if not act.kind.is_standing)
    stale = act.token
    acts.tick(ana.seller.pk, act, token=stale, today=OVER)

    back = [acts.untick(ana.seller.pk, act, token=stale, now=NOW, today=OVER) for _n in range(2)]
    late = acts.tick(ana.seller.pk, act, token=stale, today=OVER)
    act.refresh_from_db()
    anew = acts.tick(ana.seller.pk, act, token=act.token, today=OVER)

    assert (back, late, anew) == ([True, False], False, True)
    assert Activity.objects.live().count() == 1


def test_an_item_is_held_from_its_day_and_let_go(ana):
    plan = plan_of(ana, today=TODAY)
    act = next(act for act in plan.acts.all() if act.kind.is_standing)

    assert acts.tick(ana.seller.pk, act, token=act.token, today=OVER)
    assert not acts.tick(ana.seller.pk, act, token=act.token, today=OVER)
    assert Holding.objects.get().first == act.day
    assert acts.untick(ana.seller.pk, act, token=act.token, now=NOW, today=OVER)

    assert not Holding.objects.exists()


def test_a_day_that_has_not_come_cannot_be_ticked(ana):
    plan = plan_of(ana, today=TODAY)

    for act in plan.acts.all():
        with pytest.raises(intake.FutureActivity):
            acts.tick(ana.seller.pk, act, token=act.token, today=TODAY)

    assert not Activity.objects.exists()
    assert not Holding.objects.exists()


def test_plans_are_closed_a_week_after_their_end_and_only_once(ana, ada):
    plans = [plan_of(who, today=TODAY) for who in (ana, ada)]
    keep(plans[0])

    too_early = promises.close_ended(today=OVER + 6 * ONE_DAY)
    closed = [promises.close_ended(today=OVER + 7 * ONE_DAY) for _n in range(2)]

    assert (too_early, closed) == (0, [2, 0])
    assert promises.tally().ended == 2
    assert promises.tally().held == promises.tally().undisturbed == 1


def test_the_task_may_run_twice(ana):
    plan_of(ana, today=TODAY - 60 * ONE_DAY)

    tasks.close_plans()
    figures = AcceptedPlan.objects.values().get()
    tasks.close_plans()

    assert figures["closed_on"]
    assert AcceptedPlan.objects.values().get() == figures


def test_closing_costs_no_more_queries_for_twice_the_plans_but_their_own_writing(ana, ada, sofia):
    plan_of(ana, today=TODAY)
    one = queries_of(lambda: promises.close_ended(today=OVER + 7 * ONE_DAY))
    for who in (ada, sofia):
        plan_of(who, today=TODAY)

    two = queries_of(lambda: promises.close_ended(today=OVER + 7 * ONE_DAY))

    assert two - one <= 1  # the second one's own update


def test_a_person_who_is_deleted_takes_the_plans_along(ana):
    plan_of(ana, today=TODAY)

    ana.delete()

    assert not AcceptedPlan.objects.exists()


def test_administrators_see_how_promises_went_and_no_names(client, root, ana):
    plan = plan_of(ana, today=TODAY)
    keep(plan)
    close(plan)
    client.force_login(root)

    page = client.get("/admin/").text

    assert "Plans that ended" in page
    assert page.count("1 of 1") == 2
    assert "Nowak" not in page
