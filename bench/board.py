"""Goal 7: what a board's page costs the database, at both sizes, and one's own rank against SELECT 1.

Growth is told as a client sees it, with the ways there and back; the limit is of the server's own time, as it
says itself: how long a way takes is the machine's, and says nothing of the page.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from bench.database import Databases
from bench.harness import Figure, Goal, Size, check, in_turn, spread
from bench.nights import Nights, check_night
from bench.statements import Replay, Statement, statements_of
from scoring import standings
from scoring.models import Score, Standing
from teams import access, leaderboard
from teams.leaderboard import Viewer
from teams.listing import Listing
from teams.models import Seller
from teams.page_cache import Version
from teams.places import Place
from teams.tree import Tree

GROWTH = Goal(1.2)
PAGE = Goal(2)
STORED, LIVE = Goal(2), Goal(5)
ROWS = 50
ASKED, ROUNDS, ROUNDS_OF_ONE = 20, 5, 2000


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    boards = {sellers: _boards(databases, sellers) for sellers in (size.fewer, size.sellers)}
    more, fewer = boards[size.sellers], boards[size.fewer]
    with closing(Replay(databases.address(more.database), by_name=True)) as here:
        with closing(Replay(databases.address(fewer.database), by_name=True)) as there:
            for what, calls in more.pages.items():
                pairs = in_turn(
                    here.seconds_of(calls, rounds=ROUNDS),
                    there.seconds_of(fewer.pages[what], rounds=ROUNDS),
                    runs=size.runs,
                )
                note = f"{pairs.told}; {len(calls[-1])} statements, {ROWS} rows"
                sizes = f"at {size.sellers:,} against {size.fewer:,} sellers"
                yield Figure("7", f"Board, {what}, {sizes}", pairs.ratio, goal=GROWTH, note=note)
                told = here.server_seconds_of(calls, rounds=ROUNDS)
                took = spread([1000 * told() for _ in range(size.runs)])
                yield Figure("7", f"Board, {what}, the server's own time", took, "ms", PAGE)
        for what, calls, goal in (("stored", more.stored, STORED), ("live", more.live, LIVE)):
            rounds = ROUNDS_OF_ONE // ASKED
            floor = here.select_1(rounds=ROUNDS_OF_ONE)
            pairs = in_turn(here.seconds_of(calls, rounds=rounds), floor, runs=size.runs)
            yield Figure("7", f"Own rank, {what}, against SELECT 1", pairs.ratio, goal=goal, note=pairs.told)


@dataclass
class _Boards:
    """What the pages of one database asked: for each kind of page some calls, each with its statements."""

    database: str
    pages: dict[str, list[list[Statement]]]
    stored: list[list[Statement]]
    live: list[list[Statement]]


def _boards(databases: Databases, sellers: int) -> _Boards:
    name = databases.aged(sellers)
    with databases.using(name):
        day = Nights().day
        check_night(day)
        return _asked(name, day)


def _asked(database: str, day: date) -> _Boards:
    """Ask for pages as some people would who were drawn by lot."""
    chance = Random(7)
    shown = Score.objects.on(day).filter(rank__isnull=False).order_by("seller_id")
    keys = list(shown.values_list("seller_id", flat=True))
    first, *people = [_Person.of(key, day, database) for key in chance.sample(keys, 1 + ASKED)]
    industries = Standing.objects.filter(of=Standing.Of.INDUSTRY, day=day)
    largest = Listing.industry(industries.order_by("-n").values_list("key", flat=True)[0])
    pages: dict[str, Callable[[_Person], list[Place]]] = {
        "first page": lambda person: person.page(Listing.everybody(), 1),
        "deep page": lambda person: person.page(
            Listing.everybody(), chance.randrange(ROWS, len(keys) - ROWS)
        ),
        "around me": _Person.around,
        "my region": lambda person: person.page(person.region, 1),
        "largest industry": lambda person: person.page(largest, 1),
    }
    # The others come to a process that has shown the night, and their region, to somebody.
    regions = [partial(_Person.page, listing=listing, first=1) for listing in {who.region for who in people}]
    for page in [*pages.values(), *regions]:
        _checked(page, first)
    asked = {
        what: [statements_of(partial(_checked, page, person)) for person in people]
        for what, page in pages.items()
    }
    stored = [statements_of(person.stored_rank) for person in people]
    live = [statements_of(person.live_rank) for person in people]
    return _Boards(database, asked, stored, live)


def _checked(page: Callable[["_Person"], list[Place]], person: "_Person") -> None:
    rows = page(person)
    check("rows of a page", len(rows) > ROWS * 0.9)  # who left since is not listed
    check("ranks in order", [row.rank for row in rows], sorted(row.rank for row in rows))


@dataclass
class _Person:
    """A seller who looks at boards."""

    score: Score
    viewer: Viewer

    @classmethod
    def of(cls, key: int, day: date, database: str) -> "_Person":
        """Who has not seen the page, in a process that has shown others of the night."""
        seller = Seller.objects.select_related("user").get(pk=key)
        reach = access.Reach(seller.user, today=day)
        score = Score.objects.select_related("seller", "team__parent__parent").get(seller=key, day=day)
        version = Version(str(key), database, f"{database} {key}", database)
        return cls(score, Viewer(seller=key, reach=reach, today=day, version=version))

    @property
    def region(self) -> Listing:
        return Listing.team(self.score.team.parent.parent_id, Tree())

    def _board(self, listing: Listing) -> leaderboard.NightBoard:
        day = self.score.day
        return leaderboard.board(listing, day=day, compared_to=day - timedelta(days=7), viewer=self.viewer)

    def page(self, listing: Listing, first: int) -> list[Place]:
        return list(self._board(listing).listed().rows[first - 1 : first - 1 + ROWS])

    def around(self) -> list[Place]:
        """The page with oneself in its middle."""
        listed = self._board(Listing.everybody()).listed()
        first = max(1, min(listed.own_position - ROWS // 2, len(listed.rows) - ROWS + 1))
        return list(listed.rows[first - 1 : first - 1 + ROWS])

    def stored_rank(self) -> None:
        rank = Score.objects.of(self.score.seller_id).on(self.score.day).values_list("rank", flat=True)
        check("a stored rank", rank[0], self.score.rank)

    def live_rank(self) -> None:
        everybody = (Standing.Of.EVERYBODY, 0)
        found = standings.told_to(self.score.ssi, [everybody], self.score.day)[everybody]
        check("a live rank", found.rank, self.score.rank)
