"""Scores a day for many sellers at once: running sums in, rows out, through the same formula as for one."""

from dataclasses import astuple, dataclass
from datetime import date
from typing import Self

import numpy as np
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, QuerySet, Sum

from scoring import columns, roster, sums
from scoring.column_forms import NO_DAY, Columns
from scoring.columns import NewRows
from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import event_raw
from scoring.formula.pillar import scores
from scoring.formula.ranking import NONE
from scoring.models import PillarSum, Score
from scoring.recompute import ONE_DAY, WEEK
from scoring.rulebook import Rulebook, Version
from scoring.sums import Range

NO_SCORE = np.iinfo(np.int16).min
SCORED = np.dtype(
    [
        ("seller", np.int32),
        ("team", np.int32),
        ("industry", np.int32),
        *((part, np.int16) for part in Score.PARTS),
        ("change", np.int16),
        ("is_shown", np.bool_),
        ("has_lapsed", np.bool_),  # what the sums say of held items is over
    ]
)
PLACED = np.dtype([*SCORED.descr, *((place, np.int32) for place in Score.PLACES)])


@dataclass(frozen=True)
class Basis:
    """From which sums a range was scored: how many, of which sellers, written how often in all.

    Keys of sellers only grow, and writes are only counted up: if all three are as they were, so is each sum.
    """

    n: int
    keys: int
    writes: int

    @classmethod
    def of(cls, kept: Columns) -> Self:
        totals = (kept[name].sum(dtype=np.int64) for name in ("seller_id", "writes"))
        return cls(kept["writes"].size, *map(int, totals))

    @classmethod
    def now(cls, sellers: Range, *, version: Version) -> Self:
        totals = {"n": Count("*"), "keys": Sum("seller_id", default=0), "writes": Sum("writes", default=0)}
        return cls(**_sums_of(sellers, version).aggregate(**totals))


@dataclass(frozen=True)
class Scored:
    """The scores of a range, as SCORED by key, and from what."""

    rows: np.ndarray
    basis: Basis

    def packed(self) -> bytes:
        return np.array(astuple(self.basis), dtype=np.int64).tobytes() + self.rows.tobytes()

    @classmethod
    def unpack(cls, data: bytes) -> Self:
        basis = np.frombuffer(data, dtype=np.int64, count=3)
        return cls(np.frombuffer(data, dtype=SCORED, offset=basis.nbytes), Basis(*basis.tolist()))


def score(sellers: Range, *, day: date, today: date) -> Scored:
    """Score the active ones of a range for a day; nothing is written but sums that were missing.

    Whoever has tallies after that day, because it comes late, is scored from the tallies, all others from the
    running sums.
    """
    version = Rulebook().on(day)
    people = columns.read(
        sellers.of(roster.active_on(day), "pk").order_by("pk"), "pk", "industry", "shown_on_boards"
    )
    whole = _sums(sellers, people["pk"], version=version, today=today)
    has_begun, kept = _begun(whole, people["pk"], day=day)
    keys = people["pk"][has_begun]
    found = np.empty(keys.size, dtype=SCORED)
    if keys.size:
        found["has_lapsed"] = _have_lapsed(kept, day)
        _set_back(kept, keys, day=day, version=version)
        found["seller"] = keys
        found["industry"] = people["industry"][has_begun]
        found["is_shown"] = people["shown_on_boards"][has_begun]
        found["team"] = sums.team_on(keys, day)
        for part, hundredths in _parts(kept, keys, day=day, version=version).items():
            found[part] = hundredths
        found["change"] = _change(found["ssi"], keys, day=day)
    return Scored(found, Basis.of(whole))


def _sums(sellers: Range, keys: np.ndarray, *, version: Version, today: date) -> Columns:
    """The sums of a range by key; those of these sellers that nobody has built yet are built."""
    rows = _sums_of(sellers, version).order_by("seller_id")
    kept = columns.read(rows, *PillarSum.PACKED)
    if not sums.numbers(keys, kept["seller_id"])[1].all():
        sums.build_missing(sellers, version=version, today=today)
        kept = columns.read(rows, *PillarSum.PACKED)
    return kept


