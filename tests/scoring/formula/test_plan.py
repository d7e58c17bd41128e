from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import CapPeriod
from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from scoring.formula.plan import best_plan
from tests.scoring.formula.every_plan import FRIDAY, best_of, catalogues, every_plan, exact_index, pasts
from tests.scoring.formula.strategies import catalogue_formula, event, formula_of, standing


@given(st.data(), catalogues(), st.integers(0, 90), st.sampled_from([3, 7, 14]))
def test_a_plan_is_the_best_of_all_that_fit_the_budget(data, formula, minutes_per_week, days):
    history = data.draw(pasts(formula)).up_to(FRIDAY)
    budget = minutes_per_week * days // 7
    plans = every_plan(history, on=FRIDAY, formula=formula, days=days, standing=max(1, days // 7))
    best, cost = best_of((ssi, cost) for ssi, cost in plans if cost <= budget)

    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes_per_week, days=days)

    reached = exact_index(plan.done(history), on=plan.last, formula=formula)
    assert reached == pytest.approx(best, abs=1e-9)
    assert plan.minutes == cost <= budget == plan.budget_minutes


@given(st.data(), catalogues(), st.integers(0, 200))
def test_doing_exactly_the_plan_keeps_its_promise(data, formula, minutes_per_week):
    history = data.draw(pasts(formula)).up_to(FRIDAY)

    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes_per_week)

    done = history.with_acts(plan.acts())
    for code in plan.standing:
        done = done.with_holding(code, Span(FRIDAY + timedelta(days=1)))
    assert plan.predicted == score(done, on=plan.last, formula=formula).ssi
    assert plan.idle == score(history, on=plan.last, formula=formula).ssi


@given(st.data(), catalogues(), st.integers(0, 200))
def test_the_gains_of_the_tips_add_up_to_more_than_without_them(data, formula, minutes_per_week):
    history = data.draw(pasts(formula))

    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes_per_week)

    gains = [tip.gain for tip in plan.tips]
    assert sum(gains) == plan.predicted - plan.idle
    assert gains == sorted(gains, reverse=True)
    assert sum(tip.minutes for tip in plan.tips) == plan.minutes
    assert all(tip.times == len(tip.days) for tip in plan.tips)
    assert all(FRIDAY < day <= plan.last for tip in plan.tips for day in tip.days)


@given(st.data(), catalogues())
def test_a_plan_does_not_look_at_what_came_after_its_day(data, formula):
    history = data.draw(pasts(formula))

    assert best_plan(history, on=FRIDAY, formula=formula) == best_plan(
        history.up_to(FRIDAY), on=FRIDAY, formula=formula
    )


def test_a_new_seller_gets_a_plan_from_the_catalogue():
    plan = best_plan(History(), on=FRIDAY, formula=catalogue_formula())

    assert [(tip.kind, tip.times) for tip in plan.tips] == [
        ("profile_headline", 1),
        ("profile_refreshed", 1),
        ("connection_request_personalised", 6),
        ("endorsement_given", 1),
    ]
    assert plan.minutes == plan.budget_minutes == 60
    assert (plan.last, plan.idle) == (date(2026, 4, 3), 0)


def test_what_is_unwanted_is_not_planned():
    unwanted = frozenset({"profile_headline", "connection_request_personalised"})

    plan = best_plan(History(), on=FRIDAY, formula=catalogue_formula(), unwanted=unwanted)

    assert plan.tips
    assert not unwanted & {tip.kind for tip in plan.tips}


@pytest.mark.parametrize(("days", "most"), [(3, 1), (7, 1), (13, 1), (14, 2), (28, 4)])
def test_at_most_one_standing_kind_a_week_is_planned(days, most):
    formula = formula_of(*(standing(f"item{i}", "brand", 4, 1) for i in range(6)))

    plan = best_plan(History(), on=FRIDAY, formula=formula, days=days, minutes_per_week=600)

    assert plan.standing == [f"item{i}" for i in range(most)]
    assert {day for tip in plan.tips for day in tip.days} == {FRIDAY + timedelta(days=1)}


def test_a_held_item_is_not_planned_even_when_it_ends_within_the_plan():
    formula = formula_of(standing("photo", "brand", 4, 1))
    history = History(holdings={"photo": [Span(FRIDAY, FRIDAY + timedelta(days=4))]})

    plan = best_plan(history, on=FRIDAY, formula=formula)

    assert (plan.tips, plan.predicted, plan.idle) == ((), 0, 0)


def test_an_item_that_was_held_until_the_first_day_of_the_plan_is_planned_again():
    formula = formula_of(standing("photo", "brand", 4, 1))
    history = History(holdings={"photo": [Span(FRIDAY, FRIDAY + timedelta(days=1))]})

    plan = best_plan(history, on=FRIDAY, formula=formula)

    assert plan.standing == ["photo"]


def test_a_plan_costs_no_minute_that_gains_nothing():
    formula = formula_of(
        event("chat", "relate", 0, 5, CapPeriod.DAY, 10, 5), standing("photo", "brand", 0, 5)
    )

    plan = best_plan(History(), on=FRIDAY, formula=formula)

    assert (plan.tips, plan.minutes) == ((), 0)


def test_a_gain_is_a_share_of_what_its_own_pillar_gains():
    formula = formula_of(
        event("post", "engage", 10, 1, CapPeriod.WEEK, 10, 1), standing("photo", "brand", 10, 10)
    )

    plan = best_plan(History(), on=FRIDAY, formula=formula)

    brand, engage = (tip.gain for tip in plan.tips)
    assert brand == pytest.approx(2500 * (1 - 2 ** (-10 / 30)), abs=1)
    assert engage == plan.predicted - brand


def test_acts_are_told_by_day_with_their_quantity():
    formula = formula_of(event("post", "engage", 1, 20, CapPeriod.DAY, 1, 9))

    plan = best_plan(History(), on=FRIDAY, formula=formula)

    assert sorted(quantity for _, _, quantity in plan.acts()) == [1, 1, 1, 1, 1, 2, 2]
    assert plan.done(History()) == History().with_acts(plan.acts())


def test_the_budget_is_per_seven_days_and_in_whole_minutes():
    budgets = [
        best_plan(
            History(), on=FRIDAY, formula=catalogue_formula(), minutes_per_week=50, days=days
        ).budget_minutes
        for days in (1, 7, 10)
    ]

    assert budgets == [7, 50, 71]


@pytest.mark.parametrize("told", [{"days": 0}, {"minutes_per_week": -1}])
def test_a_plan_without_a_day_or_below_no_minute_is_refused(told):
    with pytest.raises(ValueError, match="plan"):
        best_plan(History(), on=FRIDAY, formula=catalogue_formula(), **told)
