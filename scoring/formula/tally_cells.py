"""Running sums of many sellers at once, out of their tallies: what RunningSum.of gives, as arrays."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from scoring.formula.catalogue import PILLARS, CapPeriod, Kind
from scoring.formula.decay import FURTHEST_EXPONENT, Clock, on_clocks
from scoring.formula.version import Formula

NO_CAP = np.iinfo(np.int64).max
UNIX_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Cells:
    """Tallies of n sellers: whose (0 to n - 1), on which day (an ordinal), of which kind (its key)."""

    seller: np.ndarray
    day: np.ndarray
    kind: np.ndarray
    quantity: np.ndarray


@dataclass(frozen=True)
class RunningSums:
    """For each seller the sums by pillar, a column each, with landmark and newest day as ordinals.

    newest is 0 for a seller without a tally.
    """

    sums: np.ndarray
    landmark: np.ndarray
    newest: np.ndarray


def running_sums(
    cells: Cells,
    *,
    n: int,
    kinds: dict[int, Kind],
    clocks: dict[int, Clock],
    formula: Formula,
    landmark: date,
) -> RunningSums:
    """Sum the worth of the cells of n sellers by pillar.

    kinds are those of the formula, by the keys that cells have; any other is worth nothing. clocks are told
    of the sellers who were ever away, by their number. Source of the formula: see RunningSum.
    """
    newest = np.zeros(n, dtype=cells.day.dtype)  # of another type it would take ten times as long
    np.maximum.at(newest, cells.seller, cells.day)
    newest = newest.astype(np.int64)
    own_landmark = _landmarks(newest, landmark, clocks=clocks, half_life_days=formula.half_life_days)
    ages = on_clocks(cells.day, cells.seller, clocks)
    ages -= on_clocks(own_landmark, np.arange(n), clocks)[cells.seller]
    pillar, points = _by_key(kinds, _keys(cells, kinds))
    worth = _worth(cells, points, ages, kinds=kinds, formula=formula)
    place = cells.seller * np.int64(len(PILLARS)) + pillar[cells.kind]
    sums = np.bincount(place, weights=worth, minlength=n * len(PILLARS)).reshape(n, len(PILLARS))
    return RunningSums(sums=sums, landmark=own_landmark, newest=newest)


def worth_by_kind(
    cells: Cells, *, n: int, kinds: dict[int, Kind], clocks: dict[int, Clock], formula: Formula, on: date
) -> np.ndarray:
    """Give what the cells of n sellers are worth on a day, in decayed points: by seller, and by kind's key.

    As running_sums takes them, all of them up to the day.
    """
    day = np.full(n, on.toordinal())
    ages = on_clocks(cells.day, cells.seller, clocks)
    ages -= on_clocks(day, np.arange(n), clocks)[cells.seller]
    keys = _keys(cells, kinds)
    _pillar, points = _by_key(kinds, keys)
    worth = _worth(cells, points, ages, kinds=kinds, formula=formula)
    place = cells.seller * np.int64(keys) + cells.kind
    return np.bincount(place, weights=worth, minlength=n * keys).reshape(n, keys)


def _keys(cells: Cells, kinds: dict[int, Kind]) -> int:
    return 1 + max([*kinds, int(cells.kind.max(initial=0))])


def _worth(
    cells: Cells, points: np.ndarray, ages: np.ndarray, *, kinds: dict[int, Kind], formula: Formula
) -> np.ndarray:
    """The worth of each cell, its age told as days after a landmark: before it they are negative."""
    return points[cells.kind] * counted(cells, kinds=kinds) * np.exp2(ages / formula.half_life_days)


def counted(cells: Cells, *, kinds: dict[int, Kind]) -> np.ndarray:
    """Say how many of each cell count: the latest `cap` of its kind in its period.

    All cells are up to the day that is scored.
    """
    caps = np.full(_keys(cells, kinds), NO_CAP, dtype=np.int64)
    for key, kind in kinds.items():
        caps[key] = NO_CAP if kind.cap is None else kind.cap
    counts = np.minimum(cells.quantity, caps[cells.kind])
    for period in (CapPeriod.WEEK, CapPeriod.MONTH):
        is_capped_so = np.zeros(caps.size, dtype=bool)
        is_capped_so[[key for key, kind in kinds.items() if kind.cap_period is period]] = True
        chosen = np.flatnonzero(is_capped_so[cells.kind])
        if chosen.size:
            counts[chosen] = _latest_in_period(cells, chosen, period, caps[cells.kind[chosen]])
    return counts


def _latest_in_period(cells: Cells, chosen: np.ndarray, period: CapPeriod, caps: np.ndarray) -> np.ndarray:
    seller, kind, day = cells.seller[chosen], cells.kind[chosen], cells.day[chosen]
    starts = _period_numbers(day, period)
    order = np.lexsort((-day, starts, kind, seller))
    quantity = cells.quantity[chosen][order].astype(np.int64)
    before = np.cumsum(quantity) - quantity
    group = np.ones(order.size, dtype=bool)
    group[1:] = (np.diff(seller[order]) != 0) | (np.diff(kind[order]) != 0) | (np.diff(starts[order]) != 0)
    later = before - before[np.maximum.accumulate(np.where(group, np.arange(order.size), 0))]
    counts = np.empty(order.size, dtype=np.int64)
    counts[order] = np.minimum(quantity, np.maximum(0, caps[order] - later))
    return counts


def _period_numbers(day: np.ndarray, period: CapPeriod) -> np.ndarray:
    """Number the periods: days of one ISO week or calendar month have the same."""
    if period is CapPeriod.WEEK:
        return (day - 1) // 7  # ordinal 1 is a Monday
    days = (day.astype(np.int64) - UNIX_EPOCH).astype("datetime64[D]")
    return days.astype("datetime64[M]").astype(np.int64)


def _landmarks(
    newest: np.ndarray, landmark: date, *, clocks: dict[int, Clock], half_life_days: float
) -> np.ndarray:
    """The landmark, or a seller's own newest day where an exponent would grow too large."""
    common = np.full_like(newest, landmark.toordinal())
    sellers = np.arange(newest.size)
    ages = on_clocks(common, sellers, clocks) - on_clocks(newest, sellers, clocks)
    is_far = (newest > 0) & (np.abs(ages) > FURTHEST_EXPONENT * half_life_days)
    return np.where(is_far, newest, common)


def _by_key(kinds: dict[int, Kind], keys: int) -> tuple[np.ndarray, np.ndarray]:
    """The pillar's number and the points of each key; what is not of an event kind is worth nothing here."""
    pillar, points = np.zeros(keys, dtype=np.int64), np.zeros(keys)
    for key, kind in kinds.items():
        if not kind.standing:
            pillar[key], points[key] = PILLARS.index(kind.pillar), kind.points
    return pillar, points
