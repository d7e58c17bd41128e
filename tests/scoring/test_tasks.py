"""The night with a real worker and a real beat, on the real clock."""

import datetime
import os
import signal

import pytest
from celery.schedules import crontab
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.utils.timezone import now

from scoring import night, recompute, tasks, uploads
from scoring.models import Activity, Restatement, Run, RunChunk, Score, Tally, Trace, Upload
from scoring.models.run import RunState
from scoring.models.upload import UploadState
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
    hint(tasks.mind_nights)

    wait_until(lambda: complete(1), seconds=60, what="The publishing of the night")
    assert Score.objects.on(clock.today()).count() == 60
    assert Run.objects.get().scored == 60


def test_a_recorded_restatement_is_found_by_the_tick_when_its_hint_was_lost(ana, celery_worker_process):
    recompute.ask(ana.seller.pk, first=ana.seller.joined_on)

    hint(tasks.tick)

    wait_until(lambda: not Restatement.objects.exists(), seconds=40, what="The restatement")
    assert Score.objects.of(ana.seller).count() == (clock.today() - ana.seller.joined_on).days + 1


def test_a_worker_that_is_killed_while_it_takes_an_archive_in_leaves_all_of_it_to_the_next(ana, start_worker):
    rows = 30_000
    upload = confirmed_upload(ana, rows)
    victim = start_worker()
    hint(tasks.take_in_upload, upload_id=upload.pk)
    wait_until(lambda: phase_of(upload) == "storing", seconds=60, what="A beginning")

    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()

    assert Upload.objects.get(pk=upload.pk).state == UploadState.TAKING, "The worker was too quick."
    assert not Activity.objects.exists()
    start_worker()
    hint(tasks.mind_uploads)
    wait_until(queue_is_empty, what="A look at what somebody still seems to work on")
    assert Upload.objects.get(pk=upload.pk).attempt == 1
    # What its lease says is over, as it would be a quarter of an hour later.
    Upload.objects.update(lease_until=now())
    hint(tasks.mind_uploads)

    wait_until(
        lambda: Upload.objects.get().state == UploadState.DONE, seconds=60, what="The next worker's end"
    )
    wait_until(lambda: not Restatement.objects.exists(), seconds=60, what="The restatement")
    assert Upload.objects.get().attempt == 2
    assert Activity.objects.count() == Trace.objects.count() == rows
    assert Tally.objects.aggregate(n=Sum("quantity"))["n"] == rows
    assert list(uploads.folder().iterdir()) == []


def confirmed_upload(user, rows):
    """An archive that waits to be taken in, since it was read and confirmed."""
    first = now() - datetime.timedelta(days=60)
    moments = (first + datetime.timedelta(seconds=n) for n in range(rows))
    lines = [f"{moment:%Y-%m-%d %H:%M:%S},https://l.example/{n},Hello" for n, moment in enumerate(moments)]
    upload = uploads.receive(
        SimpleUploadedFile("comments.csv", "\n".join(["Date,Link,Message", *lines]).encode()),
        seller_id=user.seller.pk,
        made_by=user,
        now=now(),
    )
    assert uploads.read(upload.pk, today=clock.today(), now=now())
    assert uploads.confirm(upload.pk, items=[], now=now())
    return upload


def phase_of(upload):
    progress = uploads.progress_of(upload)
    return progress and progress.phase


@pytest.mark.parametrize(
    ("name", "task"),
    [("uploads", tasks.mind_uploads), ("nights", tasks.mind_nights), ("trials", tasks.mind_trials)],
)
def test_what_waits_for_a_worker_is_looked_after_every_five_minutes(name, task):
    entry = app.conf.beat_schedule[name]

    assert entry["task"] == task.name
    assert entry["schedule"] == crontab(minute="*/5")


def test_every_entry_of_the_timetable_names_a_task_that_is_there():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)


def test_an_upload_whose_hint_was_lost_is_found(ana, celery_worker_process):
    lost = confirmed_upload(ana, 2)

    hint(tasks.mind_uploads)

    wait_until(lambda: Upload.objects.get(pk=lost.pk).state == UploadState.DONE, what="The taking in")
    assert Activity.objects.count() == 2
