"""The night: which local days are unfinished, who does which part, and when a day is published.

Each part is scored, then everybody is ranked, then each part is written, and the day is shown.

Delivery may fail or come twice; what is done is kept in the ledger (`Run`, `RunChunk`). A claim is an update
that must change exactly one row.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

import numpy as np
from django.db import connection, transaction
from django.db.models import F, Max, Min, Q, QuerySet, Sum

from scoring import bulk, columns, narrow, recompute, roster, sqlite_turns, standings, sums
from scoring.models import Handover, Restatement, Run, RunChunk, Score
from scoring.models.run import RunState, Step
from scoring.recompute import ONE_DAY
from scoring.rulebook import Rulebook
from scoring.sums import Range

logger = logging.getLogger(__name__)

CHUNK = roster.BUCKET
LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 3

Track = Callable[[list[int]], Iterable[int]]


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


def under_way() -> list[int]:
    return list(Run.objects.filter(state=RunState.RUNNING).order_by("day").values_list("pk", flat=True))


def start(run: Run, *, now: datetime, chunk: int = CHUNK) -> bool:
    """Claim a due run and cut it into parts; says whether it was ours to claim."""
    with _writing():
        claim = Run.objects.filter(pk=run.pk, state=RunState.DUE)
        fresh = {"started_at": now, "finished_at": None, "scored": 0, "problem": "", "replayed_at": None}
        if claim.update(state=RunState.RUNNING, **fresh) != 1:
            return False
        RunChunk.objects.filter(run=run).delete()
        chunks = RunChunk.objects.bulk_create(
            RunChunk(run=run, first_seller=part.first, last_seller=part.last) for part in _ranges(chunk)
        )
        Handover.objects.bulk_create(Handover(chunk=chunk, of=of) for chunk in chunks for of in Handover.Of)
    return True


def _ranges(chunk: int) -> list[Range]:
    """Cut the keys of the sellers into parts, which begin where the writers' locks do.

    A rest of less than a tenth goes with the part before it: some worker would have it while others wait.
    """
    # Asked for both at once, SQLite reads all keys.
    least, most = (roster.sellers().aggregate(key=of("pk"))["key"] for of in (Min, Max))
    if least is None or most is None:
        return []
    firsts = list(range(least // chunk * chunk, most + 1, chunk))
    end = firsts[-1] + chunk
    if len(firsts) > 1 and most - firsts[-1] < chunk // 10:
        firsts.pop()
    return [Range(first, after - 1) for first, after in zip(firsts, [*firsts[1:], end], strict=True)]


def waiting_chunks(run: Run, *, now: datetime) -> list[int]:
    """The parts that nobody works on: due, or claimed by somebody whose time ran out."""
    return list(_free(run.chunks.all(), now).values_list("pk", flat=True))


def _free(chunks: QuerySet[RunChunk], now: datetime) -> QuerySet[RunChunk]:
    return chunks.filter(Q(state=RunState.DUE) | Q(state=RunState.RUNNING, lease_until__lt=now))


def complete(run: Run, *, now: datetime, today: date, track: Track = iter) -> None:
    """Do all that is left of a run, one part after the other, in this process."""
    start(run, now=now)
    moving = True
    while moving:
        for chunk in track(waiting_chunks(run, now=now)):
            work(chunk, now=now, today=today)
        moving = advance(run, now=now)
    standings.thin_out(today=run.day)


def work(chunk_id: int, *, now: datetime, today: date) -> RunChunk | None:
    """Claim a part and do its step; None when it was not ours to do. The run then waits for `advance`."""
    chunk = claim(chunk_id, now=now)
    return chunk if chunk and do_claimed(chunk, today=today) else None


def do_claimed(chunk: RunChunk, *, today: date) -> bool:
    """Score or write a claimed part; says whether that counts, for only the newest claim can finish it.

    Others may write while a part is scored, on SQLite too: who writes it finds whom they wrote to.
    """
    sellers, day = Range(chunk.first_seller, chunk.last_seller), chunk.run.day
    if chunk.step == Step.SCORE:
        scored = bulk.score(sellers, day=day, today=today)
        with _writing():
            _hand_over(chunk.pk, Handover.Of.SCORES, scored.packed())
            return _finish(chunk, scored=scored.rows.size)
    left = _left(chunk)
    if left is None:
        return False
    placed, basis = left
    rows = bulk.lay_out(placed, day=day)
    with _writing():
        written = bulk.write(sellers, placed, basis, rows, day=day, today=today)
        chunk.handovers.update(data=None)
        return _finish(chunk, scored=written.size)


def _finish(chunk: RunChunk, *, scored: int) -> bool:
    """Say in the ledger that a claimed step is done, or take back what a worker wrote who was given up."""
    mine = RunChunk.objects.filter(
        pk=chunk.pk, step=chunk.step, attempt=chunk.attempt, state=RunState.RUNNING
    )
    done = mine.update(state=RunState.COMPLETE, lease_until=None, scored=scored) == 1
    transaction.set_rollback(not done)
    return done


def _hand_over(chunk_id: int, of: Handover.Of, data: bytes) -> None:
    row = {"chunk_id": chunk_id, "of": of.value, "data": data}
    columns.put(Handover, [row], key=("chunk_id", "of"))


def _left(chunk: RunChunk) -> tuple[np.ndarray, bulk.Basis] | None:
    """The scores of a part, with the places that the ranking put beside them; None once they were taken."""
    left = columns.take(Handover.objects.filter(chunk=chunk, data__isnull=False).order_by("of"), "data")
    if len(left) < len(Handover.Of):
        return None
    places, scores = left  # by name
    by_place = narrow.unpack(places, columns=len(Score.PLACES))
    scored = bulk.Scored.unpack(scores)
    return bulk.with_places(scored.rows, dict(zip(Score.PLACES, by_place, strict=True))), scored.basis


@contextmanager
def _writing() -> Iterator[None]:
    """A transaction that does not wait at its commit until it is on the disk.

    A power cut may take the last steps back, but their rows and what the ledger says of them go together.
    """
    with sqlite_turns.turn(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
        yield


def advance(run: Run, *, now: datetime) -> bool:
    """Rank a run whose parts are all scored, or publish it when they are written; says whether it did."""
    return rank(run) or publish(run, now=now)


def rank(run: Run) -> bool:
    """Give everybody their places, once all parts are scored: from then on the parts wait to be written."""
    with _writing():
        if not Run.objects.select_for_update().filter(pk=run.pk, state=RunState.RUNNING).exists():
            return False
        chunks = RunChunk.objects.filter(run=run).order_by("first_seller")
        scored = Q(step=Step.SCORE, state=RunState.COMPLETE)
        if not chunks.exists() or chunks.exclude(scored).exists():
            return False
        placed, end = standings.rank(_scored(run), day=run.day), 0
        for key, size in list(chunks.values_list("pk", "scored")):
            begin, end = end, end + size
            here = narrow.pack([placed[place][begin:end] for place in Score.PLACES])
            _hand_over(key, Handover.Of.PLACES, here)
        chunks.update(step=Step.WRITE, state=RunState.DUE, attempt=0)
    return True


def _scored(run: Run) -> np.ndarray:
    """Everybody who was scored, part by part."""
    handed = Handover.objects.filter(chunk__run=run, of=Handover.Of.SCORES)
    parts = columns.take(handed.order_by("chunk__first_seller"), "data")
    return np.concatenate([bulk.Scored.unpack(part).rows for part in parts])


def claim(chunk_id: int, *, now: datetime) -> RunChunk | None:
    """Claim a part that nobody works on; one that broke its workers too often fails its run."""
    with _writing():
        return _claim(chunk_id, now=now)


def _claim(chunk_id: int, *, now: datetime) -> RunChunk | None:
    """A part is read only once it is ours: who read it before might take it for a step that is done since."""
    under_way = Run.objects.filter(state=RunState.RUNNING).order_by()
    free = _free(RunChunk.objects.filter(pk=chunk_id, run__in=under_way), now)
    untired = free.filter(attempt__lt=MOST_ATTEMPTS)
    if untired.update(state=RunState.RUNNING, attempt=F("attempt") + 1, lease_until=now + LEASE) == 1:
        return RunChunk.objects.select_related("run").get(pk=chunk_id)
    for tired in free.filter(attempt__gte=MOST_ATTEMPTS).select_related("run"):
        _give_up(tired)
    return None


def _give_up(chunk: RunChunk) -> None:
    """A part that broke its workers again and again must not do so for ever; the day before stays shown."""
    problem = f"sellers {chunk.first_seller} to {chunk.last_seller}: given up after {chunk.attempt} attempts"
    RunChunk.objects.filter(pk=chunk.pk).update(state=RunState.FAILED, lease_until=None)
    Run.objects.filter(pk=chunk.run_id, state=RunState.RUNNING).update(state=RunState.FAILED, problem=problem)
    logger.error("run of %s failed: %s", chunk.run.day, problem)


def publish(run: Run, *, now: datetime) -> bool:
    """Show a run whose parts are all written; says whether it was ours to do."""
    with transaction.atomic():
        unwritten = Q(step=Step.SCORE) | ~Q(state=RunState.COMPLETE)
        if RunChunk.objects.filter(unwritten, run=run).exists():
            return False
        scored = RunChunk.objects.filter(run=run).aggregate(n=Sum("scored"))["n"] or 0
        mine = Run.objects.filter(pk=run.pk, state=RunState.RUNNING)
        if mine.update(state=RunState.COMPLETE, finished_at=now, scored=scored, ranks_stale=False) != 1:
            return False
        recompute.tell(None)
    logger.info("run of %s complete: %s scored", run.day, scored)
    return True


def rank_again() -> list[date]:
    """Rank the published days anew whose scores were restated since; gives these days."""
    stale = Run.objects.filter(state=RunState.COMPLETE, ranks_stale=True).order_by("day")
    done = []
    for day in list(stale.values_list("day", flat=True)):
        with transaction.atomic():
            if stale.filter(day=day).update(ranks_stale=False) == 1:
                standings.rank_again(day)
                recompute.tell(None)
                done.append(day)
    return done


def rank_stale(*, days: int) -> None:
    """Have the newest published days ranked anew, by the tick: what they count has changed since."""
    newest = published_day()
    if newest is not None:
        recent = Run.objects.filter(day__gt=newest - timedelta(days=days), day__lte=newest)
        recent.update(ranks_stale=True)


def run_again(day: date) -> Run:
    """Make a day's run due once more, whatever became of it."""
    run, _made = Run.objects.get_or_create(day=day)
    Run.objects.filter(pk=run.pk).update(state=RunState.DUE)
    recompute.tell(None)  # until it is done, boards show another day
    return run


def missing_sums(*, today: date) -> list[tuple[int, int, int]]:
    """What a formula that takes effect later still lacks: its key, and ranges of sellers without its sums.

    The sums of the one in force stay as they are; whatever is still missing on its first night is built then.
    """
    return [
        (version.pk, part.first, part.last)
        for version in Rulebook().after(today)
        for part in _ranges(CHUNK)
        if sums.are_missing(part, version=version)
    ]


def build_sums(formula_id: int, first: int, last: int, *, today: date) -> None:
    for version in Rulebook().after(today):
        if version.pk == formula_id:
            sums.build_missing(Range(first, last), version=version, today=today)


def waiting_restatements() -> list[int]:
    return list(Restatement.objects.values_list("pk", flat=True))
