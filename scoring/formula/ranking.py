"""Ranks with ties, top X %, and a mean that gives nobody away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 5  # of fewer people, neither a percentage nor an average is shown


def ranks(scores: Sequence[int]) -> list[int]:
    """Rank scores in any order, highest first, "1, 2, 2, 4"."""
    return [int(rank) for rank in rank_array(np.asarray(scores, dtype=np.int64))]


def rank_array(scores: np.ndarray) -> np.ndarray:
    """Rank an array of scores, as ranks does."""
    ordered = np.sort(scores)
    return ordered.size - np.searchsorted(ordered, scores, side="right") + 1


@dataclass(frozen=True)
class Places:
    """Where the members of many lists stand in theirs.

    rank and position are told for the members as they were given. order names the members list by list, best
    first; begins and ends say where in it each of the lists has its part.
    """

    rank: np.ndarray
    position: np.ndarray
    lists: np.ndarray
    order: np.ndarray
    begins: np.ndarray
    ends: np.ndarray


def places(scores: np.ndarray, lists: np.ndarray) -> Places:
    """Rank the members of many lists at once; scores in hundredths, and of each member its list's number.

    Who stands before whom in a tie follows from the order in which they were given; the rank is the same.
    """
    # Numbers of two bytes are sorted in linear time, and stably.
    best_first = np.argsort((10000 - scores).astype(np.int16), kind="stable")
    names, codes = np.unique(lists, return_inverse=True)
    codes = codes.astype(np.uint16 if names.size < 1 << 16 else np.int64)
    order = best_first[np.argsort(codes[best_first], kind="stable")]
    ordered_list, ordered_score = codes[order], scores[order]
    index = np.arange(order.size)
    is_list_new, is_score_new = np.ones(order.size, dtype=bool), np.ones(order.size, dtype=bool)
    is_list_new[1:] = ordered_list[1:] != ordered_list[:-1]
    is_score_new[1:] = is_list_new[1:] | (ordered_score[1:] != ordered_score[:-1])
    begin = np.maximum.accumulate(np.where(is_list_new, index, 0))
    first_of_tie = np.maximum.accumulate(np.where(is_score_new, index, 0))
    rank, position = np.empty(order.size, dtype=np.int32), np.empty(order.size, dtype=np.int32)
    rank[order], position[order] = first_of_tie - begin + 1, index - begin + 1
    begins = np.flatnonzero(is_list_new)
    return Places(rank, position, names, order, begins, np.append(begins[1:], order.size)[: begins.size])


def above(scores: np.ndarray) -> np.ndarray:
    """For each possible score from 0.00 to 100.00, in hundredths, how many of the scores are higher."""
    return scores.size - np.cumsum(np.bincount(scores, minlength=10001))


def rank_among(score: int, shown_scores: Iterable[int]) -> int:
    """Give the place a score would have among those that are shown: one more than those above."""
    return 1 + sum(shown > score for shown in shown_scores)


def top_percent(rank: int, n: int) -> int | None:
    """Give X of "top X %": a whole number, rounded up; None among fewer than 5."""
    return None if n < FEWEST else -(-100 * rank // n)


def mean_hundredths(values: Sequence[int], *, at_least: int = FEWEST) -> int | None:
    """Give the mean, half up; None of fewer than at_least values, or of none."""
    n = len(values)
    if n < max(1, at_least):
        return None
    return (2 * int(sum(values)) + n) // (2 * n)
