"""Goals 1: the night, from stored sums to published rows, against the bare write of these rows."""

from collections.abc import Iterator

from bench.database import Databases, settle
from bench.floors import RowFloor
from bench.harness import Figure, Goal, Measure, Pairs, Size, check, in_turn, spread
from bench.nights import Nights, check_night
from scoring.models import Score

AGAINST_FLOOR = Goal(5, stretch=3.5)
TEN_TIMES_THE_SELLERS = Goal(11)


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    fewer = _night(databases, size.fewer, size.runs)
    yield _figure(fewer, size.fewer)
    more = _night(databases, size.sellers, size.runs)
    yield _figure(more, size.sellers)
    yield Figure(
        "1",
        f"Night of {size.sellers:,} sellers against {size.fewer:,}",
        _growth(more, fewer),
        goal=TEN_TIMES_THE_SELLERS,
    )


def _night(databases: Databases, sellers: int, runs: int) -> Pairs:
    with databases.copied(databases.aged(sellers)):
        nights = Nights()
        rows = check_night(nights.day)
        floor = RowFloor(Score, f"day = '{nights.day}'")
        # A day lies between two nights: what one leaves to be tidied up is not in the next one's time.
        with nights.by_two() as next_night:
            pairs = in_turn(next_night, floor.write, runs=runs, before=settle)
        check("rows of the floor", floor.count(), rows)
        check("rows of the last night", check_night(nights.day), rows)
    return pairs


def _figure(pairs: Pairs, sellers: int) -> Figure:
    return Figure(
        "1",
        f"Night of {sellers:,} sellers, against COPY of its rows",
        pairs.ratio,
        goal=AGAINST_FLOOR,
        note=f"{pairs.told}; two processes, as the worker has on two cores",
    )


def _growth(more: Pairs, fewer: Pairs) -> Measure:
    return spread([many / few for many, few in zip(more.ours, fewer.ours, strict=True)])
