"""Where a team stands: bands, movement, who improved most, and what the best do that the others do not.

Of shown sellers who are active on the day. There is no list of the lowest, nor of who fell.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from scoring import standings
from scoring.labels import kind_label, pillar_label
from scoring.models import Score, Tally
from scoring.rulebook import kinds
from teams.comparison import Average, average_of, shown
from teams.listing import Listing
from teams.models import User

BANDS = ((0, 30), (30, 50), (50, 70), (70, 101))  # points: from, and below
WEEKS = (4, 12)
WEEK = timedelta(days=7)
MOST_IMPROVED = 5
MOST_KINDS = 8
FEWEST_AT_THE_TOP = 4
LONGEST_TOLD = 5000  # sellers; of more only what a night has counted is told
HABIT_DAYS = 28


@dataclass(frozen=True)
class Band:
    """How many have an index from `low` to below `below`, in points; `share` in hundredths of a percent."""

    low: int
    below: int
    n: int
    share: int


@dataclass(frozen=True)
class Movement:
    """The averages now and some weeks before, each of who was in the team that day, None for fewer than 5.

    rose, fell and same count those of today who had an index then; None where the list is too long.
    """

    weeks: int
    day: date
    then: int | None
    now: int | None
    rose: int | None
    fell: int | None
    same: int | None

    @property
    def change(self) -> int | None:
        return None if self.then is None or self.now is None else self.now - self.then


@dataclass(frozen=True)
class Riser:
    """Somebody whose index rose, by how much, in hundredths."""

    seller: int
    name: str
    ssi: int
    rise: int


@dataclass(frozen=True)
class Habit:
    """A kind, and in percent how many of the top quarter and of the others did it in four weeks."""

    label: str
    pillar: str
    pillar_label: str
    top: int
    others: int


@dataclass(frozen=True)
class TeamStanding:
    """n counts the sellers; `top` those of the top quarter, 0 where it is too small to tell its habits."""

    n: int
    bands: list[Band]
    average: Average | None
    organisation: Average | None
    movements: list[Movement]
    risers: list[Riser]
    top: int
    habits: list[Habit]
    is_told: bool


def standing_of(listing: Listing, *, day: date) -> TeamStanding:
    """Put it together for a published day; as many queries however many sellers there are."""
    bands = _bands(listing, day)
    n = sum(band.n for band in bands)
    average = average_of(listing, day)
    is_told = n <= LONGEST_TOLD
    top, habits = _habits(listing, day, n=n) if is_told else (0, [])
    return TeamStanding(
        n=n,
        bands=bands,
        average=average,
        organisation=average_of(Listing.everybody(), day),
        movements=[_movement(listing, day, weeks, average, is_told=is_told) for weeks in WEEKS],
        risers=_risers(listing, day, day - WEEKS[0] * WEEK) if is_told else [],
        top=top,
        habits=habits,
        is_told=is_told,
    )


def _bands(listing: Listing, day: date) -> list[Band]:
    """Count them; of a long list as its night left it."""
    counts = _counted_by_night(listing, day) or _counted_now(listing, day)
    n = sum(counts)
    return [
        Band(low, below, count, 10_000 * count // n if n else 0)
        for (low, below), count in zip(BANDS, counts, strict=True)
    ]


def _counted_now(listing: Listing, day: date) -> list[int]:
    inside = {
        f"from_{low}": Count("ssi", filter=Q(ssi__gte=100 * low, ssi__lt=100 * below)) for low, below in BANDS
    }
    counts = shown(listing.scores(day)).aggregate(**inside)
    return [counts[name] for name in inside]


def _counted_by_night(listing: Listing, day: date) -> list[int]:
    """Nothing of a list that is short, or of a night whose order is not kept."""
    key = (listing.of, listing.key)
    reached: list[int] = []
    for low, _below in BANDS[1:]:
        night = standings.told_to(100 * low - 1, [key], day).get(key)
        if night is None or night.rank is None:
            return []
        reached = [*(reached or [night.n]), night.rank - 1]
    return [n - higher for n, higher in pairwise([*reached, 0])]


def _movement(listing: Listing, day: date, weeks: int, average: Average | None, *, is_told: bool) -> Movement:
    before = day - weeks * WEEK
    then = average_of(listing, before)
    averages = then.ssi if then else None, average.ssi if average else None
    counts: dict[str, int | None] = {"rose": None, "fell": None, "same": None}
    if is_told:
        counts = _with_change(listing, day, before).aggregate(
            rose=Count("ssi", filter=Q(rise__gt=0)),
            fell=Count("ssi", filter=Q(rise__lt=0)),
            same=Count("ssi", filter=Q(rise=0)),
        )
    return Movement(weeks, before, *averages, **counts)


def _with_change(listing: Listing, day: date, before: date) -> QuerySet[Any]:
    """The shown scores of the day, each with its `rise` since another; null without a score then."""
    then = Score.objects.on(before).filter(seller=OuterRef("seller")).values("ssi")
    return shown(listing.scores(day)).annotate(rise=F("ssi") - Subquery(then))


def _risers(listing: Listing, day: date, before: date) -> list[Riser]:
    rows = _with_change(listing, day, before).filter(rise__gt=0)
    by_name = ("seller__user__last_name", "seller__user__first_name", "seller")
    found = rows.order_by("-rise", *by_name).values_list(
        "seller", "seller__user__first_name", "seller__user__last_name", "seller__user__email", "ssi", "rise"
    )
    return [
        Riser(pk, User(first_name=first, last_name=last, email=email).name, ssi, rise)
        for pk, first, last, email, ssi, rise in found[:MOST_IMPROVED]
    ]


def _habits(listing: Listing, day: date, *, n: int) -> tuple[int, list[Habit]]:
    """What a larger share of the top quarter did than of the others, the largest difference first.

    All who have as much as the last of the quarter belong to it. Nothing where one of the sides is fewer
    than four.
    """
    quarter = n // 4
    if quarter < FEWEST_AT_THE_TOP:
        return 0, []
    scores = shown(listing.scores(day))
    last = scores.order_by("-ssi").values_list("ssi", flat=True)[quarter - 1 : quarter].first()
    best = scores.filter(ssi__gte=last or 0)
    top = best.count()
    others = n - top
    if others < FEWEST_AT_THE_TOP:
        return 0, []
    did = Tally.objects.filter(
        day__gt=day - timedelta(days=HABIT_DAYS), day__lte=day, seller__in=scores.values("seller")
    )
    in_top = Count("seller", distinct=True, filter=Q(seller__in=best.values("seller")))
    rows = did.order_by().values_list("kind").annotate(top=in_top, all=Count("seller", distinct=True))
    return top, sorted(_larger(rows, top=top, others=others), key=_difference)[:MOST_KINDS]


def _larger(rows: Any, *, top: int, others: int) -> Iterator[Habit]:
    for kind_id, of_top, of_all in rows:
        kind = kinds()[kind_id]
        shares = [_percent(of_top, top), _percent(of_all - of_top, others)]
        if shares[0] > shares[1]:
            yield Habit(kind_label(kind.code), kind.pillar, pillar_label(kind.pillar), *shares)


def _difference(habit: Habit) -> tuple[int, str]:
    return habit.others - habit.top, habit.label


def _percent(n: int, of: int) -> int:
    return (200 * n + of) // (2 * of)
