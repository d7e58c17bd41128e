"""What a formula would have made of the stored past of some sellers, beside the scores that they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from scoring import columns, sums
from scoring.models import Score
from scoring.past_of_many import Past
from scoring.rulebook import Rulebook, Version
from scoring.sums import Range

DAYS, EVERY = 90, 6  # the last so many days, each sixth of them
NO_SCORE = np.iinfo(np.int16).min


@dataclass(frozen=True)
class Effects:
    """For those with a score on the day: who, on which team (-1 for none), both indexes in hundredths.

    By day: how many have a score, the sum of these, the sum of those that the formula would give. By kind:
    the sums of what it contributes to the index on the day, in points, before and after.
    """

    seller: np.ndarray
    team: np.ndarray
    before: np.ndarray
    after: np.ndarray
    days: dict[date, tuple[int, int, int]]
    kinds: dict[str, tuple[float, float]]


def days_upto(day: date) -> list[date]:
    """The days that are compared, oldest first."""
    return [day - timedelta(days=ago) for ago in range(DAYS, -1, -EVERY)]


def effects_of(keys: np.ndarray, *, day: date, tried: Version, rules: Rulebook) -> Effects:
    """Try a formula on sellers, whose keys are in order and near each other."""
    days = days_upto(day)
    stored, past = _stored(keys, days), Past(keys, last=day)
    by_day: dict[date, tuple[int, int, int]] = {}
    for at, then in zip(stored, days, strict=True):
        is_scored = at != NO_SCORE
        after = past.parts_on(then, version=tried)["ssi"] if is_scored.any() else at
        by_day[then] = (int(is_scored.sum()), int(at[is_scored].sum()), int(after[is_scored].sum()))
    return Effects(
        seller=keys[is_scored],
        team=past.team_on(day.toordinal())[is_scored],
        before=at[is_scored],
        after=after[is_scored],
        days=by_day,
        kinds=_by_kind(past, is_scored, day, rules.on(day), tried),
    )


def _stored(keys: np.ndarray, days: Sequence[date]) -> np.ndarray:
    """The indexes by day and seller; NO_SCORE where there is none."""
    rows = Range.around(keys).of(Score.objects.filter(day__in=days))
    found = columns.read(rows, "seller_id", "day", "ssi")
    number, ours = sums.numbers(found["seller_id"], keys)
    place = np.searchsorted([day.toordinal() for day in days], found["day"][ours])
    stored = np.full((len(days), keys.size), NO_SCORE, dtype=np.int64)
    stored[place, number[ours]] = found["ssi"][ours]
    return stored


def _by_kind(
    past: Past, is_scored: np.ndarray, day: date, before: Version, after: Version
) -> dict[str, tuple[float, float]]:
    was, would_be = (past.contributions_on(day, formula=version.formula) for version in (before, after))
    none = np.zeros(is_scored.size)
    return {
        code: (
            float(was.get(code, none)[is_scored].sum()),
            float(would_be.get(code, none)[is_scored].sum()),
        )
        for code in {**was, **would_be}
    }
