"""Goal 3: the night after three years of activities against the night after 90 days."""

from collections.abc import Iterator

from django.db import connection

from bench.database import Databases, settle
from bench.harness import Figure, Goal, Pairs, Size
from bench.nights import Nights, check_night, repeat_scores

LONG, SHORT = 3 * 365, 90
GOAL = Goal(1.1, stretch=1.0)
SELLERS_SHORT_FORM = 10_000
SCORED_DAYS, SCORED_DAYS_SHORT_FORM = 400, 100


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    sellers = 100_000 if size.full else min(size.sellers, SELLERS_SHORT_FORM)
    scored = SCORED_DAYS if size.full else SCORED_DAYS_SHORT_FORM
    long = databases.loaded(sellers, days=LONG)
    short = databases.loaded(sellers, days=SHORT)
    try:
        pairs = _measured(databases, long, short, scored=scored, runs=size.runs)
    finally:
        databases.drop(long)
        databases.drop(short)
    yield Figure(
        "3",
        "Night after 3 years of activities against one after 90 days",
        pairs.ratio,
        goal=GOAL,
        note=f"{pairs.told}; {sellers:,} sellers, Score filled to {scored} days in both",
    )


def _measured(databases: Databases, long: str, short: str, *, scored: int, runs: int) -> Pairs:
    nights = {name: _prepared(databases, name, scored) for name in (long, short)}
    pairs = Pairs()
    for run in range(runs + 1):
        for name, taken in ((long, pairs.ours), (short, pairs.floor)):
            with databases.using(name):
                connection.ensure_connection()
                took = nights[name].next()
            if run:  # the first does not count
                taken.append(took)
    return pairs


def _prepared(databases: Databases, name: str, scored: int) -> Nights:
    """Let a week of nights pass, and fill the days before it."""
    with databases.using(name):
        nights = Nights().pass_by(7)
        repeat_scores(nights.day, range(8, scored + 1))
        check_night(nights.day)
        settle()
    return nights
