"""Ranking many lists at once gives what ranking each by itself does."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.formula.ranking import NONE, above, best_first, places, rank_among, ranks

members = st.lists(st.tuples(st.integers(0, 10000) | st.sampled_from([0, 5000]), st.integers(0, 5)))


@given(members=members)
def test_many_lists_are_ranked_as_each_by_itself(members):
    scores = np.array([score for score, _key in members], dtype=np.int16)
    lists = np.array([key for _score, key in members], dtype=np.int32)
    order = best_first(scores)

    found = places(scores[order], lists[order])

    for key in set(lists.tolist()):
        inside = lists[order] == key
        assert found.rank[inside].tolist() == ranks(scores[order][inside].tolist())
        assert sorted(found.position[inside].tolist()) == list(range(1, inside.sum() + 1))
    assert found.keys.tolist() == sorted(set(lists.tolist()))


@given(members=members)
def test_the_order_of_a_list_is_that_of_its_positions(members):
    scores = np.array([score for score, _key in members], dtype=np.int16)
    lists = np.array([key for _score, key in members], dtype=np.int32)
    order = best_first(scores)

    found = places(scores[order], lists[order])

    for key, begin, end in zip(found.keys, found.begins, found.ends, strict=True):
        part = found.order[begin:end]
        assert (lists[order][part] == key).all()
        assert found.position[part].tolist() == list(range(1, part.size + 1))


@given(members=members)
def test_who_is_on_no_list_has_no_place_and_takes_nobodys(members):
    scores = np.array([score for score, _key in members], dtype=np.int16)
    lists = np.array([key - 1 for _score, key in members], dtype=np.int32)
    order = best_first(scores)
    scores, lists = scores[order], lists[order]

    found = places(scores, lists)

    outside = lists == NONE
    alone = places(scores[~outside], lists[~outside])
    assert (found.rank[outside] == NONE).all()
    assert (found.position[outside] == NONE).all()
    assert found.rank[~outside].tolist() == alone.rank.tolist()
    assert found.position[~outside].tolist() == alone.position.tolist()
    assert np.flatnonzero(~outside)[alone.order].tolist() == found.order.tolist()


def test_who_was_given_first_stands_first_in_a_tie():
    assert best_first(np.array([10, 30, 10, 30], dtype=np.int16)).tolist() == [1, 3, 0, 2]


def test_more_lists_than_two_bytes_count():
    found = places(np.zeros(70_000, dtype=np.int16), np.arange(70_000))

    assert (found.rank == 1).all()
    assert (found.position == 1).all()


@given(scores=st.lists(st.integers(0, 10000)), own=st.integers(0, 10000))
def test_how_many_are_above_gives_the_rank_of_any_score(scores, own):
    assert 1 + above(np.array(scores, dtype=np.int16))[own] == rank_among(own, scores)
