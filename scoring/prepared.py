"""Statements that the database plans once a connection, not once a time.

Planning a small statement costs PostgreSQL more than doing it: a write of ten of them, or a page of twenty,
takes half the time when they are prepared. The statements are those of the ORM, and on other databases
nothing changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection

MOST_KEPT = 200  # names a connection: what varies endlessly has no place here
PREPARED = ("SELECT", "(SELECT", "INSERT", "UPDATE")  # the second begins a union


class Names:
    """The statements that one connection of the database has planned, by the name that each was given."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._numbers = count()

    def said(self, sql: str, parameters: int) -> tuple[str, str] | None:
        """How to prepare a statement with so many parameters ("" when it is), and how to ask it by its name.

        None for one that is asked as it is.
        """
        prepare = ""
        if sql not in self._names:
            if not sql.startswith(PREPARED) or len(self._names) == MOST_KEPT:
                return None
            self._names[sql] = f"kept_{next(self._numbers)}"
            numbered = sql % tuple(f"${n}" for n in range(1, parameters + 1)) if parameters else sql
            prepare = f"PREPARE {self._names[sql]} AS {numbered}"
        marks = f" ({', '.join(['%s'] * parameters)})" if parameters else ""
        return prepare, f"EXECUTE {self._names[sql]}{marks}"

    def forget(self, sql: str) -> None:
        """The database would not prepare it."""
        del self._names[sql]


_names: WeakKeyDictionary[Any, Names] = WeakKeyDictionary()


@contextmanager
def prepared() -> Iterator[None]:
    """Prepare what is asked in this block or function, for each connection at the first time.

    A parameter takes its type from where it stands, so ask nothing here whose answer is a parameter itself.
    Behind a pooler that deals out connections by the transaction, which DISABLE_SERVER_SIDE_CURSORS says
    to Django, statements are planned each time.
    """
    pooled = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")
    if connection.vendor != "postgresql" or pooled:
        yield
        return
    with connection.execute_wrapper(_by_name):
        yield


def _by_name(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    # A cursor with a name fetches in portions, and declares its statement itself.
    is_named = getattr(context["cursor"], "name", None)
    names = _names.setdefault(connection.connection, Names())
    said = None if many or is_named else names.said(sql, len(params or ()))
    if said is None:
        return execute(sql, params, many, context)
    prepare, ask = said
    if prepare:
        try:
            execute(prepare, None, False, context)
        except DatabaseError:
            names.forget(sql)
            raise
    return execute(ask, params or None, False, context)
