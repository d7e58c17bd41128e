from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.explain import act_worth, act_worths, contributions, rounded, split
from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from tests.scoring.formula.strategies import SMALL, START, days, histories

weights = st.dictionaries(st.text(max_size=3), st.floats(0, 1e9), min_size=1, max_size=12)


@given(st.integers(-20000, 20000), weights)
def test_the_parts_of_a_division_add_up_exactly(total, weights):
    parts = split(total, weights)

    assert list(parts) == list(weights)
    assert sum(parts.values()) == total


@given(st.integers(0, 20000), weights.filter(lambda weights: any(weights.values())))
def test_every_part_is_its_share_rounded_up_or_down(total, weights):
    parts = split(total, weights)

    whole = sum(weights.values())
    for key, part in parts.items():
        assert abs(part - total * (weights[key] / whole)) < 1 + 1e-6
        assert weights[key] or not part


def test_the_largest_remainder_takes_what_is_left():
    assert split(10, {"a": 1.0, "b": 1.1, "c": 1.2}) == {"a": 3, "b": 3, "c": 4}


def test_a_tie_goes_to_the_key_that_comes_first():
    assert split(5, {"b": 1, "a": 1, "c": 1}) == {"b": 2, "a": 2, "c": 1}
    assert split(-5, {"b": 1, "a": 1, "c": 1}) == {"b": -2, "a": -2, "c": -1}


def test_without_any_weight_the_parts_are_equal():
    assert split(7, {"a": 0, "b": 0}) == {"a": 4, "b": 3}
    assert split(0, {"a": 0, "b": 0}) == {"a": 0, "b": 0}
    assert split(0, {}) == {}


def test_what_cannot_be_divided_is_refused():
    with pytest.raises(ValueError, match="weights"):
        split(1, {})
    with pytest.raises(ValueError, match="weights"):
        split(1, {"a": 2.0, "b": -1.0})


@given(st.lists(st.floats(-1e5, 1e5), min_size=1, max_size=12))
def test_amounts_of_any_sign_are_rounded_up_or_down_and_add_up_to_their_rounded_sum(amounts):
    total = round(fsum(amounts))

    parts = rounded(total, dict(enumerate(amounts)))

    assert sum(parts.values()) == total
    for place, amount in enumerate(amounts):
        assert abs(parts[place] - amount) < 1 + 1e-6
        assert parts[place] * amount >= 0


def test_a_total_that_is_not_their_own_is_still_met():
    assert rounded(7, {"a": 1.0, "b": 1.0, "c": 1.0}) == {"a": 3, "b": 2, "c": 2}
    assert rounded(0, {"a": 1.5, "b": 1.0}) == {"a": 0, "b": 0}
    assert rounded(5, {}) == {}


@given(histories(), days)
def test_contributions_add_up_to_the_index(history, on):
    parts = contributions(history, on=on, formula=SMALL)

    assert sum(parts.values()) == score(history, on=on, formula=SMALL).ssi
    assert all(part >= 0 for part in parts.values())


def test_a_kind_contributes_by_its_worth_within_its_pillar():
    held = [Span(START)]
    history = History(tallies={"article": {START: 1}}, holdings={"photo": held, "badge": held})

    parts = contributions(history, on=START, formula=SMALL)

    brand = 25 * (1 - 2 ** (-13 / 20))
    assert parts == {
        "article": round(brand * 9 / 13 * 100),
        "photo": round(brand * 4 / 13 * 100),
        "badge": round(25 * (1 - 2 ** (-5 / 50)) * 100),
    }


def test_without_a_history_nothing_contributes():
    assert contributions(History(), on=START, formula=SMALL) == {}


@given(histories(), days)
def test_the_worth_of_one_more_act_is_what_logging_it_adds(history, on):
    worths = act_worths(history, on=on, formula=SMALL)

    before = score(history, on=on, formula=SMALL).ssi
    for code, kind in SMALL.kinds.items():
        more = history.with_holding(code, Span(on)) if kind.standing else history.with_acts([(code, on, 1)])
        assert worths[code] == score(more, on=on, formula=SMALL).ssi - before


def test_an_act_beyond_its_cap_is_worth_nothing_more():
    full = History(tallies={"search": {START: 4}})

    assert act_worth("search", full, on=START, formula=SMALL) == 0
    assert act_worth("search", History(), on=START, formula=SMALL) > 0
