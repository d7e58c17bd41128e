"""How far a worker is with an upload: told in the cache, since its transaction shows nothing before its end.

It may be lost; the state in the row is the truth.
"""

import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from django.core.cache import caches

from scoring.archive.found import Found, Moved

KEPT_SECONDS = 3600
EVERY_SECONDS = 0.3
ROWS_AT_ONCE = 500

Thing = TypeVar("Thing")


class Progress(NamedTuple):
    """So many of a phase's total: bytes while it is read, then rows."""

    phase: str
    done: int
    total: int


def progress_of(upload_id: int) -> Progress | None:
    told = caches["forgetful"].get(_name(upload_id))
    return None if told is None else Progress(*told)


class Teller:
    """Tells how far the work on an upload is, a few times a second at most."""

    def __init__(self, upload_id: int) -> None:
        self._name = _name(upload_id)
        self._told_at = 0.0
        self._phase, self._done, self._total = "", 0, 0

    def tell(self, phase: str, done: int, total: int) -> None:
        """Told at once where a phase begins or ends."""
        moment = time.monotonic()
        if 0 < done < total and moment - self._told_at < EVERY_SECONDS:
            return
        self._told_at = moment
        caches["forgetful"].set(self._name, (phase, done, total), KEPT_SECONDS)

    def watch(self, found: Iterable[Found]) -> Iterator[Found]:
        for one in found:
            if isinstance(one, Moved):
                self.tell("reading", one.done, one.total)
            else:
                yield one

    def begin(self, phase: str, rows: int) -> None:
        """A phase of so many rows begins."""
        self._phase, self._done, self._total = phase, 0, rows
        self.tell(phase, 0, rows)

    def each(self, rows: Iterable[Thing]) -> Iterator[Thing]:
        """Give rows of the phase on, and tell how many are done."""
        for row in rows:
            self._done += 1
            if self._done % ROWS_AT_ONCE == 0:
                self.tell(self._phase, self._done, self._total)
            yield row

    def end(self) -> None:
        caches["forgetful"].delete(self._name)


def _name(upload_id: int) -> str:
    return f"upload:{upload_id}"
