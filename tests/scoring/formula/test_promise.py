"""A promise holds to the hundredth when it is kept, and whatever it misses adds up."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from scoring.formula.plan import best_plan
from scoring.formula.promise import Promise, mark_of, outcome
from scoring.formula.target import cheapest_plan
from tests.scoring.formula.every_plan import FRIDAY, catalogues, pasts
from tests.scoring.formula.strategies import catalogue_formula, event, formula_of, standing

budgets = st.integers(0, 300)
horizons = st.sampled_from([5, 7, 14])
MONDAY = FRIDAY + timedelta(days=3)
TWO = formula_of(
    event("post", "engage", 5, minutes=10, plan_per_week=2), standing("photo", "brand", 4, minutes=20)
)

THREE = formula_of(*TWO.kinds.values(), standing("badge", "find", 6))


@given(st.data(), catalogues(), budgets, horizons, st.booleans())
def test_a_plan_done_fully_lands_on_its_prediction(data, formula, minutes, days, aims):
    history = data.draw(pasts(formula)).up_to(FRIDAY)
    plan = (
        cheapest_plan(history, on=FRIDAY, formula=formula, target=minutes * 20, days=days)
        if aims
        else best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes, days=days)
    )

    told = outcome(Promise.of(plan), plan.done(history), formula=formula, newer=formula)

    assert told.is_done
    assert told.is_exact
    assert abs(told.result - plan.predicted) <= 1
    assert abs(told.restated) <= 1
    assert (told.not_done, told.besides, told.other_formula) == (0, 0, 0)


@given(st.data(), catalogues(), budgets)
def test_whatever_happens_the_parts_add_up_to_the_difference(data, formula, minutes):
    """Another past, another week and another rule than the plan was made for."""
    plan = best_plan(data.draw(pasts(formula)), on=FRIDAY, formula=formula, minutes_per_week=minutes)
    history = data.draw(pasts(formula))
    newer = replace(formula, half_life_days=data.draw(st.sampled_from([10, 20])))

    told = outcome(Promise.of(plan), history, formula=formula, newer=newer)

    assert told.result == score(history, on=plan.last, formula=newer).ssi
    assert told.restated + told.not_done + told.besides + told.other_formula == told.result - plan.predicted
    assert told.besides >= 0  # more never hurts
    assert told.other_formula == 0 or newer != formula


@given(st.data(), catalogues(), budgets)
def test_nothing_done_is_all_not_done(data, formula, minutes):
    history = data.draw(pasts(formula)).up_to(FRIDAY)
    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes)

    told = outcome(Promise.of(plan), history, formula=formula, newer=formula)

    assert told.result == plan.idle
    assert abs(told.not_done - (plan.idle - plan.predicted)) <= 1
    assert told.is_done == (not plan.tips)


def promise(history: History) -> Promise:
    return Promise.of(best_plan(history, on=FRIDAY, formula=TWO, minutes_per_week=60))


def did(*acts: tuple[str, date, int]) -> History:
    return History(holdings={"photo": (Span(FRIDAY + timedelta(days=1)),)}).with_acts(acts)


def days_of(made: Promise) -> list[date]:
    return sorted(made.acts["post"])


def test_what_was_done_on_another_day_counts_as_the_plans():
    made = promise(History())
    first, second = days_of(made)

    told = outcome(
        made, did(("post", first, 1), ("post", second + timedelta(days=1), 1)), formula=TWO, newer=TWO
    )

    assert not told.is_done
    assert told.besides == 0
    assert 0 < told.not_done < 30  # later done, it has faded less


def test_what_was_done_besides_is_told_apart():
    made = promise(History())
    first, second = days_of(made)

    told = outcome(made, did(("post", first, 1), ("post", second, 3)), formula=TWO, newer=TWO)

    assert told.is_done
    assert not told.is_exact
    assert (told.not_done, told.restated) == (0, 0)
    assert told.besides > 0


def test_what_was_logged_late_for_earlier_days_is_a_change_of_history():
    made = promise(History())
    acts = [("post", day, 1) for day in days_of(made)]

    told = outcome(made, did(("post", FRIDAY, 2), *acts), formula=TWO, newer=TWO)

    assert told.restated > 0
    assert (told.not_done, told.besides) == (0, 0)


def test_what_was_done_on_the_day_of_the_promise_after_it_is_done_besides():
    made = promise(History())
    acts = [("post", day, 1) for day in days_of(made)]
    afterwards = History().with_acts([("post", FRIDAY, 2)]).with_holding("badge", Span(FRIDAY))
    history = did(("post", FRIDAY, 2), *acts).with_holding("badge", Span(FRIDAY))

    told = outcome(made, history, formula=THREE, newer=THREE, afterwards=afterwards)

    assert told.besides > 0
    assert (told.restated, told.not_done) == (0, 0)
    assert told.is_done
    assert not told.is_exact


@given(st.data(), catalogues(), budgets)
def test_more_that_came_in_afterwards_never_hurts_and_the_parts_add_up(data, formula, minutes):
    known = data.draw(pasts(formula)).up_to(FRIDAY)
    plan = best_plan(known, on=FRIDAY, formula=formula, minutes_per_week=minutes)
    codes = [code for code, kind in formula.kinds.items() if not kind.standing]
    more = [(code, FRIDAY, data.draw(st.integers(1, 3))) for code in codes]
    afterwards = History().with_acts(more)

    told = outcome(
        Promise.of(plan),
        plan.done(known).with_acts(more),
        formula=formula,
        newer=formula,
        afterwards=afterwards,
    )

    assert abs(told.restated) <= 1
    assert told.besides >= 0
    assert told.restated + told.not_done + told.besides == told.result - plan.predicted


def test_an_item_taken_away_in_the_week_is_not_done():
    made = promise(History())
    history = replace(
        did(*(("post", day, 1) for day in days_of(made))),
        holdings={"photo": (Span(FRIDAY + timedelta(days=1), MONDAY),)},
    )

    told = outcome(made, history, formula=TWO, newer=TWO)

    assert not told.is_done
    assert told.not_done < 0


def test_a_history_is_known_again_whatever_the_order_of_its_parts():
    one = History().with_acts([("post", FRIDAY, 1), ("post", MONDAY, 2)]).with_holding("photo", Span(FRIDAY))
    other = History(
        tallies={"post": {MONDAY: 2, FRIDAY: 1}, "chat": {}}, holdings={"photo": [Span(FRIDAY)] * 2}
    )

    assert mark_of(one) == mark_of(other)
    assert len(mark_of(one)) == 16
    assert mark_of(one) != mark_of(one.with_acts([("post", FRIDAY, 1)]))
    assert mark_of(one) != mark_of(replace(one, leave=(Span(FRIDAY, MONDAY),)))


def test_a_week_of_the_catalogue_holds():
    plan = best_plan(History(), on=FRIDAY, formula=catalogue_formula(), minutes_per_week=437)

    told = outcome(
        Promise.of(plan), plan.done(History()), formula=catalogue_formula(), newer=catalogue_formula()
    )

    assert told.result == told.predicted
