"""Statements of SQL: which ones a call needs, how long they take alone, and what the server says of it."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from bench.harness import Timed, stopwatch
from scoring.prepared import Names

DURATION = re.compile(r"duration: ([0-9.]+) ms")

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

    def server_seconds_of(self, calls: Sequence[Sequence[Statement]], *, rounds: int) -> Timed:
        """The same as the server tells it: without the way there and back, and without the driver."""
        run = self.seconds_of(calls, rounds=rounds)

        def told() -> float:
            with server_seconds(self._connection) as each:
                run()
            return sum(each) / rounds / len(calls)

        return told

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
def server_seconds(told_on: psycopg.Connection | None = None) -> Iterator[list[float]]:
    """Have the server say how long each statement of a connection took, waiting for the disk included.

    Of Django's own connection, unless another is named. Only statements of the simple protocol tell of their
    commit. Raises psycopg.errors.InsufficientPrivilege for who is no superuser.
    """
    if told_on is None:
        connection.ensure_connection()
    server: psycopg.Connection = told_on or connection.connection
    found: list[float] = []

    def note(said: Any) -> None:
        if duration := DURATION.match(said.message_primary or ""):
            found.append(float(duration[1]) / 1000)

    server.execute("SET client_min_messages = log")
    server.execute("SET log_min_duration_statement = 0")
    server.add_notice_handler(note)
    try:
        yield found
    finally:
        server.remove_notice_handler(note)
        server.execute("RESET log_min_duration_statement")
        server.execute("RESET client_min_messages")
