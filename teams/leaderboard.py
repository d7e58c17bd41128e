"""The places of a team's sellers on one day, as finished values: who shows them asks the database nothing."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from scoring.formula.periods import Period
from scoring.formula.ranking import ranks
from scoring.models import Score
from teams.models import Seller
from teams.names import folded, in_order

COLUMNS = ("rank", "name", "brand", "find", "engage", "relate", "ssi", "change")
FALLING_FIRST = frozenset(COLUMNS) - {"rank", "name"}  # what one wants to see the highest of


@dataclass(frozen=True)
class Place:
    """One row of a board; scores and change in hundredths.

    `rank` is that in the whole team. A seller who is not shown has the place they would have: one more than
    the shown sellers above. `move` counts places up since the day compared to, and is None when there is
    nothing to compare; `change` is None without a score on that day.
    """

    seller: int
    name: str
    initials: str
    team: int
    team_name: str
    brand: int
    find: int
    engage: int
    relate: int
    ssi: int
    rank: int
    tied: bool
    is_shown: bool
    move: int | None = None
    is_new: bool = False
    change: int | None = None
    is_you: bool = False
    may_open: bool = False
    may_follow: bool = False
    followed: bool = False


@dataclass(frozen=True)
class Board:
    """Every row that the viewer may see, in the order of rank; `n` counts the shown sellers only."""

    day: date
    compared_to: date
    n: int
    places: list[Place] = field(default_factory=list)

    @property
    def own(self) -> Place | None:
        return next((place for place in self.places if place.is_you), None)

    def listed(
        self,
        *,
        query: str = "",
        team_ids: Collection[int] | None = None,
        sort: str = "rank",
        language: str = "en",
    ) -> list[Place]:
        """Keep who is in the teams and whose name has the words' parts; sort by a column, "-" for falling.

        Stable: equal values stay in the order of rank, unknown ones come last either way.
        """
        words = folded(query).split()
        kept = [
            place
            for place in self.places
            if (team_ids is None or place.team in team_ids)
            and all(word in folded(place.name) for word in words)
        ]
        return _sorted(kept, sort.removeprefix("-"), language, falling=sort.startswith("-"))


@dataclass(frozen=True)
class Viewer:
    """Who looks at the board: the seller they are, whose pages they may open, whom they may follow and do."""

    seller: int | None = None
    coached: QuerySet[Seller] | None = None
    followable: QuerySet[Seller] | None = None


class _Row(NamedTuple):
    seller: int
    first_name: str
    last_name: str
    email: str
    is_shown: bool
    team: int
    team_name: str
    brand: int
    find: int
    engage: int
    relate: int
    ssi: int


def days_of(period: Period, *, published: date) -> tuple[date, date]:
    """The day whose board is that of the period, its last complete one, and the day it is compared to.

    A day is compared to a week before, a week or month to the last day of the period before.
    """
    day = min(period.last, published)
    return day, day - timedelta(days=7) if period.length == "day" else period.previous().last


def board(
    team_ids: Collection[int], *, day: date, compared_to: date, viewer: Viewer, language: str = "en"
) -> Board:
    """Rank the members of the teams on a day; at most six queries, however many they are.

    Sellers who are not shown are in no number; their row is there for themselves and who may coach them.
    """
    rows = _rows(team_ids, day)
    earlier = _earlier_ranks(team_ids, compared_to)
    before = dict(_members(team_ids, day, scored_on=compared_to).values_list("seller_id", "ssi"))
    coached, followable, followed = _relations(viewer, _members(team_ids, day).values("seller"))

    places = []
    shown = Counter(row.ssi for row in rows if row.is_shown)
    rank_of = dict(zip(shown_scores := list(shown.elements()), ranks(shown_scores), strict=True))
    for row in rows:
        if not (row.is_shown or row.seller == viewer.seller or row.seller in coached):
            continue
        place = _place(row, shown, rank_of)
        places.append(
            replace(
                place,
                **(_movement(place, earlier) if row.is_shown else {}),
                change=row.ssi - before[row.seller] if row.seller in before else None,
                is_you=row.seller == viewer.seller,
                may_open=row.seller in coached,
                may_follow=row.seller in followable,
                followed=row.seller in followed,
            )
        )
    places.sort(key=lambda place: (-place.ssi, in_order(place.name, language)))
    return Board(day=day, compared_to=compared_to, n=shown.total(), places=places)


def _members(team_ids: Collection[int], day: date, *, scored_on: date | None = None) -> QuerySet[Score]:
    """The scores of who was a member of the teams on the day, and active; of that day unless told another."""
    return Score.objects.on(scored_on or day).filter(
        Q(seller__left_on=None) | Q(seller__left_on__gt=day),
        Q(seller__memberships__until=None) | Q(seller__memberships__until__gt=day),
        seller__memberships__team__in=team_ids,
        seller__memberships__first__lte=day,
    )


def _rows(team_ids: Collection[int], day: date) -> list[_Row]:
    values = _members(team_ids, day).values_list(
        "seller_id",
        "seller__user__first_name",
        "seller__user__last_name",
        "seller__user__email",
        "seller__shown_on_boards",
        "seller__memberships__team_id",
        "seller__memberships__team__name",
        *Score.PARTS,
    )
    return [_Row(*row) for row in values]


def _earlier_ranks(team_ids: Collection[int], day: date) -> dict[int, int]:
    shown = _members(team_ids, day).filter(seller__shown_on_boards=True)
    scores = dict(shown.values_list("seller_id", "ssi"))
    return dict(zip(scores, ranks(list(scores.values())), strict=True))


def _relations(viewer: Viewer, sellers: QuerySet[Any]) -> tuple[set[int], set[int], set[int]]:
    """Of the sellers: whose page the viewer may open, whom they may follow, whom they follow."""

    def among(known: QuerySet[Seller] | None) -> set[int]:
        if known is None:
            return set()
        return set(known.filter(pk__in=sellers).order_by().values_list("pk", flat=True))

    followed = Seller.objects.filter(followers__follower=viewer.seller) if viewer.seller else None
    return among(viewer.coached), among(viewer.followable), among(followed)


def _place(row: _Row, shown: Counter[int], rank_of: dict[int, int]) -> Place:
    name = f"{row.first_name} {row.last_name}".strip() or row.email.partition("@")[0]
    return Place(
        seller=row.seller,
        name=name,
        initials=(row.first_name[:1] + row.last_name[:1]).upper() or name[:1].upper(),
        team=row.team,
        team_name=row.team_name,
        brand=row.brand,
        find=row.find,
        engage=row.engage,
        relate=row.relate,
        ssi=row.ssi,
        rank=rank_of.get(row.ssi) or 1 + sum(n for ssi, n in shown.items() if ssi > row.ssi),
        tied=shown[row.ssi] > (1 if row.is_shown else 0),
        is_shown=row.is_shown,
    )


def _movement(place: Place, earlier: dict[int, int]) -> dict[str, Any]:
    """Nothing when nobody was on the board then; "new" for who was not."""
    if not earlier:
        return {}
    before = earlier.get(place.seller)
    return {"is_new": True} if before is None else {"move": before - place.rank}


def _sorted(places: list[Place], column: str, language: str, *, falling: bool) -> list[Place]:
    keys: dict[str, Callable[[Place], Any]] = {
        "rank": lambda place: -place.ssi,  # as rank, and right for those who only would have one
        "name": lambda place: in_order(place.name, language),
    }
    key = keys.get(column) or attrgetter(column)
    unknown = [place for place in places if key(place) is None]
    known = [place for place in places if key(place) is not None]
    return sorted(known, key=key, reverse=falling) + unknown
