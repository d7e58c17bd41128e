from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.agenda import agenda
from scoring.formula.decay import Clock
from scoring.formula.history import History
from scoring.formula.plan import best_plan
from tests.scoring.formula.every_plan import FRIDAY, catalogues, pasts
from tests.scoring.formula.strategies import catalogue_formula


@given(st.data(), catalogues(), st.integers(0, 200), st.sampled_from([5, 7, 14]))
def test_day_by_day_a_plan_is_the_same_plan(data, formula, minutes, days):
    history = data.draw(pasts(formula))
    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=minutes, days=days)

    errands = agenda(plan, leave=history.leave, formula=formula)

    assert sum(errand.gain for errand in errands) == plan.predicted - plan.idle
    assert sum(errand.minutes for errand in errands) == plan.minutes
    assert Counter({(e.kind, e.day): e.times for e in errands}) == Counter(
        (tip.kind, day) for tip in plan.tips for day in tip.days
    )
    for tip in plan.tips:
        assert sum(errand.gain for errand in errands if errand.kind == tip.kind) == tip.gain


@given(st.data(), catalogues())
def test_of_a_tip_each_day_has_its_share_by_what_is_left_of_it(data, formula):
    history = data.draw(pasts(formula))
    plan = best_plan(history, on=FRIDAY, formula=formula, minutes_per_week=300)

    errands = agenda(plan, leave=history.leave, formula=formula)

    clock = Clock(history.leave)
    for tip in plan.tips:
        left = [2 ** (-clock.age(day, plan.last) / formula.half_life_days) for day in tip.days]
        for errand in errands:
            if errand.kind == tip.kind:
                mine = errand.times * 2 ** (-clock.age(errand.day, plan.last) / formula.half_life_days)
                assert abs(errand.gain - tip.gain * mine / sum(left)) < 1


def test_an_agenda_goes_by_day_then_in_the_order_of_the_catalogue():
    formula = catalogue_formula()
    plan = best_plan(History(), on=FRIDAY, formula=formula, minutes_per_week=300)

    errands = agenda(plan, leave=(), formula=formula)

    kinds = list(formula.kinds)
    keys = [(errand.day, kinds.index(errand.kind)) for errand in errands]
    assert keys == sorted(set(keys))
