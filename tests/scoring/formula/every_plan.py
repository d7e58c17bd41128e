"""Small catalogues and pasts to plan from, and every plan that the contract allows for them."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import prod

from hypothesis import assume
from hypothesis import strategies as st

from scoring.formula.catalogue import PILLARS, CapPeriod
from scoring.formula.decay import counted, raw
from scoring.formula.history import History, Span
from scoring.formula.pillar import index, pillar
from scoring.formula.schedule import schedules
from tests.scoring.formula.strategies import event, formula_of, standing

FRIDAY = date(2026, 3, 27)  # so that a week, and with it a month, ends within the plan
GAPS = {"brand": 8.0, "find": 12.0, "engage": 10.0, "relate": 15.0}

minutes = st.integers(1, 25)
points = st.sampled_from([0.5, 1, 2, 3, 3.7, 5, 9])
pillars = st.sampled_from(PILLARS)
event_kinds = st.builds(
    lambda pillar, points, cap, minutes, per_week: (
        lambda code: event(code, pillar, points, *cap, minutes=minutes, plan_per_week=per_week)
    ),
    pillars,
    points,
    st.just((None, None)) | st.tuples(st.integers(1, 5), st.sampled_from(CapPeriod)),
    st.none() | minutes,
    st.sampled_from([None, 0.25, 0.5, 1, 2, 3]),
)
standing_kinds = st.builds(
    lambda pillar, points, minutes: lambda code: standing(code, pillar, points, minutes),
    pillars,
    points,
    st.none() | minutes,
)


@st.composite
def catalogues(draw):
    makers = draw(st.lists(event_kinds, max_size=5)) + draw(st.lists(standing_kinds, max_size=3))
    return formula_of(
        *(make(f"kind{i}") for i, make in enumerate(makers)), half_life_days=10, gap_points=GAPS
    )


@st.composite
def pasts(draw, formula):
    """Acts against the caps of the plan's weeks and months, leave in the plan, holdings that end in it."""
    near = st.integers(-30, 10).map(lambda offset: FRIDAY + timedelta(days=offset))
    ends = st.none() | st.integers(0, 12).map(lambda offset: FRIDAY + timedelta(days=offset))
    history = History(leave=draw(st.lists(st.builds(Span, near, ends), max_size=2)))
    for code, kind in formula.kinds.items():
        if kind.standing:
            for span in draw(st.lists(st.builds(Span, near, ends), max_size=1)):
                history = history.with_holding(code, span)
        else:
            history = history.with_acts((code, day, 1) for day in draw(st.lists(near, max_size=4)))
    return history


def every_plan(history, *, on, formula, days, standing=None):
    """The unrounded index and the minutes of every plan that the contract allows, whatever the budget.

    With at most so many standing kinds, None for any number.
    """
    last = on + timedelta(days=days)
    codes = [code for code, kind in formula.kinds.items() if kind.minutes]
    ways = [_ways(history, formula.kinds[code], on=on, days=days) for code in codes]
    assume(prod(map(len, ways)) <= 300)
    for pick in product(*ways):
        chosen = [(formula.kinds[code], way) for code, way in zip(codes, pick, strict=True) if way]
        cost = sum(kind.minutes * len(way) for kind, way in chosen)
        if standing is None or sum(kind.standing for kind, _ in chosen) <= standing:
            yield exact_index(_done(history, chosen), on=last, formula=formula), cost


def best_of(plans):
    """The best index, and the fewest minutes for it."""
    plans = list(plans)
    best = max(ssi for ssi, _ in plans)
    return best, min(cost for ssi, cost in plans if ssi > best - 1e-9)


def _ways(history, kind, *, on, days):
    tomorrow, last = on + timedelta(days=1), on + timedelta(days=days)
    if kind.standing:
        return [(), (tomorrow,)] if kind.code not in history.held_on(tomorrow) else [()]
    tallies = history.tallies.get(kind.code, {})
    uncapped = schedules(replace(kind, cap=None, cap_period=None), tallies, on=on, days=days)
    ways = [tuple(on + timedelta(days=offset) for offset in offsets.tolist()) for offsets in uncapped]
    return [(), *(way for way in ways if _displaces_nothing(kind, way, tallies, last))]


def _displaces_nothing(kind, way, tallies, last):
    rule = {"on": last, "cap": kind.cap, "cap_period": kind.cap_period}
    before, now = counted(tallies, **rule), counted({**tallies, **Counter(way)}, **rule)
    return now == {**before, **Counter(way)}


def _done(history, chosen):
    for kind, way in chosen:
        if kind.standing:
            history = history.with_holding(kind.code, Span(way[0]))
        else:
            history = history.with_acts((kind.code, day, 1) for day in way)
    return history


def exact_index(history, *, on, formula):
    worth = raw(history, on=on, formula=formula)
    return index(*(pillar(worth[name], gap_points=formula.gap_points[name]) for name in PILLARS))
