"""Ranks with ties, of one list and of many, and top X %."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

FEWEST = 5  # of fewer people, neither a percentage nor an average is shown
NONE = -1  # no list, and no place on one


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

    rank and position are told for the members as they were given, NONE for who is on no list. order names
    the others list by list, best first; the list with the key keys[i] has the part from begins[i] to ends[i].
    """

    rank: np.ndarray
    position: np.ndarray
    keys: np.ndarray
    order: np.ndarray
    begins: np.ndarray
    ends: np.ndarray


def best_first(scores: np.ndarray) -> np.ndarray:
    """Order scores in hundredths, highest first; of equal ones the one that was given first."""
    # Numbers of two bytes are sorted in linear time, and stably.
    return np.argsort((10000 - scores).astype(np.int16), kind="stable")


def places(scores: np.ndarray, lists: np.ndarray) -> Places:
    """Rank the members of many lists at once: their scores, best first, and the key of each one's list.

    Who has the key NONE is on no list. Who stands before whom in a tie follows from the order in which they
    were given; the rank is the same.
    """
    sizes = np.bincount(lists + 1)[1:]  # without the first, of those on no list
    keys = np.flatnonzero(sizes)
    sizes = sizes[keys].astype(np.int32)
    codes = np.zeros(1 + int(lists.max(initial=0)) + 1, dtype=np.uint16 if keys.size < 1 << 16 else np.int32)
    codes[keys] = np.arange(keys.size)
    codes[NONE] = keys.size  # so they come last
    ends = np.cumsum(sizes, dtype=np.int32)
    begins = ends - sizes
    order = np.argsort(codes[lists], kind="stable")[: sizes.sum()]
    begin = np.repeat(begins, sizes)
    ordered = scores[order]
    is_new = np.ones(order.size, dtype=bool)
    is_new[1:] = ordered[1:] != ordered[:-1]
    is_new[begins] = True
    ties = np.flatnonzero(is_new).astype(np.int32)
    first_of_tie = np.repeat(ties, np.diff(ties, append=np.int32(order.size)))
    rank, position = np.full(lists.size, NONE, dtype=np.int32), np.full(lists.size, NONE, dtype=np.int32)
    rank[order] = first_of_tie - begin + 1
    position[order] = np.arange(1, order.size + 1, dtype=np.int32) - begin
    return Places(rank, position, keys, order, begins, ends)


def above(scores: np.ndarray) -> np.ndarray:
    """For each possible score from 0.00 to 100.00, in hundredths, how many of the scores are higher."""
    return scores.size - np.cumsum(np.bincount(scores, minlength=10001))


def rank_among(score: int, shown_scores: Iterable[int]) -> int:
    """Give the place a score would have among those that are shown: one more than those above."""
    return 1 + sum(shown > score for shown in shown_scores)


def top_percent(rank: int, n: int) -> int | None:
    """Give X of "top X %": a whole number, rounded up; None among fewer than 5."""
    return None if n < FEWEST else -(-100 * rank // n)
