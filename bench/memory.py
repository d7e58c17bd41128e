"""Goal 11: the most memory that a process ever held which does a whole night alone, at both sizes."""

from collections.abc import Iterator

from bench.alone import peak
from bench.database import Databases
from bench.harness import Figure, Goal, Size, check, spread
from bench.nights import Nights, check_night

LIMIT = Goal(600)
GROWTH = Goal(1.1)


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    peaks = {sellers: _peak(databases, sellers) for sellers in (size.fewer, size.sellers)}
    for sellers, most in peaks.items():
        what = f"Memory of a night of {sellers:,} sellers, one process"
        yield Figure("11", what, spread([most]), "MB", LIMIT)
    growth = peaks[size.sellers] / peaks[size.fewer]
    yield Figure("11", "The same, against a tenth of the sellers", spread([growth]), goal=GROWTH)


def _peak(databases: Databases, sellers: int) -> float:
    with databases.copied(databases.aged(sellers)) as name:
        before = Nights().day
        most = peak("memory", address=databases.address(name))
        check_night(Nights().day)
        check("days", (Nights().day - before).days, 1)
    return most


def alone() -> None:
    Nights().next()