def _sums_of(sellers: Range, version: Version) -> QuerySet[PillarSum]:
    found: QuerySet[PillarSum] = sellers.of(PillarSum.objects.filter(formula=version.pk))
    return found


def _begun(kept: Columns, keys: np.ndarray, *, day: date) -> tuple[np.ndarray, Columns]:
    """Say which of the sellers have begun by a day, and give the sums of these."""
    begun = np.flatnonzero((kept["began"] != NO_DAY) & (kept["began"] <= day.toordinal()))
    number, has_begun = sums.numbers(keys, kept["seller_id"][begun])
    row = begun[number[has_begun]]
    return has_begun, {name: column[row] for name, column in kept.items()}


def _have_lapsed(kept: Columns, day: date) -> np.ndarray:
    """Whose held items have changed by themselves since their sums were written."""
    until, ordinal = kept["held_until"], day.toordinal()
    return (until != NO_DAY) & (until <= ordinal) & (kept["held_from"] < ordinal)


def _set_back(kept: Columns, keys: np.ndarray, *, day: date, version: Version) -> None:
    """Let sums that stand as of a later day, or of other holdings, say what was so on this day."""
    until, ordinal = kept["held_until"], day.toordinal()
    is_held_so = (kept["held_from"] <= ordinal) & ((until == NO_DAY) | (until > ordinal))
    other = np.flatnonzero(~(is_held_so & (kept["newest"] <= ordinal)))
    if other.size:
        then = sums.build(keys[other], version=version, on=day, last=day)
        for name in (*PILLARS, *PillarSum.HELD, "landmark"):
            kept[name][other] = then[name]


def _parts(kept: Columns, keys: np.ndarray, *, day: date, version: Version) -> dict[str, np.ndarray]:
    ages = sums.ages(keys, kept["landmark"], on=day)
    raw = {
        pillar: event_raw(kept[pillar], ages, version.formula.half_life_days) + kept[held]
        for pillar, held in zip(PILLARS, PillarSum.HELD, strict=True)
    }
    return scores(raw, formula=version.formula)._asdict()


def _change(ssi: np.ndarray, keys: np.ndarray, *, day: date) -> np.ndarray:
    rows = Range.around(keys).of(Score.objects.on(day - WEEK))
    before = columns.read(rows, "seller_id", "ssi")
    change = np.full(keys.size, NO_SCORE, dtype=np.int16)
    number, ours = sums.numbers(before["seller_id"], keys)
    change[number[ours]] = ssi[number[ours]] - before["ssi"][ours]
    return change


def lay_out(placed: np.ndarray, *, day: date) -> NewRows:
    """Make ready to write what was scored and placed: for that nobody has to wait."""
    return NewRows(Score, _rows(placed, day, Rulebook().on(day)))


def write(
    sellers: Range, placed: np.ndarray, basis: Basis, rows: NewRows, *, day: date, today: date
) -> np.ndarray:
    """Write the rows of a range, scored from these sums, placed and laid out; gives what was written.

    Also closes what the day before missed. Nobody else writes to these sellers meanwhile. Whoever was written
    to since they were scored is scored again, and keeps the place of the night, as with every write after it.
    """
    with transaction.atomic(savepoint=False):
        roster.lock_range(sellers.first, sellers.last)
        rules = Rulebook()
        version = rules.on(day)
        known = _scored_on(sellers, day)
        if known.size or Basis.now(sellers, version=version) != basis:
            placed = _scored_again(sellers, placed, day=day, today=today)
            gone = np.setdiff1d(known, placed["seller"])
            Score.objects.on(day).filter(seller__in=gone.tolist()).delete()
            is_known = sums.numbers(placed["seller"], known)[1]
            if is_known.any():
                columns.upsert(Score, _rows(placed[is_known], day, version), key=("seller_id", "day"))
            rows = lay_out(placed[~is_known], day=day)
        _append(rows)
        _close(sellers, placed["seller"], day=day - ONE_DAY, today=today, rules=rules)
        if placed["has_lapsed"].any():
            _renew(sellers, version=version, day=day)
    return placed


