"""The best choice for a budget: one knapsack in each bag, then one across the bags.

Whole numbers throughout, so that equal is equal and every machine breaks a tie the same way.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

Table = np.ndarray  # [limited choices at most, cost at most] -> the best there is; as wide as cost is of use


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

    The bags are joined to two halves, and these only for the cost that is asked about. So it costs, for each
    choice, what the items of its bag cost together, and for each cost at which a bag gets better, what its
    half costs.
    """

    def __init__(self, bags: Sequence[Bag], *, budget: int, limit: int):
        middle = len(bags) // 2
        self._budget, self._limit = budget, limit
        self._halves = [_Half(some, budget=budget, limit=limit) for some in (bags[:middle], bags[middle:])]

    def best(self, cost: int) -> int:
        """Give the best value for so much cost."""
        first, second = (half.values for half in self._halves)
        spent = np.arange(min(cost + 1, first.shape[1]))
        left = np.minimum(cost - spent, second.shape[1] - 1)
        return int((first[:, spent] + second[::-1, left]).max())

    def least(self, value: int) -> int:
        """Give the least cost for a value or a better one, more than the budget when it does not allow it."""
        first, second = (half.values for half in self._halves)
        costs = [self._budget + 1]
        for here, there in zip(first, second[::-1], strict=True):
            left = np.searchsorted(there, value - here)
            spent = np.flatnonzero(left < there.size)
            costs += (spent + left[spent]).tolist()
        return min(costs)

    def picks(self, cost: int) -> list[list[Choice | None]]:
        """Give the choice of each item of each bag that is best for a cost, at the least cost.

        Ties: the earlier half gets more, and of it the earlier bag, then the earlier item the later of its
        choices.
        """
        least = self.least(self.best(cost))
        first, second = self._halves
        used, spent = _parted(first.values, second.values, self._limit, least)
        return first.picks(used, spent) + second.picks(self._limit - used, least - spent)


class _Half:
    """Some bags, with the best value over all of them by limit and cost."""

    def __init__(self, bags: Sequence[Bag], *, budget: int, limit: int):
        self._bags = bags
        self._inside = [_inside(bag.items, budget=budget, limit=limit) for bag in bags]
        self._values = [bag.value(tables[0]) for bag, tables in zip(bags, self._inside, strict=True)]
        self._across = [_nothing(limit)]
        for values in reversed(self._values):
            self._across.append(_joined(values, self._across[-1], budget=budget))
        self._across.reverse()

    @property
    def values(self) -> Table:
        return self._across[0]

    def picks(self, limit: int, cost: int) -> list[list[Choice | None]]:
        """Told limit and cost of which nothing is to spare."""
        picks = []
        for bag, tables, values, rest in zip(
            self._bags, self._inside, self._values, self._across[1:], strict=True
        ):
            used, spent = _parted(values, rest, limit, cost)
            picks.append(_picked(bag.items, tables, used, spent))
            limit, cost = limit - used, cost - spent
        return picks


def _nothing(limit: int) -> Table:
    return np.zeros((limit + 1, 1), dtype=np.int64)


def _inside(items: Sequence[Sequence[Choice]], *, budget: int, limit: int) -> list[Table]:
    """The best worth of all items, of all but the first, and so on to none."""
    tables = [_nothing(limit)]
    for choices in reversed(items):
        rest = tables[-1]
        best = _widened(rest, max((choice.cost for choice in choices), default=0), budget=budget)
        for cost, worth, limited in choices:
            if cost <= budget and limited <= limit:
                _take(best, rest, int(limited), cost, worth)
        tables.append(np.maximum.accumulate(best, axis=1))
    tables.reverse()
    return tables


def _joined(values: Table, rest: Table, *, budget: int) -> Table:
    """The best of one bag and those after it. Only what makes the one better needs a look."""
    # Either may be looked through: the one with less to see.
    values, rest = sorted((values, rest), key=lambda table: int(_better(table).sum()))
    best = _widened(values[0, 0] + rest, values.shape[1] - 1, budget=budget)
    for used, spent in zip(*np.nonzero(_better(values)), strict=True):
        _take(best, rest, used, spent, values[used, spent])
    return np.maximum.accumulate(best, axis=1)


def _widened(table: Table, by: int, *, budget: int) -> Table:
    """A copy with room for so much more cost, within the budget; there it is worth no more as yet."""
    rows, columns = table.shape
    wide = np.empty((rows, min(columns + by, budget + 1)), dtype=np.int64)
    wide[:, :columns], wide[:, columns:] = table, table[:, -1:]
    return wide


def _take(best: Table, rest: Table, used: int, spent: int, worth: int) -> None:
    """Let a table be no worse than so much worth at its price, and the rest."""
    here = best[used:, spent : spent + rest.shape[1]]
    np.maximum(here, rest[: here.shape[0], : here.shape[1]] + worth, out=here)


def _better(values: Table) -> np.ndarray:
    """Where a table is above what one less of cost, and one less of the limit, already give."""
    better = np.ones(values.shape, dtype=bool)
    better[:, 1:] &= values[:, 1:] > values[:, :-1]
    better[1:] &= values[1:] > values[:-1]
    return better


def _parted(values: Table, rest: Table, limit: int, cost: int) -> tuple[int, int]:
    """How much of limit and cost goes to the one, the other getting the rest; nothing of it is to spare."""
    least, most = max(0, cost + 1 - rest.shape[1]), min(cost + 1, values.shape[1])
    left = rest[: limit + 1, cost + 1 - most : cost + 1 - least]
    sums = values[: limit + 1, least:most] + left[::-1, ::-1]
    used, spent = np.nonzero(sums == sums.max())
    dearest = int(spent.max())
    return int(used[spent == dearest].min()), least + dearest


def _picked(
    items: Sequence[Sequence[Choice]], tables: Sequence[Table], limit: int, cost: int
) -> list[Choice | None]:
    picks: list[Choice | None] = []
    for choices, (table, rest) in zip(items, pairwise(tables), strict=True):
        picked = None
        for choice in reversed(choices):
            left, unspent = limit - choice.limited, cost - choice.cost
            is_there = left >= 0 and 0 <= unspent < rest.shape[1]
            if is_there and table[limit, cost] == rest[left, unspent] + choice.worth:
                picked, limit, cost = choice, left, unspent
                break
        picks.append(picked)
    return picks
