"""The rows of a board, as finished values: who shows them asks the database nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from scoring.models import Score
from teams.access import Reach
from teams.models import Follow, Membership
from teams.names import name_on_boards
from teams.page_cache import Version, of_this_moment
from teams.tree import Tree

FEW_TEAMS = 10  # whose members are found sooner than the teams of all sellers on a page


@dataclass(frozen=True)
class Place:
    """One row of a board; scores and change in hundredths.

    `rank` is that in the whole list. A seller who is not shown has the place they would have: one more than
    the shown sellers above. `move` counts places up since the day compared to, and is None when there is
    nothing to compare; `change` is None without a score on that day. Where the rank is the night's, one's own
    row has in `rank_now` the rank that the current score would have.
    """

    seller: int
    name: str
    initials: str
    team: int | None
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
    rank_now: int | None = None


@dataclass(frozen=True)
class Viewer:
    """Who looks at the board: the seller they are, which teams they see today, and how new the page is."""

    seller: int | None = None
    reach: Reach | None = None
    today: date = date.max
    version: Version = field(default_factory=of_this_moment, repr=False, compare=False)

    @property
    def tree(self) -> Tree:
        return self.reach.tree if self.reach else Tree()


class Row(NamedTuple):
    """What the database says of one seller on the day."""

    seller: int
    first_name: str
    last_name: str
    email: str
    is_shown: bool
    left_on: date | None
    team: int | None
    brand: int
    find: int
    engage: int
    relate: int
    ssi: int
    night_rank: int | None  # in the organisation, as the night stored it

    def is_listed(self, on: date) -> bool:
        """Whether boards of a day show the seller to everybody."""
        return self.is_shown and (self.left_on is None or on < self.left_on)


class Rank(NamedTuple):
    """A place in the list; `now` is the one by the current score, where the other is the night's."""

    rank: int
    tied: bool
    now: int | None = None


@dataclass(frozen=True)
class Earlier:
    """The day compared to: the scores then, and the ranks of who was on the list."""

    ssi: dict[int, int]
    ranks: dict[int, int]
    anybody: bool


class Relations(NamedTuple):
    """Of some sellers: whose page the viewer may open, whom they may follow, whom they follow."""

    coached: set[int]
    followable: set[int]
    followed: set[int]


def rows_of(scores: QuerySet[Score], team_path: str) -> list[Row]:
    values = scores.values_list(
        "seller_id",
        "seller__user__first_name",
        "seller__user__last_name",
        "seller__user__email",
        "seller__shown_on_boards",
        "seller__left_on",
        f"{team_path}_id",
        *Score.PARTS,
        "rank",
    )
    return [Row(*row) for row in values]


def relations(viewer: Viewer, rows: Sequence[Row]) -> Relations:
    """How the viewer is to some sellers today; at most two queries."""
    key = sorted(row.seller for row in rows)
    return viewer.version.viewer_part(
        "relations", key, make=lambda: _relations(viewer, rows), size=100 * len(key)
    )


def _relations(viewer: Viewer, rows: Sequence[Row]) -> Relations:
    reach, own, sellers = viewer.reach, viewer.seller, [row.seller for row in rows]
    if reach is None:
        return Relations(set(), set(), set())
    teams: dict[int, int] = {}
    if own is not None or reach.managed:
        members = Membership.objects.on(viewer.today).filter(seller__among=sellers).order_by()
        known = reach.known(most=FEW_TEAMS)
        if known is not None:
            members = members.filter(team__in=known)
        teams = dict(members.values_list("seller", "team"))
    coached = {seller for seller in sellers if reach.coaches(teams.get(seller))}
    if own is None:
        return Relations(coached, set(), set())
    followed = Follow.objects.filter(follower=own, followed__among=sellers).values_list("followed", flat=True)
    followable = {
        row.seller
        for row in rows
        if row.seller != own and row.is_listed(viewer.today) and reach.meets(teams.get(row.seller))
    }
    return Relations(coached, followable, set(followed))


def places(
    rows: Iterable[Row],
    rank: Callable[[Row], Rank],
    *,
    earlier: Earlier,
    viewer: Viewer,
    related: Relations,
    tree: Tree,
) -> list[Place]:
    """The rows that the viewer may see: of who is shown, their own, and those whom they may coach."""
    seen = [row for row in rows if row.is_shown or row.seller in (viewer.seller, *related.coached)]
    return [_place(row, rank(row), earlier, viewer, related, _name(tree, row.team)) for row in seen]


def _name(tree: Tree, team: int | None) -> str:
    return next((node.name for node in tree.above(team)), "")


def _place(
    row: Row, rank: Rank, earlier: Earlier, viewer: Viewer, related: Relations, team_name: str
) -> Place:
    name = name_on_boards(row.first_name, row.last_name, row.email)
    return Place(
        seller=row.seller,
        name=name,
        initials=(row.first_name[:1] + row.last_name[:1]).upper() or name[:1].upper(),
        team=row.team,
        team_name=team_name,
        brand=row.brand,
        find=row.find,
        engage=row.engage,
        relate=row.relate,
        ssi=row.ssi,
        rank=rank.rank,
        tied=rank.tied,
        is_shown=row.is_shown,
        **(_movement(row.seller, rank.rank, earlier) if row.is_shown else {}),
        change=row.ssi - earlier.ssi[row.seller] if row.seller in earlier.ssi else None,
        is_you=row.seller == viewer.seller,
        may_open=row.seller in related.coached,
        may_follow=row.seller in related.followable,
        followed=row.seller in related.followed,
        rank_now=rank.now,
    )


def _movement(seller: int, rank: int, earlier: Earlier) -> dict[str, Any]:
    """Nothing when nobody was on the board then; "new" for who was not."""
    if not earlier.anybody:
        return {}
    before = earlier.ranks.get(seller)
    return {"is_new": True} if before is None else {"move": before - rank}
