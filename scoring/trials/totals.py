"""What a trial says of everybody: added up part by part, and told of all when they are done."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from scoring.trials.effects import Effects

BIN = 500  # hundredths
BINS = 10_000 // BIN
NO_TEAM = -1

Totals = dict[str, Any]


def added(totals: Mapping[str, Any], effects: Effects) -> Totals:
    """Give totals with a part more. Days and kinds are lists of sums, see Effects."""
    days = dict(totals.get("days", {}))
    for day, amounts in effects.days.items():
        days[day.isoformat()] = _sum(days.get(day.isoformat()), amounts)
    kinds = dict(totals.get("kinds", {}))
    for code, worths in effects.kinds.items():
        kinds[code] = _sum(kinds.get(code), worths)
    return {**totals, "days": days, "kinds": kinds}


def _sum(one: Any, other: Any) -> list[Any]:
    return list(other) if one is None else [a + b for a, b in zip(one, other, strict=True)]


def told(team: np.ndarray, before: np.ndarray, after: np.ndarray) -> Totals:
    """How indexes are spread before and after, and how they move; in each team, too.

    moves counts who rises and who falls; furthest are the largest rise and the largest fall. By team: how
    many, both sums, how many rise, how many fall.
    """
    rise = after - before
    return {
        "spread": [_spread(before), _spread(after)],
        "moves": [int((rise > 0).sum()), int((rise < 0).sum())],
        "furthest": [int(rise.max(initial=0)), int(rise.min(initial=0))],
        "teams": _by_team(team, before, after),
    }


def told_of_ranks(before: np.ndarray, after: np.ndarray) -> Totals:
    """How many have a rank, how many keep theirs, and by how many places the others move."""
    by = np.abs(after - before)
    same, most = int((by == 0).sum()), int(by.max(initial=0))
    return {"ranks": {"n": int(by.size), "same": same, "most": most}}


def _spread(ssi: np.ndarray) -> list[int]:
    """How many are in each step of 5 points; 100 belongs to the last."""
    counts: list[int] = np.bincount(np.minimum(ssi // BIN, BINS - 1), minlength=BINS).tolist()
    return counts


def _by_team(team: np.ndarray, before: np.ndarray, after: np.ndarray) -> dict[str, list[int]]:
    keys, number = np.unique(team, return_inverse=True)
    rise = after - before
    amounts = (np.ones(team.size), before, after, rise > 0, rise < 0)
    sums = [np.bincount(number, weights=one, minlength=keys.size).astype(np.int64) for one in amounts]
    rows = zip(keys.tolist(), np.stack(sums, axis=1).tolist(), strict=True)
    return {str(key): row for key, row in rows if key != NO_TEAM}
