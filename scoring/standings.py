"""What a night says of everybody at once: ranks, positions, averages; and which old days are kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import F
from django.db.models.functions import Substr

from scoring import columns, roster
from scoring.bulk import NONE, SCORED, unplaced
from scoring.formula.ranking import Places, above, places
from scoring.models import Score, Standing
from scoring.recompute import DAYS_KEPT, ONE_DAY, kept

LONGEST_LIVE = 1000  # rows that are ranked while somebody waits
ORDERS_KEPT = timedelta(
    days=40
)  # for boards of this month and the last; older ones are ranked when asked for
LEVELS = ("team", "parent", "grandparent")
WIDTH = 4  # bytes of a packed number


def rank(scored: np.ndarray, *, day: date) -> np.ndarray:
    """Place all who were scored, and write what the night says of each list; gives PLACED, in their order.

    Sellers who are not shown have no place, and are in no number.
    """
    placed = unplaced(scored)
    shown = np.flatnonzero(scored["is_shown"])
    Standing.objects.filter(day=day).delete()
    if shown.size:
        people = scored[shown]
        _everybody(placed, people, shown, day=day)
        _industries(placed, people, shown, day=day)
        _teams(placed, people, shown, day=day)
    return placed


def _everybody(placed: np.ndarray, people: np.ndarray, shown: np.ndarray, *, day: date) -> None:
    found = places(people["ssi"], np.zeros(people.size, dtype=np.uint16))
    placed["rank"][shown], placed["position"][shown] = found.rank, found.position
    _keep(Standing.Of.EVERYBODY, found, people, day=day)


def _industries(placed: np.ndarray, people: np.ndarray, shown: np.ndarray, *, day: date) -> None:
    inside = np.flatnonzero(people["industry"] != NONE)
    found = places(people["ssi"][inside], people["industry"][inside])
    placed["industry_rank"][shown[inside]] = found.rank
    placed["industry_position"][shown[inside]] = found.position
    _keep(Standing.Of.INDUSTRY, found, people[inside], day=day)


def _teams(placed: np.ndarray, people: np.ndarray, shown: np.ndarray, *, day: date) -> None:
    """A seller is in the list of their team and in those of all teams above: one member each."""
    chains = _chains(people["team"])
    person, level = np.nonzero(chains != NONE)
    found = places(people["ssi"][person], chains[person, level])
    for number, name in enumerate(LEVELS):
        here = level == number
        placed[f"{name}_rank"][shown[person[here]]] = found.rank[here]
        placed[f"{name}_position"][shown[person[here]]] = found.position[here]
    _keep(Standing.Of.TEAM, found, people[person], day=day)


def _chains(teams: np.ndarray) -> np.ndarray:
    """A row a seller: the keys of their team and of those above it, -1 where there are no more."""
    tree = columns.read(roster.teams(), "pk", "parent")
    # The last place stands for "no team", whose parent is none either.
    parents = np.full(2 + max(tree["pk"].max(initial=0), teams.max(initial=0)), NONE, dtype=np.int32)
    parents[tree["pk"]] = tree["parent"]
    levels = [teams]
    # A tree is never deeper than it has teams, even where somebody made a ring of it.
    while (levels[-1] != NONE).any() and len(levels) <= tree["pk"].size:
        levels.append(parents[levels[-1]])
    return np.stack(levels, axis=1)


def _keep(of: Standing.Of, found: Places, people: np.ndarray, *, day: date) -> None:
    """Write numbers and averages of lists, of long ones also the order."""
    n = found.ends - found.begins
    rows: dict[str, Any] = {
        "of": of.value,
        "key": found.lists,
        "day": np.full(n.size, day.toordinal()),
        "n": n,
    }
    for part in Score.PARTS:
        total = np.add.reduceat(people[part][found.order].astype(np.int64), found.begins) if n.size else n
        rows[part] = (2 * total + n) // (2 * n)
    is_long = n > LONGEST_LIVE
    short = {name: value if isinstance(value, str) else value[~is_long] for name, value in rows.items()}
    if not is_long.all():
        columns.append(Standing, short)
    Standing.objects.bulk_create(
        Standing(
            of=of,
            day=day,
            **{name: int(rows[name][which]) for name in ("key", "n", *Score.PARTS)},
            **_packed(people[found.order[found.begins[which] : found.ends[which]]]),
        )
        for which in np.flatnonzero(is_long)
    )


def _packed(people: np.ndarray) -> dict[str, bytes]:
    return {
        "order": people["seller"].astype(">i4").tobytes(),
        "above": above(people["ssi"]).astype(">i4").tobytes(),
    }


def sellers_at(of: str, key: int, day: date, *, first: int, count: int) -> list[int] | None:
    """The sellers from a position on, by the night's order; None where a list has none to show."""
    found = _slice("order", of, key, day, start=first - 1, count=count)
    return None if found is None else found.tolist()


def live_rank(of: str, key: int, day: date, ssi: int) -> int | None:
    """The rank that a score has among those of a night: one more than are above; None as above."""
    found = _slice("above", of, key, day, start=ssi, count=1)
    return None if found is None else 1 + int(found[0])


def _slice(name: str, of: str, key: int, day: date, *, start: int, count: int) -> np.ndarray | None:
    rows = Standing.objects.filter(of=of, key=key, day=day, **{f"{name}__isnull": False})
    found = rows.values_list(Substr(F(name), 1 + WIDTH * start, WIDTH * count), flat=True).first()
    return None if found is None else np.frombuffer(found, dtype=">i4").astype(int)


def rank_again(day: date) -> None:
    """Place those who are scored for a day anew, and write the places that changed."""
    scored = _stored(day)
    placed = rank(scored, day=day)
    rows = {"seller_id": placed["seller"], "day": np.full(placed.size, day.toordinal())}
    rows |= {place: np.ma.masked_equal(placed[place], NONE) for place in Score.PLACES}
    if placed.size:
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
