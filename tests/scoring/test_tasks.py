"""The night with a real worker and a real beat, on the real clock."""

import datetime
import os
import signal

import pytest
from django.utils.timezone import now

from scoring import night, recompute, tasks
from scoring.models import Restatement, Run, RunChunk, Score
from scoring.models.run import RunState
from ssi_dashboard import clock
from ssi_dashboard.celery import app
from ssi_dashboard.hints import hint
from teams.models import Membership, Seller, User
from tests.processes import wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


def complete(n):
    return Run.objects.filter(state=RunState.COMPLETE).count() == n


def test_a_worker_and_a_beat_make_up_for_three_missed_nights(ana, ada, celery_worker_process, start_beat):
    today = clock.today()
    Run.objects.create(day=today - datetime.timedelta(days=4), state=RunState.COMPLETE)

    start_beat()

    wait_until(lambda: complete(5), seconds=40, what="The publishing of four nights")
    days = list(Run.objects.order_by("day").values_list("day", "scored"))
    assert days[1:] == [(today - datetime.timedelta(days=n), 2) for n in (3, 2, 1, 0)]
    assert Score.objects.on(today).count() == 2


def test_two_beats_at_once_make_one_run(ana, ada, celery_worker_process, start_beat):
    start_beat()
    start_beat()

    wait_until(lambda: complete(1), seconds=40, what="The publishing of the night")
    hint(tasks.tick)
    wait_until(queue_is_empty, what="The end of the third tick")
    assert Run.objects.count() == 1
    assert list(RunChunk.objects.values_list("attempt", flat=True)) == [1]


def queue_is_empty():
    active = app.control.inspect(timeout=1).active() or {}
    with app.connection_or_acquire() as connection:
        waiting = connection.default_channel.client.llen("celery")
    return waiting == 0 and not any(active.values())


def test_a_killed_worker_loses_time_but_no_part(north, start_worker):
    people = [User.objects.create_user(f"s{n}@example.com") for n in range(60)]
    sellers = [Seller.objects.create(user=user, joined_on=clock.today()) for user in people]
    Membership.objects.bulk_create(Membership(seller=s, team=north, first=clock.today()) for s in sellers)
    (run,) = night.open_runs(today=clock.today())
    night.start(run, now=now(), chunk=1)
    victim = start_worker()
    tasks.hint_run(run.pk)
    wait_until(lambda: run.chunks.filter(state=RunState.COMPLETE).count() >= 3, what="A beginning")

    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    done_before = run.chunks.filter(state=RunState.COMPLETE).count()
    assert done_before < 60, "The worker was too quick to be killed in the middle."
    assert night.published_day() is None
    # What its lease says is over, as it would be ten minutes later.
    run.chunks.filter(state=RunState.RUNNING).update(lease_until=now())
    start_worker()
    hint(tasks.tick)

    wait_until(lambda: complete(1), seconds=60, what="The publishing of the night")
    assert Score.objects.on(clock.today()).count() == 60
    assert Run.objects.get().scored == 60


def test_a_recorded_restatement_is_found_by_the_tick_when_its_hint_was_lost(ana, celery_worker_process):
    recompute.ask(ana.seller.pk, first=ana.seller.joined_on)

    hint(tasks.tick)

    wait_until(lambda: not Restatement.objects.exists(), seconds=40, what="The restatement")
    assert Score.objects.of(ana.seller).count() == (clock.today() - ana.seller.joined_on).days + 1
