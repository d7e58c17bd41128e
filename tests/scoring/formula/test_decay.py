from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import PILLARS, CapPeriod
from scoring.formula.decay import (
    BeforeNewest,
    Clock,
    RunningSum,
    counted,
    event_raw,
    faded,
    raw,
    raw_by_day,
    worth,
)
from scoring.formula.history import History, Span
from scoring.formula.pillar import scores
from scoring.formula.version import in_force
from tests.scoring.formula.strategies import (
    SMALL,
    SPREAD,
    START,
    acts,
    days,
    event,
    formula_of,
    histories,
    leaves,
    raw_by_the_rule,
)

MONDAY = date(2026, 3, 2)
END = START + timedelta(days=SPREAD)
EXACT = {"rel": 0, "abs": 1e-9}


@given(leaves | st.just([Span(START)]), days, days)
def test_an_age_leaves_out_the_days_of_leave(leave, one, other):
    day, on = sorted([one, other])
    after = [day + timedelta(days=i) for i in range(1, (on - day).days + 1)]

    age = Clock(leave).age(day, on)

    assert age == sum(not any(span.covers(each) for span in leave) for each in after)


def test_overlapping_leave_is_left_out_once():
    leave = [
        Span(MONDAY, MONDAY + timedelta(days=4)),
        Span(MONDAY + timedelta(days=2), MONDAY + timedelta(days=6)),
    ]

    assert Clock(leave).age(MONDAY - timedelta(days=1), MONDAY + timedelta(days=9)) == 4


def test_an_act_is_worth_half_after_the_half_life():
    assert faded(8.0, 30, half_life_days=30) == 4
    assert faded(8.0, 60, half_life_days=30) == 2
    assert faded(np.array([8.0, 8.0]), np.array([0, 90]), half_life_days=30).tolist() == [8, 1]


def test_the_latest_of_a_period_count():
    tallies = {
        MONDAY: 3,
        MONDAY + timedelta(days=1): 2,
        MONDAY + timedelta(days=6): 2,
        MONDAY + timedelta(days=7): 9,
    }

    counts = counted(tallies, on=MONDAY + timedelta(days=7), cap=5, cap_period=CapPeriod.WEEK)

    assert list(counts.values()) == [1, 2, 2, 5]


def test_what_comes_after_the_day_displaces_nothing_yet():
    tallies = {MONDAY: 3, MONDAY + timedelta(days=1): 5}

    assert counted(tallies, on=MONDAY, cap=5, cap_period=CapPeriod.WEEK) == {MONDAY: 3}


def test_without_a_cap_every_act_counts():
    assert counted({MONDAY: 3000}, on=MONDAY, cap=None, cap_period=None) == {MONDAY: 3000}


@given(histories(), days)
def test_the_worth_is_what_the_rule_says(history, on):
    assert raw(history, on=on, formula=SMALL) == pytest.approx(
        raw_by_the_rule(history, on=on, formula=SMALL), **EXACT
    )


def test_overlapping_holdings_count_once():
    history = History(holdings={"photo": [Span(START), Span(START)]})

    assert worth(history, on=START, formula=SMALL) == {"photo": 4.0}


def test_a_kind_that_the_formula_does_not_know_is_worth_nothing():
    history = History(tallies={"dance": {START: 1}}, holdings={"crown": [Span(START)]})
    clock = Clock()

    running = RunningSum.of(History(), formula=SMALL, landmark=START).with_act(
        "dance", START, 1, tallies={}, clock=clock, formula=SMALL
    )

    assert worth(history, on=START, formula=SMALL) == {}
    assert running == RunningSum.of(history, formula=SMALL, landmark=START)


def test_activity_does_not_fade_on_leave():
    history = History(tallies={"meeting": {MONDAY: 1}}, leave=[Span(MONDAY + timedelta(days=1))])

    assert worth(history, on=MONDAY + timedelta(days=100), formula=SMALL) == {"meeting": 9.0}


@given(histories(), days, st.integers(0, 60))
def test_a_rebuilt_sum_gives_the_worth_of_its_day_and_of_later_ones(history, landmark, later):
    running = RunningSum.of(history, formula=SMALL, landmark=landmark)
    on = (running.newest or START) + timedelta(days=later)

    events = running.event_raw(on, clock=Clock(history.leave), formula=SMALL)

    bare = replace(history, holdings={})
    assert events == pytest.approx(raw(bare, on=on, formula=SMALL), **EXACT)


@given(leaves, st.lists(acts, max_size=25), days)
def test_a_sum_kept_act_by_act_agrees_with_the_rebuilt_one_in_any_order(leave, some_acts, landmark):
    history, clock = History(leave=leave), Clock(leave)
    running = RunningSum.of(history, formula=SMALL, landmark=landmark)

    for code, day, quantity in some_acts:
        before = history.tallies.get(code, {})
        running = running.with_act(code, day, quantity, tallies=before, clock=clock, formula=SMALL)
        history = history.with_acts([(code, day, quantity)])

    rebuilt = RunningSum.of(history, formula=SMALL, landmark=landmark)
    assert running.newest == rebuilt.newest
    told = {"clock": clock, "formula": SMALL}
    assert running.event_raw(END, **told) == pytest.approx(rebuilt.event_raw(END, **told), **EXACT)


@given(histories(), acts)
def test_one_more_act_never_lowers_a_sum(history, act):
    code, day, quantity = act
    before = RunningSum.of(history, formula=SMALL, landmark=START)

    after = before.with_act(
        code,
        day,
        quantity,
        tallies=history.tallies.get(code, {}),
        clock=Clock(history.leave),
        formula=SMALL,
    )

    assert all(after.sums[pillar] >= before.sums[pillar] for pillar in PILLARS)


