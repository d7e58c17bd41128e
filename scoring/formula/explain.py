"""A score told in parts that add up."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import TypeVar

import numpy as np

from scoring.formula.catalogue import PILLARS, Kind
from scoring.formula.decay import Clock, by_pillar, decayed, worth
from scoring.formula.history import History
from scoring.formula.pillar import hundredths, index, pillar, scores
from scoring.formula.version import Formula

K = TypeVar("K", bound=Hashable)


def contributions(history: History, *, on: date, formula: Formula) -> dict[str, int]:
    """Give what each kind with any worth contributes to a day's SSI, in hundredths that add up to it."""
    points = worth(history, on=on, formula=formula)
    raw = by_pillar(points, formula=formula)
    pillars = {name: pillar(raw[name], gap_points=formula.gap_points[name]) for name in PILLARS}
    shares = {
        code: share(pillars[kind.pillar], points[code], of=raw[kind.pillar])
        for code, kind in formula.kinds.items()
        if code in points
    }
    return split(hundredths(index(**pillars)), shares)


def contributions_of_many(worth: np.ndarray, *, kinds: Mapping[int, Kind], formula: Formula) -> np.ndarray:
    """Give what each kind contributes to the SSI of many sellers, in points, unrounded.

    worth has a row a seller and a column for each key of kinds, in decayed points; standing ones included.
    """
    parts = np.zeros_like(worth)
    for name in PILLARS:
        columns = [key for key, kind in kinds.items() if kind.pillar == name]
        raw = worth[:, columns].sum(axis=1)
        points = 0.25 * pillar(raw, gap_points=formula.gap_points[name])
        a_point = np.divide(points, raw, out=np.zeros_like(raw), where=raw > 0)
        parts[:, columns] = worth[:, columns] * a_point[:, None]
    return parts


def share(amount: float, part: float, *, of: float) -> float:
    """Give a kind's share of a pillar, by worth, as it enters the SSI; 0 of nothing."""
    return 0.25 * amount * (part / of) if of else 0.0


def split(total: int, weights: Mapping[K, float]) -> dict[K, int]:
    """Divide a whole number by weights, none negative, into whole numbers that add up to it exactly.

    By largest remainder; ties go to the keys that come first. Equal parts when all weights are 0.

    Raises ValueError for a negative weight, or when there is something to divide and no key.
    """
    if total < 0:
        return {key: -part for key, part in split(-total, weights).items()}
    if any(weight < 0 for weight in weights.values()) or (total and not weights):
        raise ValueError("a division needs keys with weights of 0 or more")
    return rounded(total, _exact_shares(total, weights))


def _exact_shares(total: int, weights: Mapping[K, float]) -> dict[K, Fraction]:
    """Fractions, since shares of doubles may fail to add up."""
    exact = {key: Fraction(weight) for key, weight in weights.items()}
    if not any(exact.values()):
        exact = dict.fromkeys(weights, Fraction(1))
    whole = sum(exact.values())
    return {key: total * weight / whole for key, weight in exact.items()}


def rounded(total: int, amounts: Mapping[K, Fraction | float]) -> dict[K, int]:
    """Round amounts, of any sign, to whole numbers that add up to the total which is their own sum, rounded.

    By largest remainder, so that each is its amount rounded up or down; ties go to the keys that come first.
    """
    parts = {key: floor(amount) for key, amount in amounts.items()}
    if parts:
        by_remainder = sorted(parts, key=lambda key: parts[key] - amounts[key])
        # More or less than one for each there is only where the total is not the amounts' own.
        each, left = divmod(total - sum(parts.values()), len(parts))
        for place, key in enumerate(by_remainder):
            parts[key] += each + (place < left)
    return parts


def act_worths(
    history: History, *, on: date, formula: Formula, codes: Iterable[str] | None = None
) -> dict[str, int]:
    """Give what one more act of each kind on a day would add to that day's SSI, in hundredths.

    For a standing kind: what holding it would add. All kinds of the formula, unless codes say which.
    """
    points = worth(history, on=on, formula=formula)
    raw = by_pillar(points, formula=formula)
    before = scores(raw, formula=formula).ssi
    clock, worths = Clock(history.leave), {}
    for code in formula.kinds if codes is None else codes:
        kind = formula.kinds[code]
        more = _with_one_more(history, kind, on=on, clock=clock, formula=formula)
        after = by_pillar({**points, code: more}, formula=formula)
        worths[code] = scores(after, formula=formula).ssi - before
    return worths


def _with_one_more(history: History, kind: Kind, *, on: date, clock: Clock, formula: Formula) -> float:
    if kind.standing:
        return kind.points
    tallies = history.tallies.get(kind.code, {})
    more = {**tallies, on: tallies.get(on, 0) + 1}
    return decayed(more, kind, on=on, clock=clock, half_life_days=formula.half_life_days)


def act_worth(code: str, history: History, *, on: date, formula: Formula) -> int:
    """Give what one more act of a kind on a day would add to that day's SSI, in hundredths."""
    return act_worths(history, on=on, formula=formula, codes=[code])[code]
