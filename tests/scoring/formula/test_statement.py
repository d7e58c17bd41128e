"""Statements add up, whatever happened between two days; and each part is what the contract says."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.catalogue import PILLARS, CapPeriod
from scoring.formula.decay import Clock
from scoring.formula.history import History, Span
from scoring.formula.lines import Part
from scoring.formula.pillar import pillar, score
from scoring.formula.statement import Backwards, statement
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
    raw_by_the_rule,
    standing,
    without,
)

TURN = START + timedelta(days=SPREAD // 2)
NEWER = formula_of(
    event("article", "brand", 4, 3, CapPeriod.MONTH),
    event("search", "find", 5, 9, CapPeriod.WEEK),
    event("comment", "engage", 4, 2, CapPeriod.DAY),
    event("meeting", "relate", 1, 2, CapPeriod.DAY),
    event("review", "brand", 8),
    event("call", "relate", 7),
    standing("photo", "brand", 9),
    standing("badge", "find", 2),
    half_life_days=20.0,
    gap_points={"brand": 10.0, "find": 60.0, "engage": 40.0, "relate": 9.0},
    effective_from=TURN,
)
pairs = st.tuples(days, days).map(sorted)


def one_rule(_day):
    return SMALL


def two_rules(day):
    return in_force([SMALL, NEWER], day)


rules = st.sampled_from([one_rule, two_rules])
removals = st.lists(acts, max_size=4).map(lambda acts: {(code, day): n for code, day, n in acts})


def told(history, first, last, rule=one_rule, removed=None):
    return statement(history, first=first, last=last, formula_on=rule, removed=removed)


def points(raw, formula):
    """The pillars, unrounded."""
    return {name: pillar(raw[name], gap_points=formula.gap_points[name]) for name in PILLARS}


@given(histories(), pairs, rules, removals)
def test_opening_and_all_lines_give_the_closing_exactly(history, pair, rule, removed):
    first, last = pair

    found = told(history, first, last, rule, removed)

    assert found.opening == score(history, on=first, formula=rule(first)).ssi
    assert found.closing == score(history, on=last, formula=rule(last)).ssi
    assert found.opening + sum(line.amount for line in found.lines) == found.closing
    assert sum(found.amount(pillar=name) for name in PILLARS) == found.amount()
    assert sum(found.amount(part=part) for part in Part) == found.amount()


@given(histories(), pairs, rules)
def test_every_part_has_its_sign(history, pair, rule):
    found = told(history, *pair, rule)

    for line in found.lines:
        if line.part in (Part.FADED, Part.LOST, Part.UNCOUNTED):
            assert line.amount <= 0
        elif line.part in (Part.GAINED, Part.ADDED):
            assert line.amount >= 0
    assert rule(pair[0]) != rule(pair[1]) or not found.of(Part.FORMULA)


@given(histories(), pairs, rules)
def test_each_part_of_each_pillar_is_the_difference_that_the_contract_names(history, pair, rule):
    first, last = pair
    older, newer = rule(first), rule(last)
    at_first = raw_by_the_rule(history, on=first, formula=older)
    age = Clock(history.leave).age(first, last)
    held = raw_by_the_rule(replace(history, tallies={}), on=first, formula=older)
    aged = {p: held[p] + (at_first[p] - held[p]) * 2 ** (-age / older.half_life_days) for p in PILLARS}
    at_last = raw_by_the_rule(history, on=last, formula=older)
    by_newer = points(raw_by_the_rule(history, on=last, formula=newer), newer)

    found = told(history, first, last, rule)

    begin, faded, end = (points(raw, older) for raw in (at_first, aged, at_last))
    changes = (Part.LOST, Part.GAINED, Part.UNCOUNTED, Part.ADDED)
    for name in PILLARS:
        for parts, difference in (
            ([Part.FADED], faded[name] - begin[name]),
            (changes, end[name] - faded[name]),
            ([Part.FORMULA], by_newer[name] - end[name] if newer != older else 0),
        ):
            lines = [line for part in parts for line in found.of(part) if line.pillar == name]
            # Each line is rounded up or down, by less than a hundredth.
            assert abs(sum(line.amount for line in lines) - 25 * difference) <= len(lines) + 1e-6


@given(histories(), pairs)
def test_lines_of_a_pillar_share_its_change_by_raw_worth(history, pair):
    found = told(history, *pair)

    for name in PILLARS:
        for parts in ([Part.FADED], [Part.LOST, Part.GAINED, Part.UNCOUNTED, Part.ADDED]):
            lines = [line for part in parts for line in found.of(part) if line.pillar == name]
            raw, amount = sum(line.raw for line in lines), sum(line.amount for line in lines)
            if abs(raw) > 1e-6:
                for line in lines:
                    slack = 1 + len(lines) * abs(line.raw / raw)
                    assert abs(line.amount - amount * line.raw / raw) <= slack + 1e-6


@given(histories(), pairs)
def test_each_kind_fades_in_one_line_and_every_other_line_has_its_day(history, pair):
    first, last = pair

    found = told(history, first, last, two_rules)

    keys = Counter((line.part, line.pillar, line.kind, line.day) for line in found.lines)
    assert all(count == 1 for count in keys.values())
    for line in found.lines:
        assert (line.day is None) == (line.part is Part.FADED)
        if line.part is Part.UNCOUNTED:
            assert line.day <= first
        elif line.part is not Part.FADED:
            assert first < line.day <= last


@given(histories(), pairs)
def test_every_day_with_acts_is_told_with_what_counts_of_them(history, pair):
    first, last = pair

    found = told(history, first, last)

    assert {(line.kind, line.day): line.quantity for line in found.of(Part.ADDED)} == {
        (code, day): n
        for code, by_day in history.tallies.items()
        for day, n in by_day.items()
        if first < day <= last
    }
    assert all(0 <= line.counted <= line.quantity for line in found.of(Part.ADDED))


@given(histories(), days, rules)
def test_from_a_day_to_itself_there_is_nothing_to_tell(history, day, rule):
    found = told(history, day, day, rule)

    assert (found.lines, found.opening) == ((), found.closing)


@given(histories(), days, rules)
def test_before_everything_the_opening_is_0_and_nothing_fades(history, last, rule):
    found = told(history, START - timedelta(days=400), last, rule)

    assert found.opening == 0
    assert not found.of(Part.FADED)
    assert found.amount() == found.closing


@given(histories(), st.lists(days, min_size=3, max_size=3).map(sorted), rules)
def test_statements_that_follow_each_other_meet(history, three, rule):
    first, middle, last = three

    assert told(history, first, middle, rule).closing == told(history, middle, last, rule).opening


@given(histories(), acts, pairs)
def test_what_was_removed_is_listed_with_nothing_and_moves_nothing(history, act, pair):
    first, last = pair
    code, day, n = act
    before = history.with_acts([(code, day, 1)])

    found = told(without(before, code, day), first, last, removed={(code, day): n})

    plain = told(history, first, last)
    assert [line for line in found.lines if line.part is not Part.REMOVED] == list(plain.lines)
    assert [(line.kind, line.day, line.quantity, line.amount) for line in found.of(Part.REMOVED)] == [
        (code, day, n, 0)
    ] * (day <= last)


@given(histories(), pairs)
def test_on_leave_nothing_fades(history, pair):
    away = replace(history, leave=[Span(START - timedelta(days=900), None)])

    assert not told(away, *pair).of(Part.FADED)


def test_an_older_act_that_newer_ones_displace_is_told_by_its_day():
    formula = formula_of(event("article", "brand", 9, 2, CapPeriod.WEEK))
    monday = date(2026, 3, 2)
    tuesday, thursday = monday + timedelta(days=1), monday + timedelta(days=3)
    history = History(tallies={"article": {monday: 2, thursday: 1}})

    found = told(history, tuesday, thursday, lambda _day: formula)

    (uncounted,), (added,) = found.of(Part.UNCOUNTED), found.of(Part.ADDED)
    assert (uncounted.day, uncounted.quantity, uncounted.counted) == (monday, 2, 1)
    assert (added.day, added.quantity, added.counted) == (thursday, 1, 1)
    assert -uncounted.amount < added.amount


def test_what_displaces_its_equal_changes_nothing_by_the_slope():
    formula = formula_of(event("article", "brand", 9, 2, CapPeriod.WEEK))
    monday, friday = date(2026, 3, 2), date(2026, 3, 6)
    history = History(
        tallies={"article": {monday: 2, friday: 2}}, leave=[Span(monday, friday + timedelta(days=9))]
    )

    found = told(history, monday, friday, lambda _day: formula)

    raw = 2 * 9
    slope = 25 * 100 * 2 ** (-raw / 30) * 0.6931471805599453 / 30
    assert [(line.part, line.amount) for line in found.lines] == [
        (Part.UNCOUNTED, round(-raw * slope)),
        (Part.ADDED, round(raw * slope)),
    ]
    assert found.opening == found.closing


def test_an_item_that_is_lost_and_put_back_has_a_line_for_each():
    history = History(holdings={"photo": [Span(START, TURN), Span(TURN + timedelta(days=3))]})

    found = told(history, TURN - timedelta(days=1), TURN + timedelta(days=5))

    (lost,), (gained,) = found.of(Part.LOST), found.of(Part.GAINED)
    assert (lost.day, gained.day) == (TURN, TURN + timedelta(days=3))
    assert lost.amount == -gained.amount < 0


def test_overlapping_and_adjoining_items_are_neither_lost_nor_gained():
    history = History(
        holdings={"photo": [Span(START, TURN), Span(START, TURN + timedelta(days=2)), Span(TURN, None)]}
    )

    assert not told(history, TURN - timedelta(days=1), TURN + timedelta(days=5)).lines


def test_equal_kinds_share_equally_and_the_earlier_one_wins_the_tie():
    formula = formula_of(*(event(code, "find", 2) for code in ("one", "two", "three")))
    history = History(tallies={code: {TURN: 1} for code in ("three", "two", "one")})

    found = told(history, TURN - timedelta(days=1), TURN, lambda _day: formula)

    assert [line.kind for line in found.lines] == ["one", "two", "three"]
    amounts = [line.amount for line in found.lines]
    assert sum(amounts) == found.closing == 26
    assert amounts == [9, 9, 8]


def test_of_equal_acts_the_earlier_day_wins_the_tie():
    formula = formula_of(event("call", "find", 2))
    some = [TURN + timedelta(days=n) for n in (1, 2, 3)]
    history = History(tallies={"call": dict.fromkeys(some, 1)}, leave=[Span(TURN, TURN + timedelta(days=9))])

    found = told(history, TURN, some[-1], lambda _day: formula)

    assert [(line.day, line.amount) for line in found.lines] == list(zip(some, (9, 9, 8), strict=True))


def test_a_new_formula_is_told_by_pillar():
    history = History(tallies={"meeting": {TURN: 1}})

    found = told(history, TURN - timedelta(days=1), TURN, two_rules)

    assert [(line.pillar, line.kind, line.day) for line in found.of(Part.FORMULA)] == [
        (name, "", TURN) for name in PILLARS
    ]
    assert [line.amount for line in found.of(Part.FORMULA)[:3]] == [0, 0, 0]


def test_a_new_version_with_the_same_numbers_makes_no_difference():
    same = replace(SMALL, effective_from=TURN)
    history = History(tallies={"meeting": {START: 1}})

    found = told(history, START, TURN, lambda day: in_force([SMALL, same], day))

    assert found.amount(part=Part.FORMULA) == 0
    assert len(found.of(Part.FADED)) == 1


def test_backwards_there_is_no_statement():
    with pytest.raises(Backwards):
        told(History(), TURN, START)
