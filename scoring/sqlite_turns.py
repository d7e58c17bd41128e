"""Who writes much to SQLite waits for its turn with the system, which wakes the next one at once.

SQLite itself asks again after pauses of up to a tenth of a second, and whoever asks first after a commit is
next: of two workers of a night one would write all its parts while the other sleeps.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from django.db import connection

_is_ours = ContextVar("_is_ours", default=False)


@contextmanager
def turn() -> Iterator[None]:
    """Wait until nobody else is in such a block; on other databases, and within one's own, nobody waits."""
    if connection.vendor != "sqlite" or _is_ours.get():
        yield
        return
    with Path(f"{connection.settings_dict['NAME']}-turn").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = _is_ours.set(True)
        try:
            yield
        finally:
            _is_ours.reset(before)
