from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.acts import Cell, counted_of_each, halved_on, shares, shares_at_first
from scoring.formula.catalogue import CapPeriod
from scoring.formula.decay import Clock, counted, worth
from scoring.formula.explain import contributions, share
from scoring.formula.history import History, Span
from scoring.formula.pillar import pillar
from scoring.formula.version import in_force
from tests.scoring.formula.strategies import (
    EVENTS,
    SMALL,
    STANDING,
    START,
    days,
    event,
    formula_of,
    histories,
    leaves,
    raw_by_the_rule,
)


@given(histories(), days)
def test_all_acts_and_items_add_up_to_the_index(history, on):
    kinds = contributions(history, on=on, formula=SMALL)

    found = shares(history, EVENTS, on=on, formula=SMALL)

    for code in EVENTS:
        of_kind = [part.hundredths for cell, part in found.items() if cell.kind == code]
        assert sum(of_kind) == kinds.get(code, 0)
        assert all(part >= 0 for part in of_kind)
    assert shares(history, STANDING, on=on, formula=SMALL) == {}


@given(histories(), days)
def test_a_day_has_its_share_of_its_kind_by_what_is_left_of_it(history, on):
    points = worth(history, on=on, formula=SMALL)
    raw = raw_by_the_rule(history, on=on, formula=SMALL)

    found = shares(history, EVENTS, on=on, formula=SMALL)

    for (code, day), (count, part) in found.items():
        kind = SMALL.kinds[code]
        left = kind.points * count * 2 ** (-Clock(history.leave).age(day, on) / SMALL.half_life_days)
        score = pillar(raw[kind.pillar], gap_points=SMALL.gap_points[kind.pillar])
        assert abs(part - 25 * score * left / raw[kind.pillar]) < 2
        assert count <= history.tallies[code][day]
        assert points[code]


@given(histories(), st.integers(0, 75))
def test_at_first_an_act_had_its_share_of_the_index_of_its_own_day(history, turn):
    newer = formula_of(
        *(event(code, "relate", 7, 3, CapPeriod.DAY) for code in EVENTS),
        effective_from=START + timedelta(days=turn),
    )
    cells = [Cell(code, day) for code, by_day in history.tallies.items() for day in by_day]

    def formula_on(day):
        return in_force([SMALL, newer], day)

    found = shares_at_first(history, cells, formula_on=formula_on)

    assert set(found) == set(cells)
    for cell, (count, part) in found.items():
        formula = formula_on(cell.day)
        kind = formula.kinds[cell.kind]
        raw = raw_by_the_rule(history, on=cell.day, formula=formula)[kind.pillar]
        score = pillar(raw, gap_points=formula.gap_points[kind.pillar])
        rule = {"cap": kind.cap, "cap_period": kind.cap_period}
        assert count == counted(history.tallies[cell.kind], on=cell.day, **rule)[cell.day]
        assert part == pytest.approx(100 * share(score, kind.points * count, of=raw), abs=0.501)


def test_of_a_day_the_latest_entries_count_and_the_last_of_them_in_part():
    assert counted_of_each([2, 5, 4, 1], counted=9) == [2, 5, 2, 0]
    assert counted_of_each([2, 5], counted=9) == [2, 5]
    assert counted_of_each([], counted=9) == []


@given(days, leaves, st.floats(7, 40))
def test_the_half_life_ends_on_the_first_day_that_is_old_enough(day, leave, half_life_days):
    found = halved_on(day, leave=leave, half_life_days=half_life_days)

    clock = Clock(leave)
    assert clock.age(day, found - timedelta(days=1)) < half_life_days <= clock.age(day, found)


def test_without_leave_a_half_life_of_30_days_takes_30_days():
    assert halved_on(date(2026, 11, 1), leave=(), half_life_days=30) == date(2026, 12, 1)


def test_on_a_leave_without_an_end_nothing_is_ever_halved():
    assert halved_on(START, leave=[Span(START)], half_life_days=30) is None


def test_of_nothing_there_are_no_shares():
    assert shares(History(), EVENTS, on=START, formula=SMALL) == {}
    assert shares_at_first(History(), [], formula_on=lambda _day: SMALL) == {}
