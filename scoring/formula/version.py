"""Formula: a dated, immutable set of points, caps, half life and gaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite

from scoring.formula.catalogue import PILLARS, Kind

DEFAULT_HALF_LIFE_DAYS = 30.0
DEFAULT_GAP_POINTS = {"brand": 30.0, "find": 400.0, "engage": 450.0, "relate": 350.0}


class InvalidFormula(ValueError):
    """A formula is out of its range, or does not speak of every pillar."""


@dataclass(frozen=True)
class Formula:
    """What a day is scored by. The order of kinds breaks ties.

    An activity is worth half as much after half_life_days (7 to 365), and every gap_points of worth
    (above 0, one figure a pillar) close half of what is missing to 100. Without effective_from it is in
    force from the beginning. A kind that it does not know is worth nothing.

    Raises InvalidFormula.
    """

    half_life_days: float
    gap_points: Mapping[str, float]
    kinds: Mapping[str, Kind]
    effective_from: date | None = None

    def __post_init__(self) -> None:
        if not 7 <= self.half_life_days <= 365:
            raise InvalidFormula("half_life_days goes from 7 to 365")
        if set(self.gap_points) != set(PILLARS):
            raise InvalidFormula("gap_points has one figure for each pillar")
        if not all(gap > 0 and isfinite(gap) for gap in self.gap_points.values()):
            raise InvalidFormula("gap_points are above 0")
        if any(code != kind.code for code, kind in self.kinds.items()):
            raise InvalidFormula("kinds are listed by their own code")


def in_force(formulas: Iterable[Formula], on: date) -> Formula:
    """Give the newest formula that is effective on a day, and the first one for all earlier days.

    Raises InvalidFormula when there is none at all.
    """
    by_age = sorted(formulas, key=_effective)
    if not by_age:
        raise InvalidFormula("there is no formula")
    effective = [formula for formula in by_age if _effective(formula) <= on]
    return effective[-1] if effective else by_age[0]


def _effective(formula: Formula) -> date:
    return formula.effective_from or date.min
