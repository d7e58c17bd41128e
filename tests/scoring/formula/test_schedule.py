from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import CapPeriod
from scoring.formula.decay import counted
from scoring.formula.schedule import offsets, schedules
from tests.scoring.formula.strategies import event

SUNDAY = date(2026, 3, 1)
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)
recent_days = st.integers(0, 40).map(lambda ago: FRIDAY - timedelta(days=ago))


def told(ways):
    return [way.tolist() for way in ways]


def test_the_times_fall_on_the_middles_of_equal_parts():
    ways = schedules(event("a", "find", 1, plan_per_week=9, minutes=1), {}, on=SUNDAY, days=7)

    assert told(ways) == [
        [4],
        [2, 6],
        [2, 4, 6],
        [1, 3, 5, 7],
        [1, 3, 4, 5, 7],
        [1, 2, 3, 5, 6, 7],
        [1, 2, 3, 4, 5, 6, 7],
        [1, 1, 2, 3, 4, 5, 6, 7],
        [1, 1, 2, 3, 4, 4, 5, 6, 7],
    ]


@pytest.mark.parametrize(
    ("plan_per_week", "days", "most"),
    [(1, 7, 1), (3, 7, 3), (1, 6, 0), (1.4, 5, 1), (2.5, 7, 2), (2.5, 14, 5),
     (25, 7, 25), (0.25, 7, 1), (0.25, 56, 1)],
)  # fmt: skip
def test_a_kind_is_planned_no_more_often_than_it_should_be(plan_per_week, days, most):
    kind = event("a", "find", 1, plan_per_week=plan_per_week, minutes=1)

    ways = schedules(kind, {}, on=SUNDAY, days=days)

    assert [len(way) for way in ways] == list(range(1, most + 1))


@pytest.mark.parametrize(("days_ago", "planned"), [(0, 0), (27, 0), (28, 1), (400, 1)])
def test_a_rare_kind_waits_until_its_time_has_come(days_ago, planned):
    kind = event("course", "brand", 4, plan_per_week=0.25, minutes=120)

    ways = schedules(kind, {SUNDAY - timedelta(days=days_ago): 1}, on=SUNDAY, days=7)

    assert len(ways) == planned


def test_an_outcome_is_never_planned():
    assert schedules(event("reply", "relate", 5), {}, on=SUNDAY, days=7) == []


def test_what_is_logged_counts_against_the_cap_of_its_period():
    kind = event("article", "brand", 9, 2, CapPeriod.WEEK, minutes=1, plan_per_week=3)

    after_one = schedules(kind, {MONDAY: 1}, on=FRIDAY, days=7)
    after_three = schedules(kind, {MONDAY: 3}, on=FRIDAY, days=7)

    assert told(after_one) == [[4], [2, 6], [2, 4, 6]]
    assert told(after_three) == [[4]]


@given(
    st.dictionaries(recent_days, st.integers(1, 4), max_size=8),
    st.integers(1, 9),
    st.sampled_from(CapPeriod),
    st.integers(1, 12),
    st.integers(1, 35),
)
def test_a_way_is_offered_exactly_when_it_displaces_nothing(tallies, cap, cap_period, per_week, days):
    kind = event("a", "find", 1, cap, cap_period, minutes=1, plan_per_week=per_week)
    free = event("a", "find", 1, minutes=1, plan_per_week=per_week)
    last = FRIDAY + timedelta(days=days)
    before = counted(tallies, on=last, cap=cap, cap_period=cap_period)

    def adds_up(offsets):
        way = [FRIDAY + timedelta(days=offset) for offset in offsets]
        after = {**tallies, **{day: way.count(day) for day in way}}
        now = counted(after, on=last, cap=cap, cap_period=cap_period)
        return all(now[day] == before.get(day, 0) + way.count(day) for day in now)

    ways = told(schedules(kind, tallies, on=FRIDAY, days=days))

    assert ways == [way for way in told(schedules(free, tallies, on=FRIDAY, days=days)) if adds_up(way)]


def test_what_kinds_share_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        offsets(3, 7)[0] = 1
