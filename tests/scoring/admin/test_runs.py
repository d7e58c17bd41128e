import datetime

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse

from scoring import night
from scoring.models import (
    Run,
    RunChunk,
)
from scoring.models.run import RunState
from teams.groups import ADMINISTRATOR
from tests.moments import NOON, TODAY, days_ago

pytestmark = pytest.mark.django_db


def page(model, name="changelist", *args):
    return reverse(f"admin:scoring_{model}_{name}", args=args)


def act(client, model, action, chosen, **fields):
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in chosen], **fields}
    return client.post(page(model), data, follow=True)


def history(row):
    return [entry.change_message for entry in LogEntry.objects.filter(object_id=str(row.pk))]


def test_today_is_run_now_and_waits_for_a_worker(client, administrator, ana):
    assert client.get(reverse("admin:scoring_run_now")).status_code == 200
    assert not Run.objects.exists()

    response = client.post(reverse("admin:scoring_run_now"), follow=True)

    run = Run.objects.get()
    assert (run.day, run.state) == (TODAY, RunState.RUNNING)
    assert "waiting for a worker" in response.content.decode()
    assert history(run) == ["Run again."]


def test_the_run_is_done_once_a_worker_takes_it(client, administrator, ana):
    client.post(reverse("admin:scoring_run_now"))

    night.complete(Run.objects.get(), now=NOON, today=TODAY)

    text = client.get(page("run")).content.decode()
    assert ">complete<" in text
    assert "1 of 1" in text
    assert night.published_day() == TODAY


def test_a_run_without_sellers_is_complete_at_once(client, administrator):
    client.post(reverse("admin:scoring_run_now"))

    assert Run.objects.get().state == RunState.COMPLETE


def test_workers_are_told_of_the_parts(client, administrator, ana, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(reverse("admin:scoring_run_now"))

    # Beside it those hear of it who keep pages.
    assert sum("hint" in callback.__qualname__ for callback in callbacks) == 1


def test_an_earlier_day_is_run_again(client, administrator, ana):
    done = Run.objects.create(day=days_ago(3), state=RunState.COMPLETE, scored=7)
    other = Run.objects.create(day=days_ago(2), state=RunState.FAILED)

    client.post(page("run", "again", done.pk))
    act(client, "run", "run_again", [other])

    assert set(Run.objects.values_list("state", flat=True)) == {RunState.RUNNING}
    assert client.post(page("run", "again", 999)).status_code == 404


def test_who_may_not_change_runs_starts_none(client, administrator, ana):
    group = Group.objects.get(name=ADMINISTRATOR)
    group.permissions.remove(group.permissions.get(codename="change_run"))
    run = Run.objects.create(day=TODAY)

    assert client.post(reverse("admin:scoring_run_now")).status_code == 403
    act(client, "run", "run_again", [run])
    assert "Run now" not in client.get(page("run")).content.decode()
    assert Run.objects.get().state == RunState.DUE


def test_a_run_tells_its_parts_and_how_long_it_took(client, administrator):
    run = Run.objects.create(
        day=TODAY, state=RunState.COMPLETE, started_at=NOON, finished_at=NOON + datetime.timedelta(seconds=95)
    )
    RunChunk.objects.create(run=run, first_seller=1, last_seller=9, state=RunState.COMPLETE, scored=8)

    text = client.get(page("run", "change", run.pk)).content.decode()

    assert "1 min 35.0 s" in text
