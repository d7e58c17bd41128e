"""Goal 4: the night on SQLite, against executemany of the same rows into the same indexed table.

The night is done by a process a core, as the worker that is shipped has them; by one alone it is told, too.
"""

from collections.abc import Iterator

from bench.database import Databases, load
from bench.floors import SqliteFloor
from bench.harness import Figure, Goal, Size, in_turn
from bench.nights import Nights, check_night
from scoring.models import Score
from ssi_dashboard.loaded import keep_what_is_loaded

GOAL = Goal(2.5, stretch=1.5)
DAYS = 30
FULL, SHORT = 100_000, 20_000


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    sellers = FULL if size.full else min(size.sellers, SHORT)
    with databases.sqlite("night"):
        load(sellers, days=DAYS)
        nights = Nights().pass_by(7)
        check_night(nights.day)
        keep_what_is_loaded()  # as a worker does at its start
        floor = SqliteFloor(Score, nights.day)
        with nights.by_two() as next_night:
            pairs = in_turn(next_night, floor.write, runs=size.runs)
        alone = in_turn(nights.next, floor.write, runs=size.runs)
        check_night(nights.day)
    yield Figure(
        "4",
        "Night on SQLite, against executemany of its rows",
        pairs.ratio,
        goal=GOAL,
        note=f"{pairs.told}; {sellers:,} sellers; two processes, as the worker has on two cores",
    )
    yield Figure("4", "The same by one process", alone.ratio, note=alone.told)
