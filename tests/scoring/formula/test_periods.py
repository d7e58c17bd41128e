from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import CapPeriod
from scoring.formula.periods import NotAPeriod, Period, cap_period_days, cap_period_start, days_between

FRIDAY = date(2026, 11, 20)
any_day = st.dates(date(1901, 1, 1), date(2999, 11, 30))
any_length = st.sampled_from(["day", "week", "month"])


@pytest.mark.parametrize(
    ("text", "first", "last", "length"),
    [
        ("2026-11-20", FRIDAY, FRIDAY, "day"),
        ("2026-W47", date(2026, 11, 16), date(2026, 11, 22), "week"),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), "month"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "month"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "week"),
    ],
)
def test_a_period_is_read_and_written_in_the_same_form(text, first, last, length):
    period = Period.parse(text)

    assert (period.first, period.last, period.length) == (first, last, length)
    assert str(period) == text


@pytest.mark.parametrize(
    "text",
    ["", "2026", "2026-13", "2026-00", "2026-02-30", "2025-W53", "2026-W00", "2026-w47", "20261120",
     "2026-11-20 ", "2026-W47-1", "0001-01-01", "9999-12", "٢٠٢٦-11", "2026-11-20\n", "last week"],
)  # fmt: skip
def test_what_is_no_period_is_refused(text):
    with pytest.raises(NotAPeriod):
        Period.parse(text)


def test_a_stretch_of_other_length_is_no_period():
    with pytest.raises(NotAPeriod):
        Period(FRIDAY, FRIDAY + timedelta(days=6))
    with pytest.raises(NotAPeriod):
        Period(date(2026, 11, 1), date(2026, 11, 29))


@given(any_day, any_length)
def test_the_period_of_a_day_holds_it_and_is_read_back(day, length):
    period = Period.of(day, length)

    assert day in period
    assert period.length == length
    assert Period.parse(str(period)) == period


@given(any_day, any_length)
def test_periods_follow_one_another_without_a_gap(day, length):
    period = Period.of(day, length)

    assert period.next().first == period.last + timedelta(days=1)
    assert period.next().previous() == period
    assert period.previous().next() == period


@given(any_day, st.sampled_from(CapPeriod))
def test_all_days_of_a_cap_period_have_the_same_start(day, cap_period):
    days = list(cap_period_days(day, cap_period))

    assert day in days
    assert {cap_period_start(each, cap_period) for each in days} == {days[0]}
    assert cap_period_start(days[0] - timedelta(days=1), cap_period) != days[0]
    assert cap_period_start(days[-1] + timedelta(days=1), cap_period) != days[0]


def test_the_days_between_include_both_ends():
    assert list(days_between(FRIDAY, FRIDAY)) == [FRIDAY]
    assert list(days_between(FRIDAY, FRIDAY - timedelta(days=1))) == []
    assert list(Period.parse("2026-W47").days())[-1] == date(2026, 11, 22)