def _renew(sellers: Range, *, version: Version, day: date) -> None:
    """Let the sums of those whose held items have changed by themselves stand as of this day.

    They are asked for once more: the night of a later day may have been here meanwhile.
    """
    lapsed = _sums_of(sellers, version).filter(held_until__lte=day, held_from__lt=day)
    keys = columns.read(lapsed.order_by("seller_id"), "seller_id")["seller_id"]
    if keys.size:
        now = sums.build(keys, version=version, on=day) | {"formula_id": version.pk}
        del now["writes"]  # they say the same as before, of another day
        columns.update(PillarSum, now, key=("formula_id", "seller_id"))


def _scored_on(sellers: Range, day: date) -> np.ndarray:
    return np.sort(columns.read(sellers.of(Score.objects.on(day)), "seller_id")["seller_id"])


def _scored_again(sellers: Range, placed: np.ndarray, *, day: date, today: date) -> np.ndarray:
    """The range as it stands now, with the places that it had."""
    found = score(sellers, day=day, today=today).rows
    now = unplaced(found)
    number, ours = sums.numbers(found["seller"], placed["seller"])
    for place in Score.PLACES:
        now[place][ours] = placed[place][number[ours]]
    return now


def _append(rows: NewRows) -> None:
    """Append new rows; where somebody's row came in between, write over it.

    On SQLite nobody's can, and for a savepoint it would put aside every page that it changes.
    """
    if connection.vendor == "sqlite" or not len(rows):
        rows.append()
        return
    try:
        with transaction.atomic():
            rows.append()
    except IntegrityError:
        columns.upsert(Score, rows.columns, key=("seller_id", "day"))


def _rows(placed: np.ndarray, day: date, version: Version) -> Columns:
    rows = {
        "day": np.full(placed.size, day.toordinal()),
        **{part: placed[part] for part in Score.PARTS},
        "formula_id": np.full(placed.size, version.pk),
        "seller_id": placed["seller"],
        "team_id": np.ma.masked_equal(placed["team"], NONE),
        "change": np.ma.masked_equal(placed["change"], NO_SCORE),
    }
    return rows | {place: np.ma.masked_equal(placed[place], NONE) for place in Score.PLACES}


def _close(sellers: Range, scored: np.ndarray, *, day: date, today: date, rules: Rulebook) -> None:
    """Write the scores that a day still misses; they have no places until it is ranked again."""
    known = _scored_on(sellers, day)
    leaving = roster.sellers().filter(left_on=day + ONE_DAY)
    left = columns.read(sellers.of(leaving, "pk"), "pk")["pk"]
    wanted = np.concatenate([scored, left])
    unscored = wanted[~sums.numbers(wanted, known)[1]].tolist()
    version = rules.on(day)
    sums_then = PillarSum.objects.filter(formula=version.pk, began__lte=day)
    if unscored and sums_then.filter(seller__in=unscored).exists():
        found = score(sellers, day=day, today=today).rows
        missed = found[~sums.numbers(found["seller"], known)[1]]
        _append(lay_out(unplaced(missed), day=day))


def with_places(scored: np.ndarray, places: Columns) -> np.ndarray:
    """Put scores and places together, as PLACED."""
    whole = np.empty(scored.size, dtype=PLACED)
    for name in SCORED.names or ():
        whole[name] = scored[name]
    for place in Score.PLACES:
        whole[place] = places[place]
    return whole


def unplaced(scored: np.ndarray) -> np.ndarray:
    return with_places(scored, dict.fromkeys(Score.PLACES, np.int32(NONE)))  # type: ignore[arg-type]
