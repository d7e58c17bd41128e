"""What a night says of everybody at once: ranks, positions, averages; and which old days are kept."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import F, Q
from django.db.models.functions import Substr

from scoring import columns, roster
from scoring.bulk import SCORED
from scoring.column_forms import Columns
from scoring.formula.ranking import NONE, Places, above, best_first, places
from scoring.models import Score, Standing
from scoring.recompute import DAYS_KEPT, ONE_DAY, kept

LONGEST_LIVE = 1000  # rows that are ranked while somebody waits
ORDERS_KEPT = timedelta(
    days=40
)  # for boards of this month and the last; older ones are ranked when asked for
LEVELS = ("team_", "parent_", "grandparent_")
DEEPEST = 64  # levels of teams; what has more is a ring
NUMBER = np.dtype(">i4")  # as it is packed
WIDTH = NUMBER.itemsize


@dataclass(frozen=True)
class Shown:
    """The sellers who are shown, best first: at which row of those scored each is, and their columns."""

    row: np.ndarray
    seller: np.ndarray
    parts: dict[str, np.ndarray]

    @property
    def ssi(self) -> np.ndarray:
        return self.parts["ssi"]


def rank(scored: np.ndarray, *, day: date) -> Columns:
    """Place all who were scored, and write what the night says of each list.

    Gives a column for each of Score.PLACES, in the order of those scored; NONE for who is not shown, and is
    in no number.
    """
    placed = {place: np.full(scored.size, NONE, dtype=np.int32) for place in Score.PLACES}
    # Whole columns, for picking from rows of many fields costs a cache line each.
    parts = {part: scored[part].copy() for part in Score.PARTS}
    row = np.flatnonzero(scored["is_shown"])
    row = row[_by_name(scored["seller"][row])]
    row = row[best_first(parts["ssi"][row])]
    shown = Shown(row, scored["seller"][row], {part: column[row] for part, column in parts.items()})
    Standing.objects.filter(day=day).delete()
    here = np.zeros(row.size, dtype=np.int32)
    lists = [
        (Standing.Of.EVERYBODY, here, here, ("",)),
        (Standing.Of.INDUSTRY, scored["industry"][row], here, ("industry_",)),
        *((Standing.Of.TEAM, *teams, LEVELS) for teams in _teams_by_depth(scored["team"][row])),
    ]
    for of, keys, level, names in lists:
        found = places(shown.ssi, keys)
        _place(placed, shown.row, found, level, names)
        _keep(of, found, shown, day=day)
    return placed


def _by_name(sellers: np.ndarray) -> np.ndarray:
    """Say in which order sellers, told by key, stand by name as it was put down; who came since is last."""
    packed = columns.take(roster.name_orders(), "sellers")
    ordered = np.frombuffer(packed[0] if packed else b"", dtype=NUMBER)
    most = max(int(ordered.max(initial=0)), int(sellers.max(initial=0)))
    number = np.full(1 + most, NONE, dtype=np.int32)
    number[sellers] = np.arange(sellers.size)
    known = number[ordered]
    known = known[known != NONE]
    is_new = np.ones(sellers.size, dtype=bool)
    is_new[known] = False
    return np.concatenate([known, np.flatnonzero(is_new)])


def _teams_by_depth(teams: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """For each depth of the tree: the team there, own or above, and how many levels above the own one it is.

    A list's team has one depth, so no list is in two of these.
    """
    tree = columns.read(roster.teams(), "pk", "parent")
    most = int(max(tree["pk"].max(initial=0), teams.max(initial=0)))
    # The place after the last stands for "no team", which is its own parent.
    parents = np.full(2 + most, NONE, dtype=np.int32)
    parents[tree["pk"]] = tree["parent"]
    depth, above_it = np.full(2 + most, NONE, dtype=np.int32), np.arange(2 + most, dtype=np.int32)
    above_it[NONE] = NONE
    for _step in range(DEEPEST):
        depth += above_it != NONE
        above_it = parents[above_it]
    # Where somebody made a ring of teams, there is no top: each of them stands for itself.
    parents[above_it != NONE], depth[above_it != NONE] = NONE, 0
    for wanted in range(int(depth.max(initial=NONE)) + 1):
        team, level = np.arange(2 + most, dtype=np.int32), np.maximum(depth - wanted, NONE)
        for step in range(int(level.max(initial=0))):
            team = np.where(level > step, parents[team], team)
        team = np.where(level >= 0, team, NONE)
        yield team[teams], level[teams]


def _place(
    placed: Columns, row: np.ndarray, found: Places, level: np.ndarray, names: tuple[str, ...]
) -> None:
    """Who is on no list has NONE there, too."""
    for number, name in enumerate(names):
        chosen = level == number
        placed[f"{name}rank"][row[chosen]] = found.rank[chosen]
        placed[f"{name}position"][row[chosen]] = found.position[chosen]


def _keep(of: Standing.Of, found: Places, shown: Shown, *, day: date) -> None:
    """Write numbers and averages of lists, of long ones also the order."""
    if not found.keys.size:
        return
    n = found.ends - found.begins
    rows: Columns = {"key": found.keys, "day": np.full(n.size, day.toordinal()), "n": n}
    for part, hundredths in shown.parts.items():
        total = np.add.reduceat(hundredths[found.order], found.begins, dtype=np.int64)
        rows[part] = (2 * total + n) // (2 * n)
    columns.append(Standing, {"of": of.value, **rows})
    long_ones = (
        {"of": of.value, "key": int(found.keys[which]), "day": day}
        | _packed(shown, found.order[found.begins[which] : found.ends[which]])
        for which in np.flatnonzero(n > LONGEST_LIVE)
    )
    columns.put(Standing, long_ones, key=("of", "key", "day"))


def _packed(shown: Shown, order: np.ndarray) -> dict[str, Any]:
    return {
        "order": shown.seller[order].astype(NUMBER).tobytes(),
        "above": above(shown.ssi[order]).astype(NUMBER).tobytes(),
    }


def sellers_at(of: str, key: int, day: date, *, first: int, count: int) -> list[int] | None:
    """The sellers from a position on, by the night's order; None where a list has none to show."""
    rows = Standing.objects.filter(of=of, key=key, day=day, order__isnull=False)
    part = Substr(F("order"), 1 + WIDTH * (first - 1), WIDTH * count)
    found = rows.values_list(part, flat=True).first()
    return None if found is None else np.frombuffer(found, dtype=NUMBER).tolist()


