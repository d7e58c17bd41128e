"""The best choice for a budget: one knapsack in each bag, then one across the bags.

Whole numbers throughout, so that equal is equal and every machine breaks a tie the same way.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

Table = np.ndarray  # [limited choices at most, cost at most] -> the best there is


class Choice(NamedTuple):
    """One way to take an item. limited choices share one limit over all bags."""

    cost: int
    worth: int
    limited: bool = False


class Bag(NamedTuple):
    """Items, each to be taken in one of its ways or not at all, and what their worth is good for.

    value turns an array of worth, summed over the items taken, into whole numbers; more worth is never
    good for less.
    """

    items: Sequence[Sequence[Choice]]
    value: Callable[[np.ndarray], np.ndarray]


class Frontier:
    """The best value over all bags for every cost up to a budget, with at most `limit` limited choices.

    Costs O(budget) for each choice, and again for each cost at which a bag gets better.
    """

    def __init__(self, bags: Sequence[Bag], *, budget: int, limit: int):
        self._bags = bags
        self._inside = [_inside(bag.items, budget=budget, limit=limit) for bag in bags]
        self._values = [bag.value(tables[0]) for bag, tables in zip(bags, self._inside, strict=True)]
        self._across = [np.zeros((limit + 1, budget + 1), dtype=np.int64)]
        for values in reversed(self._values):
            self._across.append(_joined(values, self._across[-1]))
        self._across.reverse()

    @property
    def values(self) -> np.ndarray:
        """The best value by cost, from 0 to the budget; it never falls."""
        return self._across[0][-1]

    def picks(self, cost: int) -> list[list[Choice | None]]:
        """Give the choice of each item of each bag that is best for a cost, at the least cost.

        Ties: the earlier bag gets more, then the earlier item the later of its choices.
        """
        cost = int(np.searchsorted(self.values, self.values[cost]))
        limit = self._across[0].shape[0] - 1
        picks = []
        for bag, tables, values, rest in zip(
            self._bags, self._inside, self._values, self._across[1:], strict=True
        ):
            used, spent = _parted(values, rest, limit, cost)
            picks.append(_picked(bag.items, tables, used, spent))
            limit, cost = limit - used, cost - spent
        return picks


def _inside(items: Sequence[Sequence[Choice]], *, budget: int, limit: int) -> list[Table]:
    """The best worth of all items, of all but the first, and so on to none."""
    tables = [np.zeros((limit + 1, budget + 1), dtype=np.int64)]
    for choices in reversed(items):
        rest = tables[-1]
        best = rest.copy()
        for cost, worth, limited in choices:
            if cost <= budget and limited <= limit:
                taken = rest[: limit + 1 - limited, : budget + 1 - cost] + worth
                np.maximum(best[int(limited) :, cost:], taken, out=best[int(limited) :, cost:])
        tables.append(best)
    tables.reverse()
    return tables


def _joined(values: Table, rest: Table) -> Table:
    """The best of one bag and those after it. Only what makes the one better needs a look."""
    rows, columns = values.shape
    best = values[0, 0] + rest
    for used, spent in zip(*np.nonzero(_better(values)), strict=True):
        taken = values[used, spent] + rest[: rows - used, : columns - spent]
        np.maximum(best[used:, spent:], taken, out=best[used:, spent:])
    return best


def _better(values: Table) -> np.ndarray:
    """Where a table is above what one less of cost, and one less of the limit, already give."""
    better = np.ones(values.shape, dtype=bool)
    better[:, 1:] &= values[:, 1:] > values[:, :-1]
    better[1:] &= values[1:] > values[:-1]
    return better


def _parted(values: Table, rest: Table, limit: int, cost: int) -> tuple[int, int]:
    """How much of limit and cost goes to a bag, the rest being for those after it."""
    sums = values[: limit + 1, : cost + 1] + rest[: limit + 1, : cost + 1][::-1, ::-1]
    used, spent = np.nonzero(sums == sums.max())
    most = int(spent.max())
    return int(used[spent == most].min()), most


def _picked(
    items: Sequence[Sequence[Choice]], tables: Sequence[Table], limit: int, cost: int
) -> list[Choice | None]:
    picks: list[Choice | None] = []
    for choices, (table, rest) in zip(items, pairwise(tables), strict=True):
        picked = None
        for choice in reversed(choices):
            left, unspent = limit - choice.limited, cost - choice.cost
            if left >= 0 and unspent >= 0 and table[limit, cost] == rest[left, unspent] + choice.worth:
                picked, limit, cost = choice, left, unspent
                break
        picks.append(picked)
    return picks
