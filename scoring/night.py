"""The night: which local days are unfinished, who scores which part, and when a day is published.

Delivery may fail or come twice; what is done is kept in the ledger (`Run`, `RunChunk`). A claim is an update
that must change exactly one row.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Sum

from scoring import bulk, roster, standings
from scoring.models import Restatement, Run, RunChunk
from scoring.models.run import RunState
from scoring.recompute import ONE_DAY

logger = logging.getLogger(__name__)

CHUNK = 25_000
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3


def published_day() -> date | None:
    """The newest day whose run is complete: what boards show."""
    return Run.objects.filter(state=RunState.COMPLETE).aggregate(newest=Max("day"))["newest"]


def open_runs(*, today: date) -> list[Run]:
    """Give the unfinished runs, oldest first, after entering every day that the ledger lacks until today."""
    newest = Run.objects.filter(day__lte=today).aggregate(newest=Max("day"))["newest"]
    first = newest + ONE_DAY if newest else today
    missing = [first + timedelta(days=n) for n in range((today - first).days + 1)]
    Run.objects.bulk_create([Run(day=day) for day in missing], ignore_conflicts=True)
    return list(
        Run.objects.filter(state__in=[RunState.DUE, RunState.RUNNING], day__lte=today).order_by("day")
    )


def start(run: Run, *, now: datetime, chunk: int = CHUNK) -> bool:
    """Claim a due run and cut it into parts; says whether it was ours to claim."""
    with transaction.atomic():
        claim = Run.objects.filter(pk=run.pk, state=RunState.DUE)
        if claim.update(state=RunState.RUNNING, started_at=now, finished_at=None, scored=0, problem="") != 1:
            return False
        RunChunk.objects.filter(run=run).delete()
        RunChunk.objects.bulk_create(
            RunChunk(run=run, first_seller=first, last_seller=last) for first, last in _ranges(chunk)
        )
    return True


def _ranges(chunk: int) -> Iterator[tuple[int, int]]:
    """Cut the keys of the sellers into ranges."""
    keys = list(roster.sellers().order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(keys), chunk):
        part = keys[at : at + chunk]
        yield part[0], part[-1]


def waiting_chunks(run: Run, *, now: datetime) -> list[int]:
    """The parts that nobody works on: due, or claimed by somebody whose time ran out."""
    return list(_free(run.chunks.all(), now).values_list("pk", flat=True))


def _free(chunks: QuerySet[RunChunk], now: datetime) -> QuerySet[RunChunk]:
    return chunks.filter(Q(state=RunState.DUE) | Q(state=RunState.RUNNING, lease_until__lt=now))


def work(chunk_id: int, *, now: datetime, today: date) -> bool:
    """Claim a part, score it, and publish the run when it was the last; says whether it was ours to do."""
    chunk = claim(chunk_id, now=now)
    if chunk is None or not score_claimed(chunk, today=today):
        return False
    publish(chunk.run, now=now)
    return True


def score_claimed(chunk: RunChunk, *, today: date) -> bool:
    """Score a claimed part and say so in one transaction, which only the newest claim can finish.

    A worker that was given up and comes back writes nothing.
    """
    with transaction.atomic():
        sellers = roster.sellers().filter(pk__range=(chunk.first_seller, chunk.last_seller))
        scored = bulk.score_day(list(sellers.values_list("pk", flat=True)), day=chunk.run.day, today=today)
        mine = RunChunk.objects.filter(pk=chunk.pk, attempt=chunk.attempt, state=RunState.RUNNING)
        done = mine.update(state=RunState.COMPLETE, scored=scored, lease_until=None) == 1
        transaction.set_rollback(not done)
    return done


def claim(chunk_id: int, *, now: datetime) -> RunChunk | None:
    """Claim a part that nobody works on; one that broke its workers too often fails its run."""
    free = _free(RunChunk.objects.filter(pk=chunk_id, run__state=RunState.RUNNING), now)
    chunk = free.select_related("run").first()
    if chunk is None:
        return None
    if chunk.attempt >= MOST_ATTEMPTS:
        _give_up(chunk)
        return None
    claimed = _free(RunChunk.objects.filter(pk=chunk.pk, attempt=chunk.attempt), now).update(
        state=RunState.RUNNING, attempt=F("attempt") + 1, lease_until=now + LEASE
    )
    chunk.attempt += 1
    return chunk if claimed == 1 else None


def _give_up(chunk: RunChunk) -> None:
    """A part that broke its workers again and again must not do so for ever; the day before stays shown."""
    problem = f"sellers {chunk.first_seller} to {chunk.last_seller}: given up after {chunk.attempt} attempts"
    RunChunk.objects.filter(pk=chunk.pk).update(state=RunState.FAILED, lease_until=None)
    Run.objects.filter(pk=chunk.run_id, state=RunState.RUNNING).update(state=RunState.FAILED, problem=problem)
    logger.error("run of %s failed: %s", chunk.run.day, problem)


def publish(run: Run, *, now: datetime) -> bool:
    """Rank a run whose parts are all done, and show it: both or neither; says whether it was ours to do."""
    with transaction.atomic():
        if RunChunk.objects.filter(run=run).exclude(state=RunState.COMPLETE).exists():
            return False
        scored = RunChunk.objects.filter(run=run).aggregate(n=Sum("scored"))["n"] or 0
        mine = Run.objects.filter(pk=run.pk, state=RunState.RUNNING)
        if mine.update(state=RunState.COMPLETE, finished_at=now, scored=scored, ranks_stale=False) != 1:
            return False
        standings.store_ranks(run.day)
        standings.thin_out(today=run.day)
    logger.info("run of %s complete: %s scored", run.day, scored)
    return True


def rank_again() -> list[date]:
    """Rank the published days anew whose scores were restated since; gives these days."""
    stale = Run.objects.filter(state=RunState.COMPLETE, ranks_stale=True).order_by("day")
    done = []
    for day in list(stale.values_list("day", flat=True)):
        with transaction.atomic():
            if stale.filter(day=day).update(ranks_stale=False) == 1:
                standings.store_ranks(day)
                done.append(day)
    return done


def run_again(day: date) -> Run:
    """Make a day's run due once more, whatever became of it."""
    run, _made = Run.objects.get_or_create(day=day)
    Run.objects.filter(pk=run.pk).update(state=RunState.DUE)
    return run


def waiting_restatements() -> list[int]:
    return list(Restatement.objects.values_list("pk", flat=True))