def test_an_act_of_another_period_is_not_looked_at():
    running = RunningSum.of(History(), formula=SMALL, landmark=MONDAY)
    others = {MONDAY - timedelta(days=1): 99, MONDAY + timedelta(days=7): 99}

    after = running.with_act("comment", MONDAY, 1, tallies=others, clock=Clock(), formula=SMALL)

    assert after.sums["engage"] == 4.0


@pytest.mark.parametrize("years", [0, 9, 10, 40, -40])
def test_the_landmark_moves_before_an_exponent_overflows(years):
    formula = replace(SMALL, half_life_days=7)
    day = MONDAY + timedelta(days=365 * years)

    running = RunningSum.of(History(), formula=formula, landmark=MONDAY).with_act(
        "meeting", day, 2, tallies={}, clock=Clock(), formula=formula
    )

    assert running.landmark == (MONDAY if abs(years) < 10 else day)
    assert RunningSum.of(
        History(tallies={"meeting": {day: 2}}), formula=formula, landmark=MONDAY
    ).sums == pytest.approx(running.sums)
    assert running.event_raw(day, clock=Clock(), formula=formula)["relate"] == pytest.approx(18)


def test_a_sum_that_outlives_many_landmarks_still_agrees_with_the_tallies():
    formula, clock = replace(SMALL, half_life_days=7), Clock()
    history = History()
    running = RunningSum.of(history, formula=formula, landmark=MONDAY)

    for month in range(400):
        day = MONDAY + timedelta(days=30 * month)
        running = running.with_act("meeting", day, 1, tallies={}, clock=clock, formula=formula)
        history = history.with_acts([("meeting", day, 1)])

    assert running.landmark > MONDAY
    assert running.event_raw(day, clock=clock, formula=formula) == pytest.approx(
        raw(history, on=day, formula=formula), **EXACT
    )


def test_a_moved_landmark_changes_no_worth():
    history = History(tallies={"meeting": {MONDAY: 2}}, leave=[Span(MONDAY, MONDAY + timedelta(days=9))])
    running, clock = RunningSum.of(history, formula=SMALL, landmark=START), Clock(history.leave)

    moved = running.moved(END, clock=clock, half_life_days=SMALL.half_life_days)

    assert moved.landmark == END
    told = {"clock": clock, "formula": SMALL}
    assert moved.event_raw(END, **told) == pytest.approx(running.event_raw(END, **told), **EXACT)


def test_a_sum_does_not_answer_for_a_day_before_its_newest():
    running = RunningSum.of(History(tallies={"meeting": {MONDAY: 1}}), formula=SMALL, landmark=START)

    with pytest.raises(BeforeNewest):
        running.event_raw(MONDAY - timedelta(days=1), clock=Clock(), formula=SMALL)


def test_a_sum_of_the_tallies_up_to_a_day_leaves_out_the_rest():
    history = History(tallies={"meeting": {MONDAY: 1, MONDAY + timedelta(days=1): 1}})

    running = RunningSum.of(history, formula=SMALL, landmark=MONDAY, last=MONDAY)

    assert (running.newest, running.sums["relate"]) == (MONDAY, 9.0)


@given(st.lists(histories(max_acts=10), min_size=1, max_size=5))
def test_sums_of_many_sellers_are_read_at_once(sellers):
    kept = [RunningSum.of(history, formula=SMALL, landmark=START) for history in sellers]
    clocks = [Clock(history.leave) for history in sellers]
    sums = np.array([[running.sums[pillar] for pillar in PILLARS] for running in kept])
    ages = np.array([clock.age(START, END) for clock in clocks])

    together = event_raw(sums, ages, SMALL.half_life_days)

    alone = [
        list(running.event_raw(END, clock=clock, formula=SMALL).values())
        for running, clock in zip(kept, clocks, strict=True)
    ]
    assert together == pytest.approx(np.array(alone), **EXACT)
    assert event_raw(sums[:, 0], ages, SMALL.half_life_days) == pytest.approx(np.array(alone)[:, 0], **EXACT)


@given(histories(), days, st.integers(0, 30), days)
def test_the_worth_of_every_day_in_one_pass_is_that_of_each_alone(history, first, length, effective_from):
    last = first + timedelta(days=length)
    later = replace(
        SMALL,
        half_life_days=25,
        effective_from=effective_from,
        kinds={**SMALL.kinds, "comment": event("comment", "engage", 3, 2, CapPeriod.MONTH)},
    )

    def formula_on(day):
        return in_force([SMALL, later], day)

    by_day = dict(raw_by_day(history, first=first, last=last, formula_on=formula_on))

    assert list(by_day) == [first + timedelta(days=i) for i in range(length + 1)]
    for day, found in by_day.items():
        assert found == pytest.approx(raw(history, on=day, formula=formula_on(day)), **EXACT)


def test_days_of_no_stretch_have_no_worth():
    stretch = raw_by_day(History(), first=MONDAY, last=START, formula_on=lambda _: SMALL)

    assert list(stretch) == []


def test_the_cap_of_a_thousand_acts_a_day_is_still_exact():
    formula = formula_of(event("storm", "find", 1000), half_life_days=7)
    history = History().with_acts([("storm", MONDAY, 1000)] * 1000)

    found = dict(raw_by_day(history, first=MONDAY, last=MONDAY, formula_on=lambda _: formula))

    assert found[MONDAY]["find"] == 1e9
    assert scores(found[MONDAY], formula=formula).find == 10000
