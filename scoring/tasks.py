"""The workers' edge: reads the clock, makes one call. Every task may run twice."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils.timezone import now

from scoring import night, recompute, restating, standings
from scoring.models import Run
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
    for formula_id, first, last in night.missing_sums(today=today):
        hint(build_sums, formula_id=formula_id, first=first, last=last)


def hint_run(run_id: int) -> None:
    """Bring a run as far as it goes by itself, and tell the workers of the parts that nobody works on."""
    run = Run.objects.get(pk=run_id)
    if night.advance(run, now=now()):
        hint(thin_out)
    for chunk_id in night.waiting_chunks(run, now=now()):
        hint(score_chunk, chunk_id=chunk_id)


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
def build_sums(*, formula_id: int, first: int, last: int) -> None:
    night.build_sums(formula_id, first, last, today=clock.today())


@shared_task
def settle(*, seller_id: int) -> None:
    recompute.settle(seller_id, today=clock.today())


@shared_task
def settle_group(*, seller_ids: list[int]) -> None:
    restating.settle(seller_ids, today=clock.today())
