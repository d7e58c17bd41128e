"""Who writes much to SQLite waits here for its turn, and has it as soon as the other has done.

SQLite itself asks again after pauses of up to a tenth of a second, and whoever asks first after a commit is
next: of two workers of a night one would write all its parts while the other sleeps.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BufferedWriter
from pathlib import Path

from django.db import connection

PATIENCE_SECONDS = 20  # as long as SQLite waits, too
PAUSE_SECONDS = 0.002

_is_ours = ContextVar("_is_ours", default=False)


@contextmanager
def turn() -> Iterator[None]:
    """Wait until nobody else is in such a block; on other databases, and within one's own, nobody waits.

    Whoever is not let in for too long goes on, and SQLite says whether it is locked.
    """
    if connection.vendor != "sqlite" or _is_ours.get():
        yield
        return
    with Path(f"{connection.settings_dict['NAME']}-turn").open("ab") as file:
        _wait_for(file)
        before = _is_ours.set(True)
        try:
            yield
        finally:
            _is_ours.reset(before)


def _wait_for(file: BufferedWriter) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE_SECONDS)
        else:
            return
