"""The kinds of activity and the pillars that they feed."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PILLARS = ("brand", "find", "engage", "relate")
NETWORKS = ("linkedin", "x", "facebook", "instagram", "other")


class Nature(StrEnum):
    EVENT = "event"  # done on a day: it fades
    STANDING = "standing"  # true of a profile while it holds: it does not fade


class CapPeriod(StrEnum):
    DAY = "day"
    WEEK = "week"  # ISO week, Monday to Sunday
    MONTH = "month"  # calendar month


class InvalidKind(ValueError):
    """A kind contradicts itself, or a row of the catalogue cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity.

    points is the worth of one act before it fades, 0 to 1000; cap the number of acts that count in a
    cap_period, None for any number. Without minutes a kind is an outcome, which nobody can plan.

    Raises InvalidKind.
    """

    code: str
    pillar: str
    nature: Nature
    points: float
    cap: int | None
    cap_period: CapPeriod | None
    minutes: int | None
    plan_per_week: float | None
    name: str = ""
    networks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if fault := _fault(self):
            raise InvalidKind(f"{self.code}: {fault}")

    @property
    def standing(self) -> bool:
        return self.nature is Nature.STANDING


def _fault(kind: Kind) -> str | None:
    if kind.pillar not in PILLARS:
        return f"{kind.pillar} is not a pillar"
    if unknown := set(kind.networks) - set(NETWORKS):
        return f"{', '.join(sorted(unknown))} is not a network"
    if not 0 <= kind.points <= 1000:
        return "points go from 0 to 1000"
    if (kind.cap is None) != (kind.cap_period is None):
        return "a cap and its period belong together"
    if kind.cap is not None and (kind.standing or kind.cap < 1):
        return "a cap is at least 1, and for events only"
    if kind.minutes is not None and kind.minutes < 1:
        return "effort is at least a minute"
    if kind.plan_per_week is not None and not kind.plan_per_week > 0:
        return "a plan asks for more than nothing"
    return None


def read_catalogue(lines: Iterable[str]) -> tuple[Kind, ...]:
    """Read the kinds from lines of CSV, the heading first; their order breaks ties.

    Raises InvalidKind, naming the line.
    """
    kinds: dict[str, Kind] = {}
    rows = csv.DictReader(lines)
    for row in rows:
        try:
            kind = _kind(row)
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidKind(f"line {rows.line_num}: {error}") from error
        if kind.code in kinds:
            raise InvalidKind(f"line {rows.line_num}: {kind.code} was there before")
        kinds[kind.code] = kind
    return tuple(kinds.values())


def _kind(row: dict[str, str]) -> Kind:
    return Kind(
        code=row["code"],
        pillar=row["pillar"],
        nature=Nature(row["nature"]),
        points=float(row["points"]),
        cap=int(row["cap"]) if row["cap"] else None,
        cap_period=CapPeriod(row["cap_period"]) if row["cap_period"] else None,
        minutes=int(row["minutes"]) if row["minutes"] else None,
        plan_per_week=float(row["plan_per_week"]) if row["plan_per_week"] else None,
        name=row["name"],
        networks=tuple(row["networks"].split()),
    )
