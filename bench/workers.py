"""The night by Celery workers, two processes against one, with the database on the same cores.

Worker-bound time is that of the two steps that workers share; the ranking between them is one worker's.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import now

from bench.database import Databases, settle
from bench.harness import Figure, Goal, Pairs, Size
from bench.nights import Nights, check_night
from scoring import night
from scoring.models import Run, RunChunk
from scoring.models.run import RunState, Step
from scoring.tasks import hint_run
from ssi_dashboard import serve
from ssi_dashboard.celery import app
from tests.processes import running, wait_until

WORKER_BOUND, ON_THE_CLOCK = Goal(1.6, at_least=True), Goal(1.3, at_least=True)
LOOK_EVERY = 0.01  # seconds


@dataclass
class Night:
    """Seconds of a night by workers."""

    whole: float
    shared: float


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    with databases.copied(databases.aged(size.sellers)) as name:
        whole, shared = Pairs(), Pairs()
        day = Nights().day
        for _ in range(size.slow_runs):
            for workers, of_whole, of_shared in (
                (2, whole.ours, shared.ours),
                (1, whole.floor, shared.floor),
            ):
                day += timedelta(days=1)
                settle()
                found = _night(day, workers, databases.address(name))
                of_whole.append(found.whole)
                of_shared.append(found.shared)
            settle()  # what checks reads whole days, which the planner must know of
            check_night(day)
        chunks = RunChunk.objects.filter(run__day=day).count()
    note = f"{size.sellers:,} sellers in {chunks} chunks"
    for what, pairs, goal in (
        ("worker-bound time", shared, WORKER_BOUND),
        ("on the clock", whole, ON_THE_CLOCK),
    ):
        figure = f"Night by two workers against one, {what}"
        yield Figure("D", figure, pairs.times_faster, goal=goal, note=f"{pairs.told}; {note}")


def _night(day: date, workers: int, address: str) -> Night:
    app.control.purge()
    with ExitStack() as stack:
        names = [f"bench{number}@localhost" for number in range(workers)]
        for worker in names:
            command = serve._celery("worker", "-c", "1", "-n", worker, "--without-mingle", "--without-gossip")
            stack.enter_context(running(command, {"DATABASE_URL": address}))
        wait_until(lambda: len(app.control.ping(names, timeout=0.5)) == workers, seconds=60, what="Workers")
        (run,) = night.open_runs(today=day)
        begin = time.perf_counter()
        night.start(run, now=now())
        hint_run(run.pk)
        return _watched(run, begin)


def _watched(run: Run, begin: float) -> Night:
    """Look at the ledger again and again: when all is scored, when it is ranked, when it is published."""
    chunks = RunChunk.objects.filter(run=run)
    _until(lambda: not chunks.filter(step=Step.SCORE).exclude(state=RunState.COMPLETE).exists())
    scored = time.perf_counter()
    _until(lambda: not chunks.filter(step=Step.SCORE).exists())
    ranked = time.perf_counter()
    _until(lambda: not chunks.exclude(state=RunState.COMPLETE).exists())
    written = time.perf_counter()
    _until(lambda: Run.objects.get(pk=run.pk).state == RunState.COMPLETE)
    return Night(whole=time.perf_counter() - begin, shared=scored - begin + written - ranked)


def _until(holds: Callable[[], bool]) -> None:
    while not holds():
        time.sleep(LOOK_EVERY)
