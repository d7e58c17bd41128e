"""Ranks with ties, top X %, and a mean that gives nobody away."""

from collections.abc import Iterable, Sequence

import numpy as np

FEWEST = 5  # of fewer people, neither a percentage nor an average is shown


def ranks(scores: Sequence[int]) -> list[int]:
    """Rank scores in any order, highest first, "1, 2, 2, 4"."""
    return [int(rank) for rank in rank_array(np.asarray(scores, dtype=np.int64))]


def rank_array(scores: np.ndarray) -> np.ndarray:
    """Rank an array of scores, as ranks does."""
    ordered = np.sort(scores)
    return ordered.size - np.searchsorted(ordered, scores, side="right") + 1


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
