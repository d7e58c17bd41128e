"""The cheapest plan for a target is the cheapest of all; and where there is none, the best is said."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import CapPeriod
from scoring.formula.history import History, Span
from scoring.formula.pillar import hundredths, score
from scoring.formula.target import cheapest_plan
from tests.scoring.formula.every_plan import FRIDAY, best_of, catalogues, every_plan, exact_index, pasts
from tests.scoring.formula.strategies import catalogue_formula, event, formula_of, standing

shares = st.floats(0, 1)


@given(st.data(), catalogues(), shares, st.sampled_from([3, 7, 14]))
def test_a_plan_for_a_target_is_the_cheapest_of_all_that_reach_it(data, formula, share, days):
    history = data.draw(pasts(formula)).up_to(FRIDAY)
    plans = [
        (hundredths(ssi), cost) for ssi, cost in every_plan(history, on=FRIDAY, formula=formula, days=days)
    ]
    idle = score(history, on=FRIDAY + timedelta(days=days), formula=formula).ssi
    target = idle + round(share * (max(plans)[0] - idle))

    plan = cheapest_plan(history, on=FRIDAY, formula=formula, target=target, days=days)

    assert plan.predicted >= target
    assert plan.minutes == min(cost for ssi, cost in plans if ssi >= target)
    assert plan.predicted == score(plan.done(history), on=plan.last, formula=formula).ssi
    assert plan.idle == idle


@given(st.data(), catalogues(), st.sampled_from([3, 7, 14]))
def test_beyond_the_caps_it_is_the_best_that_they_allow(data, formula, days):
    history = data.draw(pasts(formula)).up_to(FRIDAY)
    best, cost = best_of(every_plan(history, on=FRIDAY, formula=formula, days=days))

    plan = cheapest_plan(history, on=FRIDAY, formula=formula, target=10_001, days=days)

    reached = exact_index(plan.done(history), on=plan.last, formula=formula)
    assert reached == pytest.approx(best, abs=1e-9)
    assert plan.minutes == cost
    assert plan.predicted == hundredths(best) < 10_001


@given(st.data(), catalogues(), shares)
def test_its_gains_add_up_too(data, formula, share):
    history = data.draw(pasts(formula))

    plan = cheapest_plan(history, on=FRIDAY, formula=formula, target=round(9000 * share))

    assert sum(tip.gain for tip in plan.tips) == plan.predicted - plan.idle
    assert plan.budget_minutes == plan.minutes == sum(tip.minutes for tip in plan.tips)


def test_what_is_reached_without_doing_anything_takes_no_minute():
    formula = formula_of(
        standing("photo", "brand", 30), event("post", "engage", 9, minutes=5, plan_per_week=3)
    )
    history = History(holdings={"photo": [Span(FRIDAY)]})

    plan = cheapest_plan(history, on=FRIDAY, formula=formula, target=1250)

    assert (plan.tips, plan.minutes, plan.predicted) == ((), 0, 1250)
    assert cheapest_plan(history, on=FRIDAY, formula=formula, target=1251).tips


def test_a_plan_for_a_target_may_put_any_number_of_standing_kinds_in_place():
    formula = formula_of(*(standing(f"item{i}", "brand", 10, 20) for i in range(6)))

    plan = cheapest_plan(History(), on=FRIDAY, formula=formula, target=1250)

    assert len(plan.standing) == 3
    assert plan.minutes == 60


def test_what_is_unwanted_is_not_planned_for_a_target_either():
    formula = formula_of(*(standing(f"item{i}", "brand", 10, 20) for i in range(6)))

    plan = cheapest_plan(
        History(), on=FRIDAY, formula=formula, target=2500, unwanted=frozenset({"item0", "item5"})
    )

    assert plan.standing == [f"item{i}" for i in range(1, 5)]
    assert plan.predicted == hundredths(25 * (1 - 2 ** (-40 / 30))) < 2500


def test_an_exact_half_reaches_the_hundredth_above_it():
    """30 of 30 points close half of a pillar: 12.5 of the index, whatever the last bits of doubles say."""
    formula = formula_of(event("post", "brand", 10, 3, CapPeriod.DAY, 7, 21), half_life_days=365)
    history = History(leave=[Span(FRIDAY, FRIDAY + timedelta(days=30))])

    plan = cheapest_plan(history, on=FRIDAY, formula=formula, target=1250)

    assert (plan.predicted, [tip.times for tip in plan.tips]) == (1250, [3])


def test_from_a_new_start_the_catalogue_reaches_70_in_a_quarter():
    plan = cheapest_plan(History(), on=FRIDAY, formula=catalogue_formula(), target=7000, days=91)

    assert plan.predicted == 7000
    assert plan.minutes < 7500
    assert score(plan.done(History()), on=plan.last, formula=catalogue_formula()).ssi == 7000


def test_in_a_week_the_catalogue_does_not():
    plan = cheapest_plan(History(), on=FRIDAY, formula=catalogue_formula(), target=7000)

    assert plan.predicted < 7000
    assert len(plan.standing) == 6


def test_a_plan_without_a_day_is_refused():
    with pytest.raises(ValueError, match="plan"):
        cheapest_plan(History(), on=FRIDAY, formula=catalogue_formula(), target=7000, days=0)
