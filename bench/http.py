"""Goal 8: a board over HTTP under the shipped server, as a share of a view that answers "ok".

Both stand behind the same middleware and are asked by the same signed-in person over two connections.
"""

import re
from collections.abc import Iterator, Mapping

from django.urls import reverse

from bench import web
from bench.database import Databases
from bench.harness import Figure, Goal, Size, check, in_turn
from scoring import night
from scoring.models import Standing
from teams import freshness
from teams.models import Team, User

UNCHANGED = Goal(0.85, stretch=0.95, at_least=True)
CACHED = Goal(0.8, stretch=0.9, at_least=True)
COLD = Goal(0.1, stretch=0.2, at_least=True)
ROWS = 50
REQUESTS, COLD_REQUESTS = 500, 60
VERSION = re.compile(rb"[?&;]v=([0-9a-f]+)")
ROW = re.compile(rb'<th scope="row" class="who">')


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    name = databases.aged(size.sellers)
    with databases.using(name), web.serving(databases.address(name)):
        board = Board()
        board.check()
        for what, timed, goal in (
            ("unchanged poll", board.unchanged, UNCHANGED),
            ("cached page", board.cached, CACHED),
            ("cold page", board.cold, COLD),
        ):
            pairs = in_turn(timed, board.ok, runs=size.runs)
            yield Figure(
                "8",
                f"Board over HTTP, {what}, as a share of “ok”",
                pairs.times_faster,
                goal=goal,
                note=f"{pairs.told} a request at {web.CONNECTIONS} connections; {size.sellers:,} sellers",
            )


class Board:
    """The board of the largest team, as its manager asks for it."""

    def __init__(self) -> None:
        longest = Standing.objects.filter(of=Standing.Of.TEAM, day=night.published_day()).order_by("-n")[0]
        team = Team.objects.get(pk=longest.key)
        manager = team.managers.first() or User.objects.filter(is_superuser=True).first()
        self._path, self._cookie = reverse("leaderboard", args=[team.slug]), web.cookie_of(manager)
        self._page = self._asked("")
        self._ok = web.request(reverse("bench-ok"), cookie=self._cookie)
        self._poll = b""
        self._cold = self.pages(longest.n // ROWS)

    def pages(self, count: int) -> list[bytes]:
        """Requests of so many different pages."""
        return [self._asked(f"?page={number}") for number in range(1, count + 1)]

    def _asked(self, query: str, headers: Mapping[str, str] | None = None) -> bytes:
        return web.request(self._path + query, cookie=self._cookie, headers=headers)

    def check(self) -> None:
        """The pages are what they are taken for, each with its rows."""
        check("“ok”", web.ask(self._ok).body, b"ok")
        page = web.ask(self._page)
        check("the page", page.status, 200)
        check("rows of the page", len(ROW.findall(page.body)), ROWS)
        version = VERSION.search(page.body)
        check("a version in the page", version is not None)
        query = f"?v={version[1].decode()}"  # type: ignore[index]
        self._poll = self._asked(query, {"HX-Request": "true", "HX-Target": "places"})
        check("the poll of an unchanged page", web.ask(self._poll).status, 204)
        tag = page.headers["etag"]
        check("a page that is kept", web.ask(self._asked("", {"If-None-Match": tag})).status, 304)
        check("a page further on", len(ROW.findall(web.ask(self._cold[1]).body)), ROWS)

    def ok(self) -> float:
        return web.load([self._ok], count=REQUESTS, status=200)

    def unchanged(self) -> float:
        return web.load([self._poll], count=REQUESTS, status=204)

    def cached(self) -> float:
        return web.load([self._page], count=REQUESTS, status=200)

    def cold(self) -> float:
        """Each page is asked for once after everything became new."""
        freshness.rise(freshness.NIGHT)
        return web.load(self._cold, count=min(COLD_REQUESTS, len(self._cold)), status=200)
