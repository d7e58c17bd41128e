"""What if nothing is done: today's fading. What if more is: what the rule says of it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from scoring.formula.plan import best_plan
from scoring.formula.what_if import ahead
from tests.scoring.formula.every_plan import FRIDAY, catalogues, pasts
from tests.scoring.formula.strategies import SMALL, catalogue_formula

horizons = st.integers(1, 40)


@given(st.data(), catalogues(), horizons)
def test_without_a_change_it_is_todays_state_faded(data, formula, days):
    history = data.draw(pasts(formula))

    told = ahead(history, on=FRIDAY, days=days, formula=formula, a_week={})

    assert told == score(history.up_to(FRIDAY), on=FRIDAY + timedelta(days=days), formula=formula)


@given(st.data(), catalogues(), horizons, st.integers(0, 12))
def test_doing_something_never_hurts(data, formula, days, times):
    """Against doing nothing: one more may spread the acts of a capped kind over other days."""
    history = data.draw(pasts(formula))

    idle, done = (
        ahead(history, on=FRIDAY, days=days, formula=formula, a_week=a_week).ssi
        for a_week in ({}, dict.fromkeys(formula.kinds, times))
    )

    assert done >= idle


@given(st.data(), catalogues(), st.integers(0, 300))
def test_the_times_of_a_plan_give_what_the_plan_predicts(data, formula, minutes):
    history = data.draw(pasts(formula))
    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes)

    told = ahead(
        history, on=FRIDAY, days=7, formula=formula, a_week={tip.kind: tip.times for tip in plan.tips}
    )

    assert told.ssi == plan.predicted


def test_caps_hold_here_too():
    formula = catalogue_formula()

    many, more = (
        ahead(History(), on=FRIDAY, days=7, formula=formula, a_week={"comment_posted": n}) for n in (70, 200)
    )

    assert many == more


def test_in_a_month_it_was_done_every_week():
    week, month = (
        ahead(History(), on=FRIDAY, days=days, formula=SMALL, a_week={"meeting": 2}) for days in (7, 30)
    )

    assert month.relate > week.relate > 0


def test_what_the_history_knows_of_later_days_is_not_looked_at():
    history = History(holdings={"photo": [Span(FRIDAY + timedelta(days=1))]})

    assert ahead(history, on=FRIDAY, days=7, formula=SMALL, a_week={}).ssi == 0
    assert ahead(History(), on=FRIDAY, days=7, formula=SMALL, a_week={"photo": 1}).brand > 0
