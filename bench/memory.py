"""Goal 11: the most memory that a process ever held which does a night alone, or only its parts.

Parts are of one size, however many there are. Ranking is the one step that is not cut, and holds everybody.
"""

from collections.abc import Iterator

from django.utils.timezone import now

from bench.alone import peak
from bench.database import Databases
from bench.harness import Figure, Goal, Size, check, spread
from bench.nights import ONE_DAY, Nights, check_night
from scoring import night
from scoring.models import Run

LIMIT = Goal(600)
GROWTH = Goal(1.1)
WHOLE, PARTS = "the whole night", "its parts, without the ranking"


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    peaks = {sellers: _peaks(databases, sellers) for sellers in (size.fewer, size.sellers)}
    for work, goal in ((WHOLE, None), (PARTS, GROWTH)):
        for sellers, most in peaks.items():
            what = f"Memory of a night of {sellers:,} sellers, one process: {work}"
            yield Figure("11", what, spread([most[work]]), "MB", LIMIT)
        growth = peaks[size.sellers][work] / peaks[size.fewer][work]
        yield Figure("11", "The same, against a tenth of the sellers", spread([growth]), goal=goal)


def _peaks(databases: Databases, sellers: int) -> dict[str, float]:
    with databases.copied(databases.aged(sellers)) as name:
        address, before = databases.address(name), Nights().day
        whole = peak("memory", WHOLE, address=address)
        parts = _peak_of_parts(address)
        check_night(Nights().day)
        check("days", (Nights().day - before).days, 2)
    return {WHOLE: whole, PARTS: parts}


def _peak_of_parts(address: str) -> float:
    """A process scores all parts, this one ranks them, and another process writes them."""
    (run,) = night.open_runs(today=Nights().day + ONE_DAY)
    night.start(run, now=now())
    peaks = []
    while night.waiting_chunks(run, now=now()):
        peaks.append(peak("memory", PARTS, address=address))
        check("the run goes on", night.advance(run, now=now()), True)
    return max(peaks)


def alone(work: str) -> None:
    if work == WHOLE:
        Nights().next()
        return
    run = Run.objects.latest("day")
    for part in night.waiting_chunks(run, now=now()):
        check(f"part {part} is done", night.work(part, now=now(), today=run.day) is not None, True)
