"""The workers' edge: reads the clock, makes one call. Every task may run twice."""

from celery import Task, shared_task
from django.db import InterfaceError, OperationalError
from django.utils.timezone import now

from scoring import night, recompute, replay, restating, standings, trials, uploads
from scoring.models import Run, Upload
from scoring.models.upload import UploadState
from scoring.plans import promises
from ssi_dashboard import clock
from ssi_dashboard.hints import hint


@shared_task
def tick() -> None:
    """Look into the ledger: start what is due, and tell the workers again of what was lost."""
    moment, today = now(), clock.today()
    for run in night.open_runs(today=today):
        night.start(run, now=moment)
        hint_run(run.pk)
    for group in restating.groups(night.waiting_restatements()):
        hint(settle_group, seller_ids=group)
    hint(rank_again)
    hint(thin_out)
    hint(replay_sample)
    hint(close_plans)
    for formula_id, first, last in night.missing_sums(today=today):
        hint(build_sums, formula_id=formula_id, first=first, last=last)


def hint_run(run_id: int) -> None:
    """Bring a run as far as it goes by itself, and tell the workers of the parts that nobody works on."""
    run = Run.objects.get(pk=run_id)
    if night.advance(run, now=now()):
        hint(thin_out)
    for chunk_id in night.waiting_chunks(run, now=now()):
        hint(score_chunk, chunk_id=chunk_id)


@shared_task
def mind_nights() -> None:
    """Tell the workers again of the parts of a night under way that nobody works on."""
    for run_id in night.under_way():
        hint_run(run_id)


# A worker that the database is out of reach for gives the hint back, rather than use up those of all parts.
@shared_task(autoretry_for=(OperationalError, InterfaceError), retry_backoff=10, max_retries=6)
def score_chunk(*, chunk_id: int) -> None:
    chunk = night.work(chunk_id, now=now(), today=clock.today())
    if chunk is not None and night.advance(chunk.run, now=now()):
        hint_run(chunk.run_id)


@shared_task
def rank_again() -> None:
    night.rank_again()


@shared_task
def thin_out() -> None:
    standings.thin_out(today=clock.today())


@shared_task
def replay_sample() -> None:
    """Once for each published night; the tick asks every hour."""
    run = replay.unchecked_run()
    if run is not None:
        replay.check_sample(run, now=now(), today=clock.today())


@shared_task
def close_plans() -> None:
    promises.close_ended(today=clock.today())


@shared_task
def try_formula(*, trial_id: int) -> None:
    """One slice of it, and then the next in its turn."""
    if trials.work(trial_id):
        hint(try_formula, trial_id=trial_id)


@shared_task
def build_sums(*, formula_id: int, first: int, last: int) -> None:
    night.build_sums(formula_id, first, last, today=clock.today())


@shared_task
def settle(*, seller_id: int) -> None:
    recompute.settle(seller_id, today=clock.today())


@shared_task
def settle_group(*, seller_ids: list[int]) -> None:
    restating.settle(seller_ids, today=clock.today())


@shared_task
def mind_uploads() -> None:
    """End uploads that waited too long, and tell the workers again of those that nobody works on."""
    uploads.sweep(now=now())
    for upload in uploads.waiting(now=now()):
        hint(_next_of(upload), upload_id=upload.pk)


@shared_task
def mind_trials() -> None:
    """End trials of formulas that were kept long enough, and go on with those that stand still."""
    trials.thin_out(now=now())
    for trial_id in trials.waiting():
        hint(try_formula, trial_id=trial_id)


def _next_of(upload: Upload) -> Task:
    match upload.state:
        case UploadState.CONFIRMED | UploadState.TAKING:
            return take_in_upload
        case UploadState.UNDOING:
            return undo_upload
        case _:
            return read_upload


@shared_task
def read_upload(*, upload_id: int) -> None:
    uploads.read(upload_id, today=clock.today(), now=now())


@shared_task
def take_in_upload(*, upload_id: int) -> None:
    """Take in, and restate at once those few whom it is about; what is left of that the tick finds."""
    _settle(uploads.take_in(upload_id, today=clock.today(), now=now()))


@shared_task
def undo_upload(*, upload_id: int) -> None:
    _settle(uploads.undo(upload_id, now=now()))


def _settle(waiting: list[int] | None) -> None:
    for group in restating.groups(waiting or ()):
        restating.settle(group, today=clock.today())
