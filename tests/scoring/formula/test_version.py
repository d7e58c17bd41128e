from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from scoring.formula.version import InvalidFormula, in_force
from tests.scoring.formula.strategies import SMALL, formula_of


@pytest.mark.parametrize(
    "change",
    [
        {"half_life_days": 6.9},
        {"half_life_days": 366},
        {"half_life_days": float("nan")},
        {"gap_points": {**SMALL.gap_points, "brand": 0}},
        {"gap_points": {**SMALL.gap_points, "brand": float("inf")}},
        {"gap_points": {"brand": 30}},
        {"gap_points": {**SMALL.gap_points, "fame": 30}},
        {"kinds": {"another": SMALL.kinds["comment"]}},
    ],
)
def test_a_formula_out_of_range_is_refused(change):
    with pytest.raises(InvalidFormula):
        replace(SMALL, **change)


@pytest.mark.parametrize("half_life_days", [7, 365])
def test_the_half_life_may_be_as_short_or_long_as_its_range(half_life_days):
    assert replace(SMALL, half_life_days=half_life_days).half_life_days == half_life_days


def test_a_formula_does_not_change():
    with pytest.raises(FrozenInstanceError):
        SMALL.half_life_days = 30


def test_the_newest_formula_that_is_effective_is_in_force():
    first = formula_of(effective_from=date(2026, 1, 1))
    second = formula_of(effective_from=date(2026, 6, 1))

    assert in_force([second, first], date(2026, 5, 31)) is first
    assert in_force([second, first], date(2026, 6, 1)) is second
    assert in_force([first, second], date(2030, 1, 1)) is second


def test_the_first_formula_is_in_force_for_all_earlier_days():
    first = formula_of(effective_from=date(2026, 1, 1))
    second = formula_of(effective_from=date(2026, 6, 1))

    assert in_force([second, first], date(1999, 1, 1)) is first


def test_a_formula_without_a_day_is_in_force_from_the_beginning():
    undated, dated = formula_of(), formula_of(effective_from=date(2026, 6, 1))

    assert in_force([dated, undated], date(2026, 5, 31)) is undated


def test_without_a_formula_nothing_is_in_force():
    with pytest.raises(InvalidFormula):
        in_force([], date(2026, 1, 1))
