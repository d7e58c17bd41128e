import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.ranking import rank_among, rank_array, ranks, top_percent

some_scores = st.lists(st.integers(0, 10000) | st.integers(0, 3), max_size=40)


def test_a_tie_shares_the_better_rank_and_leaves_the_next_one_out():
    assert ranks([5000, 7100, 5000, 1200]) == [2, 1, 2, 4]


def test_nobody_has_no_ranks():
    assert ranks([]) == []


@given(some_scores)
def test_a_rank_is_one_more_than_those_above(scores):
    assert ranks(scores) == [rank_among(score, scores) for score in scores]
    assert rank_array(np.array(scores, dtype=np.int64)).tolist() == ranks(scores)


def test_a_score_that_is_not_shown_takes_nobodys_place():
    assert rank_among(6000, [7000, 6000, 5000]) == 2
    assert rank_among(100, [7000, 6000, 5000]) == 4


@pytest.mark.parametrize(
    ("rank", "n", "percent"), [(1, 5, 20), (1, 300, 1), (3, 300, 1), (4, 300, 2), (300, 300, 100)]
)
def test_the_top_percentage_is_rounded_up(rank, n, percent):
    assert top_percent(rank, n) == percent


def test_no_percentage_is_told_among_fewer_than_five():
    assert top_percent(1, 4) is None
