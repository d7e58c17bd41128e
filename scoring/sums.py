"""The running sums of many sellers at once, out of their tallies, holdings and memberships."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from scoring import columns, roster
from scoring.column_forms import NO_DAY, Columns
from scoring.formula.catalogue import PILLARS, Kind
from scoring.formula.decay import Clock, LeaveDays, clock_ages
from scoring.formula.history import Span
from scoring.formula.tally_cells import Cells, running_sums
from scoring.models import Holding, PillarSum, Tally
from scoring.rulebook import Version, kind_codes

NEVER = np.iinfo(np.int32).max  # later than any day


@dataclass(frozen=True)
class Range:
    """Sellers with keys from one to another, both included."""

    first: int
    last: int

    def of(self, rows: Any, name: str = "seller") -> Any:
        return rows.filter(**{f"{name}__gte": self.first, f"{name}__lte": self.last})

    @classmethod
    def around(cls, keys: np.ndarray) -> "Range":
        """From the first to the last of ordered keys."""
        return cls(int(keys[0]), int(keys[-1]))


def are_missing(sellers: Range, *, version: Version) -> bool:
    known = PillarSum.objects.filter(formula=version.pk, seller=OuterRef("pk"))
    return bool(sellers.of(roster.sellers(), "pk").filter(~Exists(known)).exists())


def build_missing(sellers: Range, *, version: Version, today: date) -> int:
    """Write the sums of all sellers of a range who have none under a version; gives how many.

    A new formula, or people who came by bulk. What others write meanwhile waits.
    """
    with transaction.atomic():
        _leave_other_cores()
        roster.lock_range(sellers.first, sellers.last)
        keys = columns.read(sellers.of(roster.sellers(), "pk").order_by("pk"), "pk")["pk"]
        kept = columns.read(sellers.of(PillarSum.objects.filter(formula=version.pk)), "seller_id")
        missing = np.setdiff1d(keys, kept["seller_id"])
        if missing.size:
            columns.append(PillarSum, {"formula_id": version.pk, **build(missing, version=version, on=today)})
    return int(missing.size)


def _leave_other_cores() -> None:
    """Keep PostgreSQL from sharing our reading out: its other cores have parts of their own to read."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")


def build(keys: np.ndarray, *, version: Version, on: date, last: date | None = None) -> Columns:
    """Sum the past of some sellers, in the order of their keys: the columns of PillarSum.

    With a last day, as things stood on it: later tallies are left out.
    """
    sellers = Range.around(keys)
    kinds = {
        pk: version.formula.kinds[code] for pk, code in kind_codes().items() if code in version.formula.kinds
    }
    cells = read_cells(keys, last=last)
    found = running_sums(
        cells,
        n=keys.size,
        kinds=kinds,
        clocks=clocks_of(keys),
        formula=version.formula,
        landmark=on,
    )
    held = held_on(keys, kinds=kinds, on=on)
    acted = np.full(keys.size, NEVER, dtype=cells.day.dtype)
    np.minimum.at(acted, cells.seller, cells.day)
    began = np.minimum.reduce([acted, held["first"], _first_memberships(keys, sellers)])
    return {
        "seller_id": keys,
        **dict(zip(PILLARS, found.sums.T, strict=True)),
        "landmark": found.landmark,
        "newest": np.ma.masked_equal(found.newest, NO_DAY),
        **{name: held[name] for name in PillarSum.HELD},
        "held_from": np.full(keys.size, on.toordinal()),
        "held_until": np.ma.masked_equal(held["until"], NEVER),
        "began": np.ma.masked_equal(began, NEVER),
        "writes": np.zeros(keys.size, dtype=np.int32),
    }


def read_cells(keys: np.ndarray, *, last: date | None = None) -> Cells:
    """Read the tallies of sellers, told by their keys in order; all, or those up to a last day."""
    rows = Range.around(keys).of(Tally.objects.all())
    if last is not None:
        rows = rows.filter(day__lte=last)
    found = columns.read(rows, "seller_id", "day", "kind_id", "quantity")
    number, ours = numbers(found["seller_id"], keys)
    chosen = slice(None) if ours.all() else ours
    return Cells(number[chosen], *(found[name][chosen] for name in ("day", "kind_id", "quantity")))