@dataclass(frozen=True)
class Told:
    """What a night tells of a list: how many are on it, their average, and the rank that a score would have.

    `rank` is None where the night's order is not kept any more.
    """

    n: int
    average: int
    rank: int | None


def told_to(ssi: int, lists: Collection[tuple[str, int]], day: date) -> dict[tuple[str, int], Told]:
    """Tell of those lists (of, key) that are too long to be ranked while somebody waits, in one query."""
    which = Q(*(Q(of=of, key=key) for of, key in lists), _connector=Q.OR)
    rows = Standing.objects.told().filter(which, day=day, n__gt=LONGEST_LIVE)
    found = rows.values_list("of", "key", "n", "ssi", Substr(F("above"), 1 + WIDTH * ssi, WIDTH))
    return {(of, key): Told(n, average, _rank(above)) for of, key, n, average, above in found}


@dataclass(frozen=True)
class LongList:
    """What a night left of a list that is too long to be ranked while somebody waits.

    `above` is that of the standing, None where the night's order is not kept any more.
    """

    n: int
    average: int
    above: bytes | memoryview | None

    def told_to(self, ssi: int) -> Told:
        above = None if self.above is None else self.above[WIDTH * ssi : WIDTH * (ssi + 1)]
        return Told(self.n, self.average, _rank(above))


def long_lists(day: date) -> dict[tuple[str, int], LongList]:
    """Those of everybody and of the industries, by `of` and key; some ten kilobytes each, in one query."""
    overall = Standing.objects.told().filter(of__in=[Standing.Of.EVERYBODY, Standing.Of.INDUSTRY])
    found = overall.filter(day=day, n__gt=LONGEST_LIVE).values_list("of", "key", "n", "ssi", "above")
    return {(of, key): LongList(n, average, above) for of, key, n, average, above in found}


def _rank(above: bytes | memoryview | None) -> int | None:
    return None if above is None else 1 + int.from_bytes(above)


def rank_again(day: date) -> None:
    """Place those who are scored for a day anew, and write the places that changed."""
    scored = _stored(day)
    placed = rank(scored, day=day)
    if scored.size:
        rows: Columns = {place: np.ma.masked_equal(column, NONE) for place, column in placed.items()}
        rows |= {"seller_id": scored["seller"], "day": np.full(scored.size, day.toordinal())}
        columns.update(Score, rows, key=("seller_id", "day"))


def _stored(day: date) -> np.ndarray:
    """The scores of a day as they are stored, like those that a night has just computed."""
    found = columns.read(Score.objects.on(day).order_by("seller_id"), "seller_id", "team_id", *Score.PARTS)
    people = columns.read(roster.sellers().order_by("pk"), "pk", "industry", "shown_on_boards")
    number = np.searchsorted(people["pk"], found["seller_id"])
    scored = np.zeros(found["seller_id"].size, dtype=SCORED)
    scored["seller"], scored["team"] = found["seller_id"], found["team_id"]
    scored["industry"], scored["is_shown"] = people["industry"][number], people["shown_on_boards"][number]
    for part in Score.PARTS:
        scored[part] = found[part]
    return scored


def thin_out(*, today: date) -> None:
    """Of days that are no longer kept one by one, keep the last of each month; drop old nights' orders."""
    for day in list(_scored_until(today - timedelta(days=DAYS_KEPT))):
        if not kept(day, today=today):
            Score.objects.on(day).delete()
            Standing.objects.filter(day=day).delete()
    old = Standing.objects.filter(day__lt=today - ORDERS_KEPT, order__isnull=False)
    for day in list(old.order_by().values_list("day", flat=True).distinct()):
        if (day + ONE_DAY).day != 1:
            Standing.objects.filter(day=day, order__isnull=False).update(order=None, above=None)


def _scored_until(last: date) -> Iterator[date]:
    """The days with scores up to one, found by leaps along the key."""
    day = date.min
    while True:
        later = Score.objects.filter(day__gt=day, day__lte=last).order_by("day")
        found = later.values_list("day", flat=True).first()
        if found is None:
            return
        yield found
        day = found
