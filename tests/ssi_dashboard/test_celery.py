"""A real worker keeps its connections from one task to the next, and notices when they are gone."""

import datetime

import pytest
from django.db import connection

from scoring import tasks
from scoring.models import Run
from scoring.models.run import RunState
from ssi_dashboard import clock
from ssi_dashboard.hints import hint
from tests.processes import wait_until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

NIGHTS = 6
PROCESSES = 2  # of the worker


def nights_by_worker(*, before):
    """Have the nights done that follow a day so many days ago, each by a few tasks."""
    Run.objects.all().delete()
    Run.objects.create(day=clock.today() - datetime.timedelta(days=before), state=RunState.COMPLETE)
    hint(tasks.tick)
    done = Run.objects.filter(state=RunState.COMPLETE)
    wait_until(lambda: done.count() == 1 + before, seconds=40, what="The publishing of the nights")


def connected():
    """The processes of the server that serve others than ourselves; SQLite has none."""
    if connection.vendor != "postgresql":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return {pid for (pid,) in cursor.fetchall()}


def test_connections_are_kept_from_one_task_to_the_next(ana, ada, celery_worker_process):
    nights_by_worker(before=NIGHTS)
    kept = connected()
    nights_by_worker(before=NIGHTS)

    assert len(kept) <= PROCESSES
    assert kept or connection.vendor != "postgresql"
    assert len(kept | connected()) <= PROCESSES


def test_a_connection_that_was_cut_is_made_anew_and_no_task_fails(ana, ada, celery_worker_process):
    nights_by_worker(before=NIGHTS)
    cut = connected()
    if cut:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [list(cut)])

    nights_by_worker(before=NIGHTS)

    assert not cut & connected()
    assert Run.objects.filter(state=RunState.COMPLETE).count() == 1 + NIGHTS


def test_a_task_that_failed_leaves_no_connection(ana, ada, celery_worker_process):
    """One whose time ran out may leave a statement half way, and nobody can tell."""
    nights_by_worker(before=NIGHTS)

    def fail():
        hint(tasks.try_formula, trial_id="no number")

    # Which of the processes takes a task, nobody can say.
    wait_until(lambda: fail() or not connected(), what="The end of the connections")
