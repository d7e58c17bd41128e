"""Worth to pillar, pillars to SSI, and the one way to round."""

from collections.abc import Mapping
from datetime import date
from math import floor
from typing import NamedTuple

import numpy as np

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import raw as raw_of
from scoring.formula.history import History
from scoring.formula.version import Formula

JUST_BELOW_HALF = 1e-9  # what the arithmetic may have lost of an exact half


class PillarScores(NamedTuple):
    """A score in hundredths of a point, 0 to 10000; whole numbers, or arrays of them for many sellers."""

    brand: int
    find: int
    engage: int
    relate: int
    ssi: int


def score(history: History, *, on: date, formula: Formula) -> PillarScores:
    """Score one seller on a day."""
    return scores(raw_of(history, on=on, formula=formula), formula=formula)


def scores(raw: Mapping[str, float], *, formula: Formula) -> PillarScores:
    """Score the worth of each pillar; with arrays, of many sellers at once.

    Raises ValueError when some worth is negative.
    """
    exact = [pillar(raw[name], gap_points=formula.gap_points[name]) for name in PILLARS]
    return PillarScores(*map(hundredths, exact), ssi=hundredths(index(*exact)))


def pillar(raw, *, gap_points: float):
    """Turn a pillar's worth into its score, from 0 to just under 100; a number or an array.

    Every gap_points of worth close half of what is missing to 100.

    Raises ValueError when raw is negative or gap_points is not above zero.
    """
    if not gap_points > 0:
        raise ValueError("gap_points must be above 0")
    if not np.all(raw >= 0):
        raise ValueError("raw must not be negative")
    return 100.0 * (1.0 - 2.0 ** (-raw / gap_points))


def index(brand, find, engage, relate):
    """Give the SSI, unrounded, of unrounded pillars."""
    return 0.25 * (brand + find + engage + relate)


def hundredths(points):
    """Round points to whole hundredths, half up, after adding 1e-9; a number or an array."""
    shifted = (points + JUST_BELOW_HALF) * 100.0 + 0.5
    if isinstance(shifted, np.ndarray):
        return np.floor(shifted).astype(np.int64)
    return floor(shifted)
