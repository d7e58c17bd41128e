"""The workers' edge: reads the clock, makes one call. Every task may run twice."""

from celery import shared_task
from django.utils.timezone import now

from scoring import night, recompute
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
    for seller_id in night.waiting_restatements():
        hint(settle, seller_id=seller_id)
    hint(rank_again)


def hint_run(run_id: int) -> None:
    """Tell the workers of the parts of a run that nobody works on; one without any is published at once."""
    run = Run.objects.get(pk=run_id)
    for chunk_id in night.waiting_chunks(run, now=now()):
        hint(score_chunk, chunk_id=chunk_id)
    night.publish(run, now=now())


@shared_task
def score_chunk(*, chunk_id: int) -> None:
    night.work(chunk_id, now=now(), today=clock.today())


@shared_task
def rank_again() -> None:
    night.rank_again()


@shared_task
def settle(*, seller_id: int) -> None:
    recompute.settle(seller_id, today=clock.today())
