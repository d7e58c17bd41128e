"""The sums of many are those of each."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import PILLARS, CapPeriod, Kind, Nature
from scoring.formula.decay import Clock, LeaveDays, RunningSum, clock_ages, counted, on_clocks, worth
from scoring.formula.explain import contributions_of_many, share
from scoring.formula.history import History, Span
from scoring.formula.pillar import pillar
from scoring.formula.tally_cells import Cells, running_sums, worth_by_kind
from scoring.formula.tally_cells import counted as counted_cells
from scoring.formula.version import DEFAULT_GAP_POINTS, Formula
from tests.moments import TODAY, days_ago

PERIODS = (None, CapPeriod.DAY, CapPeriod.WEEK, CapPeriod.MONTH)


def kind(code, pillar, period, *, nature=Nature.EVENT):
    cap = None if period is None else 4
    return Kind(code, pillar, nature, 1.5, cap, period, None, None)


KINDS = {
    key: kind(f"kind_{key}", pillar, period)
    for key, (pillar, period) in enumerate(zip(PILLARS, PERIODS, strict=True), 1)
} | {7: kind("held", "brand", None, nature=Nature.STANDING)}
FORMULA = Formula(30.0, DEFAULT_GAP_POINTS, {known.code: known for known in KINDS.values()})
UNKNOWN = 9  # a kind that the formula does not know: worth nothing, but a tally all the same

tallies = st.dictionaries(
    st.tuples(st.sampled_from([1, 2, 3, 4, UNKNOWN]), st.integers(0, 70)), st.integers(1, 9), max_size=20
)
leaves = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=3)
people = st.lists(st.tuples(tallies, leaves), min_size=1, max_size=4)


def code(key):
    return KINDS[key].code if key in KINDS else "unknown"


def history(acts, away):
    by_kind = {}
    for (key, back), quantity in acts.items():
        by_kind.setdefault(code(key), {})[days_ago(back)] = quantity
    spans = tuple(Span(days_ago(back), days_ago(back - days)) for back, days in away)
    return History(tallies=by_kind, leave=spans)


def cells_of(crowd):
    rows = [
        (number, days_ago(back).toordinal(), key, quantity)
        for number, (acts, _away) in enumerate(crowd)
        for (key, back), quantity in acts.items()
    ]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Cells(*columns)


@given(crowd=people, landmark=st.sampled_from([TODAY, days_ago(40), days_ago(20_000)]))
def test_the_sums_of_many_are_those_of_each(crowd, landmark):
    clocks = {number: Clock(history(*person).leave) for number, person in enumerate(crowd) if person[1]}

    found = running_sums(
        cells_of(crowd), n=len(crowd), kinds=KINDS, clocks=clocks, formula=FORMULA, landmark=landmark
    )

    for number, person in enumerate(crowd):
        expected = RunningSum.of(history(*person), formula=FORMULA, landmark=landmark)
        assert found.newest[number] == (expected.newest.toordinal() if expected.newest else 0)
        assert found.landmark[number] == expected.landmark.toordinal()
        assert found.sums[number] == pytest.approx([expected.sums[p] for p in PILLARS], rel=1e-12)


@given(acts=tallies)
def test_the_latest_of_each_period_count(acts):
    cells = cells_of([(acts, [])])

    counts = counted_cells(cells, kinds=KINDS)

    for key in {key for key, _back in acts} - {UNKNOWN}:
        by_day = {days_ago(back): n for (which, back), n in acts.items() if which == key}
        expected = counted(by_day, on=TODAY, cap=KINDS[key].cap, cap_period=KINDS[key].cap_period)
        here = cells.kind == key
        found = dict(zip(cells.day[here].tolist(), counts[here].tolist(), strict=True))
        assert found == {day.toordinal(): n for day, n in expected.items()}


@given(
    crowd=st.lists(leaves, min_size=1, max_size=4),
    landmarks=st.lists(st.integers(0, 90), min_size=4, max_size=4),
    back=st.integers(0, 90),
)
def test_the_ages_of_many_are_those_of_each_clock(crowd, landmarks, back):
    spans = sorted(
        (number, days_ago(ago).toordinal(), days_ago(ago - days).toordinal())
        for number, away in enumerate(crowd)
        for ago, days in away
    )
    leave = LeaveDays(*np.array(spans, dtype=np.int64).reshape(-1, 3).T)
    day, marks = days_ago(back), [days_ago(mark) for mark in landmarks[: len(crowd)]]

    found = clock_ages(np.array([mark.toordinal() for mark in marks]), day.toordinal(), leave=leave)

    for number, (away, mark) in enumerate(zip(crowd, marks, strict=True)):
        clock = Clock(Span(days_ago(ago), days_ago(ago - days)) for ago, days in away)
        assert found[number] == clock.age(mark, day)


@given(people, st.integers(-5, 80))
def test_the_days_of_many_are_counted_as_those_of_each(crowd, back):
    clocks = {n: Clock(history(*each).leave) for n, each in enumerate(crowd) if each[1]}
    days = np.full(len(crowd), days_ago(back).toordinal())

    found = on_clocks(days, np.arange(len(crowd)), clocks)

    assert found.tolist() == [clocks.get(n, Clock()).at(days_ago(back)) for n in range(len(crowd))]


def test_leave_without_an_end_stops_the_clock():
    clocks = {0: Clock([Span(days_ago(20), days_ago(10)), Span(days_ago(3), None)])}
    days = np.array([days_ago(n).toordinal() for n in range(30)])

    found = on_clocks(days, np.zeros(30, dtype=np.int64), clocks)

    assert found.tolist() == [clocks[0].at(days_ago(n)) for n in range(30)]


@given(people)
def test_the_worth_of_each_kind_is_that_of_the_pure_formula(crowd):
    cells = cells_of(crowd)
    clocks = {n: Clock(history(*each).leave) for n, each in enumerate(crowd) if each[1]}
    n = len(crowd)

    found = worth_by_kind(cells, n=n, kinds=KINDS, clocks=clocks, formula=FORMULA, on=TODAY)

    for number, each in enumerate(crowd):
        expected = worth(history(*each), on=TODAY, formula=FORMULA)
        for key, known in KINDS.items():
            assert found[number, key] == pytest.approx(expected.get(known.code, 0.0))


@given(st.lists(st.floats(0, 5000), min_size=5, max_size=5))
def test_what_kinds_contribute_is_their_share_of_each_pillar(points):
    amounts = np.zeros((1, max(KINDS) + 1))
    amounts[0, list(KINDS)] = points

    (found,) = contributions_of_many(amounts, kinds=KINDS, formula=FORMULA)

    for pillar_name in PILLARS:
        inside = [key for key, known in KINDS.items() if known.pillar == pillar_name]
        raw = float(amounts[0, inside].sum())
        whole = pillar(raw, gap_points=FORMULA.gap_points[pillar_name])
        for key in inside:
            assert found[key] == pytest.approx(share(whole, float(amounts[0, key]), of=raw))
