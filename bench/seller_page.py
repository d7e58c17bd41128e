"""Goal 9: what one seller's page with 90 days of history asks the database, against SELECT 1 and by size."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from random import Random

from django.test import Client
from django.urls import reverse

from bench.database import DAYS, Databases, settle
from bench.harness import Figure, Goal, Size, check, in_turn
from bench.nights import repeat_scores
from bench.statements import Replay, Statement, statements_of
from scoring import night
from scoring.models import Score
from ssi_dashboard import clock
from ssi_dashboard.collected import collect_static_files
from teams.models import Seller

AGAINST_SELECT_1, GROWTH = Goal(30), Goal(1.2)
SHORT = 20_000  # sellers: with 90 days of scores each
ASKED, ROUNDS, ROUNDS_OF_ONE = 20, 5, 2000


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    collect_static_files()
    more = size.sellers if size.full else min(size.sellers, SHORT)
    names = {sellers: _filled(databases, sellers) for sellers in (more // 10, more)}
    asked = {}
    for sellers, name in names.items():
        with databases.using(name):
            asked[sellers] = _asked()
    (first, *pages), (_first, *fewer) = asked[more], asked[more // 10]
    with closing(Replay(databases.address(names[more]), by_name=True)) as here:
        ours = here.seconds_of(pages, rounds=ROUNDS)
        pairs = in_turn(ours, here.select_1(rounds=ROUNDS_OF_ONE), runs=size.runs)
        yield Figure(
            "9",
            f"Queries of a seller's page at {more:,} sellers, against SELECT 1",
            pairs.ratio,
            goal=AGAINST_SELECT_1,
            note=f"{pairs.told}; {len(pages[0])} statements with those of the session",
        )
        one = here.select_1(rounds=ROUNDS_OF_ONE)
        at_first = in_turn(here.seconds_of([first], rounds=ROUNDS), one, runs=size.runs)
        yield Figure(
            "9",
            "The same of the first page of a process, which reads teams, rules and long lists, too",
            at_first.ratio,
            note=f"{at_first.told}; {len(first)} statements",
        )
        with closing(Replay(databases.address(names[more // 10]), by_name=True)) as there:
            pairs = in_turn(ours, there.seconds_of(fewer, rounds=ROUNDS), runs=size.runs)
        what = f"The same at {more:,} against {more // 10:,} sellers"
        yield Figure("9", what, pairs.ratio, goal=GROWTH, note=pairs.told)


def _filled(databases: Databases, sellers: int) -> str:
    """Fill the days before today with scores like today's: how many there are counts, not what they say."""
    name = databases.loaded(sellers)
    with databases.using(name):
        repeat_scores(night.published_day(), range(1, DAYS))
        settle()
    return name


def _asked() -> list[list[Statement]]:
    """What pages ask; before the first of them the process knew nothing of this database."""
    day = night.published_day()
    keys = list(Score.objects.on(day).order_by("seller_id").values_list("seller_id", flat=True))
    return [_page(key) for key in Random(9).sample(keys, 1 + ASKED)]


def _page(key: int) -> list[Statement]:
    """Look at one's own page; the sign-in is not part of it."""
    seller = Seller.objects.select_related("user").get(pk=key)
    client = Client(SERVER_NAME="localhost")
    client.force_login(seller.user)
    first = clock.today() - timedelta(days=DAYS - 1)

    def look() -> None:
        response = client.get(reverse("my-index"))
        check("the page", response.status_code, 200)
        check("the first of 90 days in it", first.isoformat() in response.content.decode())

    return statements_of(look)
