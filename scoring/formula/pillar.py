"""Worth to pillar, pillars to SSI, and the one way to round."""

from collections.abc import Mapping
from datetime import date
from math import expm1, floor, log
from typing import Any, Generic, NamedTuple, TypeVar, overload

import numpy as np

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import raw as raw_of
from scoring.formula.history import History
from scoring.formula.version import Formula

JUST_BELOW_HALF = 1e-9  # what the arithmetic may have lost of an exact half


Points = TypeVar("Points", float, np.ndarray)
Whole = TypeVar("Whole", int, np.ndarray)


class PillarScores(NamedTuple, Generic[Whole]):
    """A score in hundredths of a point, 0 to 10000; whole numbers, or arrays of them for many sellers."""

    brand: Whole
    find: Whole
    engage: Whole
    relate: Whole
    ssi: Whole


def score(history: History, *, on: date, formula: Formula) -> PillarScores[int]:
    """Score one seller on a day."""
    return scores(raw_of(history, on=on, formula=formula), formula=formula)


@overload
def scores(raw: Mapping[str, float], *, formula: Formula) -> PillarScores[int]: ...
@overload
def scores(raw: Mapping[str, np.ndarray], *, formula: Formula) -> PillarScores[np.ndarray]: ...
def scores(raw: Mapping[str, Any], *, formula: Formula) -> PillarScores:
    """Score the worth of each pillar; with arrays, of many sellers at once.

    Raises ValueError when some worth is negative.
    """
    exact = [pillar(raw[name], gap_points=formula.gap_points[name]) for name in PILLARS]
    return PillarScores(*map(hundredths, [*exact, index(*exact)]))


def pillar(raw: Points, *, gap_points: float) -> Points:
    """Turn a pillar's worth into its score, from 0 to just under 100; a number or an array.

    Every gap_points of worth close half of what is missing to 100.

    Raises ValueError when raw is negative or gap_points is not above zero.
    """
    if not gap_points > 0:
        raise ValueError("gap_points must be above 0")
    if not np.all(raw >= 0):
        raise ValueError("raw must not be negative")
    return 100.0 * (1.0 - 2.0 ** (-raw / gap_points))


def pillar_slope(raw: float, added: float, *, gap_points: float) -> float:
    """Give what a pillar gains for each point when its worth goes from raw to raw + added; never below 0.

    Added may be a loss; when it is 0, the slope at raw. Free of the cancellation of a difference of pillars.
    """
    if not added:
        return 100.0 * 2.0 ** (-raw / gap_points) * log(2.0) / gap_points
    below, width = min(raw, raw + added), abs(added)
    return -100.0 * 2.0 ** (-below / gap_points) * expm1(-width * log(2.0) / gap_points) / width


def index(brand: Points, find: Points, engage: Points, relate: Points) -> Points:
    """Give the SSI, unrounded, of unrounded pillars."""
    return 0.25 * (brand + find + engage + relate)


@overload
def hundredths(points: float) -> int: ...
@overload
def hundredths(points: np.ndarray) -> np.ndarray: ...
def hundredths(points: Any) -> Any:
    """Round points to whole hundredths, half up, after adding 1e-9; a number or an array."""
    shifted = (points + JUST_BELOW_HALF) * 100.0 + 0.5
    if isinstance(shifted, np.ndarray):
        return np.floor(shifted).astype(np.int64)
    return floor(shifted)
