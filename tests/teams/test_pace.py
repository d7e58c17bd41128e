"""The pace of a goal is arithmetic: it must hold for any numbers and days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.pace import State, pace_of
from tests.moments import TODAY

ONE_DAY = datetime.timedelta(days=1)
hundredths = st.integers(0, 10_000)
spans = st.integers(1, 184)


@st.composite
def questions(draw):
    whole = draw(spans)
    gone = draw(st.integers(0, whole + 30))
    set_on = TODAY
    return {
        "start": draw(hundredths),
        "now": draw(hundredths),
        "target": draw(st.integers(1, 10_000)),
        "set_on": set_on,
        "until": set_on + whole * ONE_DAY,
        "today": set_on + gone * ONE_DAY,
    }


def four_weeks(*, now, gone, start=5000, target=7000, until=29):
    return pace_of(
        start=start,
        now=now,
        target=target,
        set_on=TODAY,
        until=TODAY + until * ONE_DAY,
        today=TODAY + gone * ONE_DAY,
    )


def test_on_the_straight_line_is_on_course_and_just_below_is_not():
    assert four_weeks(now=6000, gone=14).state is State.ON_COURSE
    assert four_weeks(now=5999, gone=14).state is State.BEHIND


def test_what_a_week_must_bring_is_rounded_up():
    pace = four_weeks(now=5000, gone=8)

    assert (pace.missing, pace.days_left, pace.per_week) == (2000, 21, 667)


def test_in_the_last_days_no_week_is_spoken_of():
    pace = four_weeks(now=6600, gone=23)

    assert (pace.state, pace.per_week, pace.missing) == (State.BEHIND, None, 400)


@pytest.mark.parametrize(("gone", "state"), [(28, State.BEHIND), (29, State.ENDED)])
def test_it_ends_when_its_last_day_is_over(gone, state):
    assert four_weeks(now=6900, gone=gone).state is state


def test_one_that_ended_says_whether_it_was_reached():
    assert four_weeks(now=7000, gone=40).is_reached
    assert not four_weeks(now=6999, gone=40).is_reached


@given(questions())
def test_the_state_follows_from_days_and_what_is_missing(asked):
    pace = pace_of(**asked)

    assert (pace.state is State.ENDED) == (asked["today"] >= asked["until"])
    assert pace.is_reached == (asked["now"] >= asked["target"])
    assert pace.missing == max(0, asked["target"] - asked["now"])
    if pace.state in (State.ENDED, State.REACHED):
        assert pace.per_week is None


@given(questions())
def test_what_is_told_for_a_week_is_enough_and_no_more(asked):
    pace = pace_of(**asked)

    if pace.per_week is not None:
        assert pace.per_week * pace.days_left >= 7 * pace.missing
        assert (pace.per_week - 1) * pace.days_left < 7 * pace.missing


@given(questions(), st.integers(0, 10_000))
def test_more_never_makes_it_worse(asked, more):
    order = [State.BEHIND, State.ON_COURSE, State.REACHED]
    before = pace_of(**asked)
    after = pace_of(**asked | {"now": min(10_000, asked["now"] + more)})

    if before.state is State.ENDED:
        assert after.state is State.ENDED
    else:
        assert order.index(after.state) >= order.index(before.state)
        assert after.missing <= before.missing


@given(questions())
def test_who_has_not_lost_is_on_course_on_the_first_day(asked):
    asked |= {"today": asked["set_on"], "now": asked["start"], "until": asked["until"] + ONE_DAY}

    assert pace_of(**asked).state in (State.ON_COURSE, State.REACHED)