def numbers(wanted: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Say at which place of the ordered keys each wanted one is, and whether it is there at all."""
    if not keys.size:
        return np.zeros(wanted.size, dtype=np.int64), np.zeros(wanted.size, dtype=bool)
    number = np.minimum(np.searchsorted(keys, wanted), keys.size - 1)
    return number, keys[number] == wanted


def clocks_of(keys: np.ndarray) -> dict[int, Clock]:
    """The clocks of those among the sellers who were ever away, by their number."""
    rows = Range.around(keys).of(roster.leaves())
    away: dict[int, list[Any]] = {}
    for seller, first, until in rows.values_list("seller", "first", "until"):
        away.setdefault(seller, []).append(Span(first, until))
    number, ours = numbers(np.array(list(away), dtype=np.int64), keys)
    return {
        int(at): Clock(spans) for at, spans, known in zip(number, away.values(), ours, strict=True) if known
    }


def ages(keys: np.ndarray, landmarks: np.ndarray, *, on: date) -> np.ndarray:
    """The days on each seller's own clock from a landmark, an ordinal, to a day."""
    day = on.toordinal()
    least, most = min(int(landmarks.min()), day), max(int(landmarks.max()), day)
    between = roster.leaves().filter(first__lte=date.fromordinal(most), until__gt=date.fromordinal(least))
    found = columns.read(Range.around(keys).of(between), "seller_id", "first", "until")
    number, ours = numbers(found["seller_id"], keys)
    leave = LeaveDays(number[ours], found["first"][ours], found["until"][ours])
    return clock_ages(landmarks, day, leave=leave)


def held_on(keys: np.ndarray, *, kinds: dict[int, Kind], on: date) -> Columns:
    """What the standing items of sellers are worth on a day, by pillar as in PillarSum.HELD.

    Beside it the `first` day on which anything was ever held, and `until` when this stays so.
    """
    number, kind, first, until = _held(keys)
    day = on.toordinal()
    begun, ends = np.full(keys.size, NEVER), np.full(keys.size, NEVER)
    np.minimum.at(begun, number, first)
    for change in (first, until):
        later = change > day
        np.minimum.at(ends, number[later], change[later])
    is_held = (first <= day) & (day < until)
    return {"first": begun, "until": ends, **_held_points(number[is_held], kind[is_held], keys.size, kinds)}


def held_by_kind(keys: np.ndarray, *, kinds: dict[int, Kind], on: date) -> np.ndarray:
    """The points of the standing items that sellers hold on a day: by seller, and by kind's key."""
    number, kind, first, until = _held(keys)
    is_held = (first <= on.toordinal()) & (on.toordinal() < until)
    points = np.zeros((keys.size, 1 + max([*kinds, int(kind.max(initial=0))])))
    for key, known in kinds.items():
        if known.standing:
            points[number[is_held & (kind == key)], key] = known.points
    return points


def _held(keys: np.ndarray) -> tuple[np.ndarray, ...]:
    """Whose items they are, by number, of which kind, from when until when."""
    rows = Range.around(keys).of(Holding.objects.all())
    found = columns.read(rows, "seller_id", "kind_id", "first", "until")
    number, ours = numbers(found["seller_id"], keys)
    kind, first, until = (found[name][ours] for name in ("kind_id", "first", "until"))
    return number[ours], kind, first, np.where(until == NO_DAY, NEVER, until)


def _held_points(number: np.ndarray, kind: np.ndarray, n: int, kinds: dict[int, Kind]) -> Columns:
    """Overlapping items of one kind count once."""
    most = 1 + max([*kinds, int(kind.max(initial=0))])
    is_held = np.zeros(n * most, dtype=bool)
    is_held[number * np.int64(most) + kind] = True
    once = np.flatnonzero(is_held)
    points = {pillar: np.zeros(most) for pillar in PILLARS}
    for key, known in kinds.items():
        if known.standing:
            points[known.pillar][key] = known.points
    return {
        f"held_{pillar}": np.bincount(once // most, weights=points[pillar][once % most], minlength=n)
        for pillar in PILLARS
    }


def _first_memberships(keys: np.ndarray, sellers: Range) -> np.ndarray:
    found = columns.read(sellers.of(roster.memberships()), "seller_id", "first")
    number, ours = numbers(found["seller_id"], keys)
    firsts = np.full(keys.size, NEVER)
    np.minimum.at(firsts, number[ours], found["first"][ours])
    return firsts


def team_on(keys: np.ndarray, day: date) -> np.ndarray:
    """The team of each seller on a day; -1 for none."""
    rows = roster.memberships().filter(Q(until=None) | Q(until__gt=day), first__lte=day)
    found = columns.read(Range.around(keys).of(rows), "seller_id", "team_id")
    teams = np.full(keys.size, -1, dtype=np.int32)
    number, ours = numbers(found["seller_id"], keys)
    teams[number[ours]] = found["team_id"][ours]
    return teams
