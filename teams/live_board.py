"""A board that is ranked from the current scores while somebody waits: for lists up to a thousand."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any

from scoring.formula.ranking import ranks
from teams.listing import Listing
from teams.names import folded, in_order
from teams.places import Earlier, Place, Rank, Row, Viewer, places, relations, rows_of

COLUMNS = ("rank", "name", "brand", "find", "engage", "relate", "ssi", "change")
FALLING_FIRST = frozenset(COLUMNS) - {"rank", "name"}  # what one wants to see the highest of


@dataclass(frozen=True)
class Listed:
    """The rows that were asked for; a page is a slice of them.

    `own_position` counts from 1 and is None when one's own row is not among them; `has_more` says that a
    search found more than it lists.
    """

    rows: Any
    own_position: int | None = None
    is_sortable: bool = True
    has_more: bool = False


@dataclass(frozen=True)
class Board:
    """Every row that the viewer may see, in the order of rank; `n` counts the shown sellers only."""

    day: date
    compared_to: date
    n: int
    places: list[Place] = field(default_factory=list)
    is_of_the_night = False

    @property
    def own(self) -> Place | None:
        return next((place for place in self.places if place.is_you), None)

    def listed(
        self,
        *,
        query: str = "",
        among: Listing | None = None,
        sort: str = "rank",
        language: str = "en",
    ) -> Listed:
        """Keep who is in the sub-team and whose name has the words' parts; sort by a column, "-" for falling.

        Stable: equal values stay in the order of rank, unknown ones come last either way.
        """
        words = folded(query).split()
        kept = [
            place
            for place in self.places
            if (among is None or place.team in among.team_ids)
            and all(word in folded(place.name) for word in words)
        ]
        return listed(kept, sort, language)


class LiveRanking:
    """Ranks among the scores of those who are shown."""

    def __init__(self, shown: Iterable[int]) -> None:
        self._shown = Counter(shown)
        self.n = self._shown.total()
        scores = list(self._shown.elements())
        self._ranks = dict(zip(scores, ranks(scores), strict=True))

    def rank(self, row: Row) -> Rank:
        """The place of a seller; of who is not shown, the one that they would have."""
        rank = self._ranks.get(row.ssi) or 1 + sum(n for ssi, n in self._shown.items() if ssi > row.ssi)
        return Rank(rank, tied=self._shown[row.ssi] > (1 if row.is_shown else 0))


def live_board(
    listing: Listing, *, day: date, compared_to: date, viewer: Viewer, language: str = "en"
) -> Board:
    """Rank a list on a day; at most five queries, however many they are.

    Sellers who are not shown are in no number; their row is there for themselves and who may coach them.
    """
    key = ("ranked", listing.of, listing.key, day, compared_to)
    rows, ranking, earlier = viewer.version.shared_part(
        *key, make=lambda: _ranked(listing, day, compared_to), size=500_000
    )
    related = relations(viewer, rows)
    tree = listing.tree or viewer.tree
    found = places(rows, ranking.rank, earlier=earlier, viewer=viewer, related=related, tree=tree)
    return Board(day, compared_to, ranking.n, by_rank(found, language))


def _ranked(listing: Listing, day: date, compared_to: date) -> tuple[list[Row], LiveRanking, Earlier]:
    """What is the same for everybody who looks at the list."""
    rows = rows_of(listing.scores(day), listing.team_path)
    then = earlier_ranks(listing, compared_to)
    before = dict(listing.scores(day, scored_on=compared_to).values_list("seller_id", "ssi"))
    return (
        rows,
        LiveRanking(row.ssi for row in rows if row.is_shown),
        Earlier(before, then, anybody=bool(then)),
    )


def earlier_ranks(listing: Listing, day: date) -> dict[int, int]:
    shown = listing.scores(day).filter(seller__shown_on_boards=True)
    scores = dict(shown.values_list("seller_id", "ssi"))
    return dict(zip(scores, ranks(list(scores.values())), strict=True))


def by_rank(found: list[Place], language: str) -> list[Place]:
    return sorted(found, key=lambda place: (-place.ssi, in_order(place.name, language)))


def listed(kept: list[Place], sort: str, language: str) -> Listed:
    rows = _sorted(kept, sort.removeprefix("-"), language, falling=sort.startswith("-"))
    return Listed(rows, own_position=position_of_own(rows))


def position_of_own(rows: list[Place]) -> int | None:
    return next((position for position, place in enumerate(rows, 1) if place.is_you), None)


def _sorted(places: list[Place], column: str, language: str, *, falling: bool) -> list[Place]:
    keys: dict[str, Callable[[Place], Any]] = {
        "rank": lambda place: -place.ssi,  # as rank, and right for those who only would have one
        "name": lambda place: in_order(place.name, language),
    }
    key = keys.get(column) or attrgetter(column)
    unknown = [place for place in places if key(place) is None]
    known = [place for place in places if key(place) is not None]
    return sorted(known, key=key, reverse=falling) + unknown
