"""Who is at work: read where a correction is written, said where the person is known."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Who = Callable[[], int | None]


def _nobody() -> int | None:
    return None


_who: ContextVar[Who] = ContextVar("who", default=_nobody)


@contextmanager
def acting(who: Who) -> Iterator[None]:
    """Let what this block does be somebody's doing; `who` gives the key of the person when it is needed."""
    token = _who.set(who)
    try:
        yield
    finally:
        _who.reset(token)


def who_acts() -> int | None:
    """The key of the person at work; None where nobody is."""
    return _who.get()()
