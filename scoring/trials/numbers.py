"""The numbers of a formula as plain values: kept with a trial, compared, and told where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scoring.formula.catalogue import PILLARS
from scoring.formula.version import Formula

Numbers = dict[str, Any]
HALF_LIFE = "half_life_days"
POINTS, CAP, PERIOD = range(3)


@dataclass(frozen=True)
class Change:
    """A number that is another: of which kind or pillar (empty for the half-life), what, and both values.

    A cap is told as how many and per what: None for no cap.
    """

    of: str
    what: str
    before: Any
    after: Any


def numbers_of(formula: Formula) -> Numbers:
    """As they come back from the database: lists rather than tuples, whole numbers as they are."""
    kinds = {
        code: [kind.points, kind.cap, kind.cap_period.value if kind.cap_period else None]
        for code, kind in formula.kinds.items()
    }
    gaps = {pillar: formula.gap_points[pillar] for pillar in PILLARS}
    return {HALF_LIFE: formula.half_life_days, "gaps": gaps, "kinds": kinds}


def changes(before: Numbers, after: Numbers) -> Iterator[Change]:
    """Tell what is different, in the order of the catalogue."""
    if before[HALF_LIFE] != after[HALF_LIFE]:
        yield Change("", HALF_LIFE, before[HALF_LIFE], after[HALF_LIFE])
    for pillar in PILLARS:
        if before["gaps"][pillar] != after["gaps"][pillar]:
            yield Change(pillar, "gap", before["gaps"][pillar], after["gaps"][pillar])
    for code, now in after["kinds"].items():
        was = before["kinds"].get(code, [0.0, None, None])
        if was[POINTS] != now[POINTS]:
            yield Change(code, "points", was[POINTS], now[POINTS])
        if was[CAP:] != now[CAP:]:
            yield Change(code, "cap", _cap(was), _cap(now))


def _cap(worth: list[Any]) -> tuple[int, str] | None:
    return None if worth[CAP] is None else (worth[CAP], worth[PERIOD])
