"""A board too long to be ranked while somebody waits: it keeps the night's order, and reads only its rows."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from scoring.models import Score
from teams.listing import Listing
from teams.live_board import Listed, by_rank, earlier_ranks, listed, position_of_own
from teams.models import Seller
from teams.names import in_order
from teams.night_order import NightOrder, Spot
from teams.places import Earlier, Place, Rank, Row, Viewer, places, relations, rows_of
from teams.searching import named_like
from teams.tree import Tree

MOST_FOUND = 50  # of a search by name
ROWS_AT_ONCE = 500  # of a file
SPOT_SIZE = 200  # bytes of what a process keeps of one seller's place


@dataclass(frozen=True)
class NightBoard:
    """The rows of a long list, each read when it is asked for; `n` counts the sellers of the night.

    Ranks are the night's. Scores are as they stand now: who wrote since then has moved in their own row only,
    which also says the rank that the score would have (`rank_now`). Sellers who hid or left since the night
    are not listed; those who were hidden then are found by search, by whoever may see them.
    """

    order: NightOrder
    day: date
    compared_to: date
    viewer: Viewer
    language: str = "en"
    is_of_the_night = True

    @property
    def n(self) -> int:
        return self.order.n

    @property
    def places(self) -> "Slices":
        return Slices(self, self.order)

    @cached_property
    def _kept(self) -> dict[int, Place]:
        return {}

    @cached_property
    def own(self) -> Place | None:
        """One's own row, with the rank by the current score beside the night's."""
        if self._own_score is None:
            return None
        if self._own_spot is not None:
            if not self._kept:
                self._read_with_own([])
            return self._kept.get(self._own_score.seller_id)
        return next(iter(self._ranked_now(rows_of(self._scores([self._own_score.seller_id]), "team"))), None)

    @cached_property
    def _own_score(self) -> Score | None:
        score = self._scores([self.viewer.seller]).select_related("seller").first()
        return score if score is not None and self.order.listing.has(score) else None

    @cached_property
    def _own_spot(self) -> tuple[int, Spot] | None:
        return self._spot_in(self.order)

    def _spot_in(self, order: NightOrder) -> tuple[int, Spot] | None:
        """Where the night put the viewer, which page after page need not be found again."""
        score, listing = self._own_score, order.listing
        if score is None:
            return None
        key = ("spot", listing.of, listing.key, order.day, score.seller_id)
        (found,) = self.viewer.version.night_part(*key, make=lambda: (order.spot_of(score),), size=SPOT_SIZE)
        return found

    def position_in(self, order: NightOrder) -> int | None:
        """One's own place in an order, counted from 1; None without one."""
        found = self._own_spot if order is self.order else self._spot_in(order)
        return found and found[0]

    def listed(
        self, *, query: str = "", among: Listing | None = None, sort: str = "rank", language: str = "en"
    ) -> Listed:
        """The whole list, a sub-team of it, or whom a search finds; only a short sub-team can be sorted."""
        if query.split():
            return self._found(query, among)
        order = self.order if among is None else self._order_of(among, self.day)
        if order is not None:
            return Listed(Slices(self, order), self.position_in(order), is_sortable=False)
        rows = rows_of(among.scores(self.day), among.team_path)  # type: ignore[union-attr]
        return listed(by_rank(self._ranked_now(rows), language), sort, language)

    def _found(self, query: str, among: Listing | None) -> Listed:
        listing = among or self.order.listing
        scores = listing.scores(self.day).filter(self._may_see(), named_like(query, path="seller__user__"))
        rows = rows_of(scores[: MOST_FOUND + 1], listing.team_path)
        found = by_rank(self._ranked_now(rows[:MOST_FOUND]), self.language)
        return Listed(found, position_of_own(found), is_sortable=False, has_more=len(rows) > MOST_FOUND)

    def _may_see(self) -> Q:
        reach = self.viewer.reach
        if reach is not None and reach.everywhere:
            return Q()
        visible = Q(seller__shown_on_boards=True) | Q(seller=self.viewer.seller)
        if reach is None or not reach.managed:
            return visible
        coached = Seller.objects.members_of(reach.tree.below_any(reach.managed), on=self.viewer.today)
        return visible | Q(seller__in=coached.order_by().values("pk"))

    def read(self, spots: Sequence[Spot]) -> list[Place]:
        """The rows of some positions with the ranks of the night, ties by name."""
        asked = {spot.seller for spot in spots}
        found = self._read_with_own(spots)
        found.sort(key=lambda place: (place.rank, in_order(place.name, self.language)))
        return [place for place in found if place.seller in asked]

    def _read_with_own(self, spots: Sequence[Spot]) -> list[Place]:
        """One's own row is read along with the first that are asked for."""
        own = [] if self._own_spot is None else [self._own_spot[1]]
        then = {spot.seller: spot.ssi for spot in [*spots, *own]}
        found = self._places(rows_of(self._scores(list(then)), "team"), lambda row: self._rank_of(row, then))
        self._kept.update({place.seller: place for place in found if place.is_you})
        return found

    def _rank_of(self, row: Row, then: Mapping[int, int]) -> Rank:
        ssi, is_own = then[row.seller], row.seller == self.viewer.seller
        rank, count = self.order.rank_of(ssi), self.order.count(ssi)
        return Rank(rank, tied=count > 1, now=self._rank_now(row).rank if is_own else None)

    def _ranked_now(self, rows: Sequence[Row]) -> list[Place]:
        """Rows with the rank that their scores have among those of the night."""
        return self._places(rows, self._rank_now)

    def _rank_now(self, row: Row) -> Rank:
        """A seller's own score of the night is not above them, nor beside."""
        rank, count = self.order.rank_of(row.ssi), self.order.count(row.ssi)
        is_own = row.seller == self.viewer.seller
        if row.night_rank is not None:
            rank_among_all = self._everybody.rank_of(row.ssi)
            rank -= rank_among_all > row.night_rank
            count -= rank_among_all == row.night_rank and count > 0
        return Rank(rank, tied=count > 0, now=rank if is_own else None)

    @cached_property
    def _everybody(self) -> NightOrder:
        if self.order.listing == Listing.everybody():
            return self.order
        return self._order_of(Listing.everybody(), self.day) or self.order

    def _places(self, rows: Sequence[Row], rank: Callable[[Row], Rank]) -> list[Place]:
        related = relations(self.viewer, rows)
        return places(
            rows, rank, earlier=self._earlier(rows), viewer=self.viewer, related=related, tree=self._tree
        )

    @cached_property
    def _tree(self) -> Tree:
        return self.order.listing.tree or self.viewer.tree

    def _earlier(self, rows: Sequence[Row]) -> Earlier:
        """What these sellers had on the day compared to, and their ranks in the list as it was then."""
        scores = Score.objects.of([row.seller for row in rows]).on(self.compared_to)
        found = list(scores.values_list("seller_id", "ssi", "rank", "team_id"))
        before = {seller: ssi for seller, ssi, _rank, _team in found}
        if self._order_then is None:
            return Earlier(before, self._ranks_then, anybody=bool(self._ranks_then))
        teams = {row.seller: row.team for row in rows}
        ranks = {
            seller: self._order_then.rank_of(ssi)
            for seller, ssi, rank, team in found
            if rank is not None and (team == teams[seller] or self.order.listing.has_team(team))
        }
        return Earlier(before, ranks, anybody=True)

    def _order_of(self, listing: Listing, day: date) -> NightOrder | None:
        return NightOrder.of(listing, day, version=self.viewer.version)

    @cached_property
    def _order_then(self) -> NightOrder | None:
        return self._order_of(self.order.listing, self.compared_to)

    @cached_property
    def _ranks_then(self) -> dict[int, int]:
        """Of a list that was short then; of none when no night ranked it."""
        listing = self.order.listing
        was_ranked = listing.standings().filter(day=self.compared_to).exists()
        return earlier_ranks(listing, self.compared_to) if was_ranked else {}

    def _scores(self, sellers: Collection[int | None]) -> QuerySet[Score]:
        active = Q(seller__left_on=None) | Q(seller__left_on__gt=self.day)
        return Score.objects.of(sellers).on(self.day).filter(active)

    def shown_places(self, order: NightOrder) -> Iterator[Place]:
        """All rows that everybody may see, for a file: read a part at a time, of one reading of the order."""
        public = replace(self, viewer=Viewer())
        sellers, then = order.whole()
        for at in range(0, len(sellers), ROWS_AT_ONCE):
            part = slice(at, at + ROWS_AT_ONCE)
            yield from public.read(
                [Spot(*spot) for spot in zip(sellers[part].tolist(), then[part].tolist(), strict=True)]
            )


@dataclass(frozen=True)
class Slices:
    """The rows of an order, read when a slice of them is taken; who hid or left since is left out of it."""

    board: NightBoard
    order: NightOrder

    def __len__(self) -> int:
        return self.order.n

    def __getitem__(self, part: slice) -> list[Place]:
        first, last, _step = part.indices(len(self))
        return self.board.read(self.order.spots(first + 1, last - first))

    def __iter__(self) -> Iterator[Place]:
        return self.board.shown_places(self.order)
