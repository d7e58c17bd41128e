"""A real Celery worker and a real beat, on the test's own database and Valkey.

Tests that use them are marked `worker` and `django_db(transaction=True)`: another process sees only what is
committed.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from subprocess import Popen
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection

from ssi_dashboard.celery import app
from tests.processes import python, running, wait_until

# Celery warns of root, on which some machines run their tests.
CELERY = ["-W", "ignore:::celery.platforms", "-m", "celery", "-q", "-A", "ssi_dashboard"]


@pytest.fixture
def start_worker(transactional_db: None) -> Iterator[Callable[[], Popen]]:
    """Start a worker on each call, wait until it answers, and stop all of them at the end.

    The process handed back may be killed by its id in between.
    """
    app.control.purge()
    with ExitStack() as stack:

        def start() -> Popen:
            name = f"test{len(names)}@{os.getpid()}"
            names.append(name)
            process = stack.enter_context(
                running(
                    python(*CELERY, "worker", "-c", "2", "-l", "warning", "-n", name, "--without-mingle"),
                    environment_of_processes(),
                )
            )
            wait_until(
                lambda: app.control.ping([name], timeout=0.3) or ended(process), what="A worker's start"
            )
            assert process.poll() is None, "The worker ended at once."
            return process

        names: list[str] = []
        yield start
    app.control.purge()


@pytest.fixture
def celery_worker_process(start_worker: Callable[[], Popen]) -> Popen:
    """A real worker with two processes, ready for tasks."""
    return start_worker()


@pytest.fixture
def start_beat(transactional_db: None) -> Iterator[Callable[[], Popen]]:
    """Start a beat on each call, with the product's timetable; the first tick comes at once."""
    with ExitStack() as stack:

        def start() -> Popen:
            schedule = settings.VAR_DIR / f"beat-schedule-{len(processes)}"
            command = python(*CELERY, "beat", "-l", "warning", "--pidfile=", "-s", str(schedule))
            processes.append(stack.enter_context(running(command, environment_of_processes())))
            return processes[-1]

        processes: list[Popen] = []
        yield start
    for left in settings.VAR_DIR.glob("beat-schedule-*"):
        left.unlink()


@pytest.fixture
def celery_beat_process(start_beat: Callable[[], Popen]) -> Popen:
    return start_beat()


def environment_of_processes() -> dict[str, str]:
    """What a process needs to work on the database of the test, rather than on the one it was made from."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def ended(process: Popen) -> bool:
    return process.poll() is not None
