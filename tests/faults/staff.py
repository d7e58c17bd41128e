"""Workers that are let down: each does one task at a time, and the database knows its name."""

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from subprocess import Popen
from urllib.parse import quote, urlencode, urlsplit

from ssi_dashboard.celery import app
from tests.processes import python, running, wait_until
from tests.workers import CELERY


@contextmanager
def worker(
    name: str, environment: Mapping[str, str], *, within: Sequence[str] = (), seconds: float = 40
) -> Iterator[Popen]:
    """Run a worker, started by the command `within`, and wait until it answers; at the end it is killed."""
    command = [*within, *python(*CELERY, "worker", "-c", "1", "-l", "critical", "-n", address_of(name))]
    with running([*command, "--without-mingle", "--without-gossip"], environment) as process:
        try:
            wait_until(
                lambda: answers(name) or process.poll() is not None, seconds=seconds, what=f"{name}'s start"
            )
            assert process.poll() is None, f"The worker {name} ended at once."
            yield process
        finally:
            kill(process)


def kill(process: Popen) -> None:
    """End the worker and its processes as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def answers(name: str) -> bool:
    return bool(app.control.ping([address_of(name)], timeout=0.3))


def is_free(name: str) -> bool:
    """Whether the worker answers that it has nothing in hand."""
    inspected = app.control.inspect([address_of(name)], timeout=0.5)
    return inspected.active() == {address_of(name): []}


def address_of(name: str) -> str:
    return f"{name}@{os.getpid()}"


def with_options(database: str, **options: str) -> str:
    """Add what a session of this worker is to be told to the address of a database."""
    parts = urlsplit(database)
    told = urlencode(options, quote_via=quote)
    return parts._replace(query="&".join(filter(None, [parts.query, told]))).geturl()
