"""Statements of SQL: which ones a call needs, how long they take alone, and what the server says of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from bench.harness import Timed, stopwatch
from scoring.prepared import Names

DURATION = re.compile(rb"LOG:  duration: ([0-9.]+) ms")

Statement = tuple[str, Any]


def statements_of(call: Callable[[], Any]) -> list[Statement]:
    """Make a call; gives what it asked the database, with parameters."""
    statements: list[Statement] = []

    def write_down(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        statements.append((sql, parameters))
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(write_down):
        call()
    return statements


class Replay:
    """A connection as the product has one, without Django: it asks once more what was asked before.

    With `by_name` its statements are prepared as pages have them prepared (scoring/prepared.py).
    """

    def __init__(self, address: str, *, by_name: bool = False) -> None:
        self._connection = psycopg.connect(address, autocommit=True, cursor_factory=psycopg.ClientCursor)
        self._names = Names() if by_name else None

    def close(self) -> None:
        self._connection.close()

    def seconds_of(self, calls: Sequence[Sequence[Statement]], *, rounds: int) -> Timed:
        """Time the statements of some calls; what is given is the mean of one call."""
        return self._timed([[self._asked(*each) for each in statements] for statements in calls], rounds)

    def select_1(self, *, rounds: int) -> Timed:
        return self._timed([[("SELECT 1", None)]], rounds)

    def _timed(self, calls: Sequence[Sequence[Statement]], rounds: int) -> Timed:
        def run() -> float:
            with self._connection.cursor() as cursor, stopwatch() as took:
                for _ in range(rounds):
                    for statements in calls:
                        for sql, parameters in statements:
                            cursor.execute(sql, parameters)  # type: ignore[call-overload]
                            cursor.fetchall()
            return took[0] / rounds / len(calls)

        return run

    def _asked(self, sql: str, parameters: Any) -> Statement:
        said = self._names.said(sql, len(parameters or ())) if self._names else None
        if said is None:
            return sql, parameters
        prepare, ask = said
        if prepare:
            self._connection.execute(prepare)  # type: ignore[call-overload]
        return ask, parameters or None


@contextmanager
def server_seconds(log: Path) -> Iterator[list[float]]:
    """Have the server tell how long each statement of this connection took, waiting for the disk included.

    What is yielded is filled at the end; only statements of the simple protocol tell of their commit.
    """
    found: list[float] = []
    with connection.cursor() as cursor:
        cursor.execute("SET log_min_duration_statement = 0")
    begin = log.stat().st_size
    try:
        yield found
    finally:
        found += _durations(log, begin)
        with connection.cursor() as cursor:
            cursor.execute("RESET log_min_duration_statement")


def _durations(log: Path, begin: int) -> list[float]:
    with log.open("rb") as lines:
        lines.seek(begin)
        return [float(told) / 1000 for told in DURATION.findall(lines.read())]
