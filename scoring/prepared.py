"""Statements that the database plans once a connection, not once a time.

Planning a small statement costs PostgreSQL more than doing it: a write of ten of them takes half the time
when they are prepared. The statements are those of the ORM, and on other databases nothing changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

MOST_KEPT = 200  # names a connection: what varies endlessly has no place here

_names: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()


@contextmanager
def prepared() -> Iterator[None]:
    """Prepare what is asked in this block, for each connection at the first time.

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
    names = _names.setdefault(connection.connection, {})
    # A cursor with a name fetches in portions, and declares its statement itself.
    is_named = getattr(context["cursor"], "name", None)
    is_small = not many and not is_named and sql.startswith(("SELECT", "INSERT", "UPDATE"))
    if not is_small or (sql not in names and len(names) == MOST_KEPT):
        return execute(sql, params, many, context)
    values = params or ()
    if sql not in names:
        name = f"kept_{len(names)}"
        numbered = sql % tuple(f"${n}" for n in range(1, len(values) + 1)) if values else sql
        execute(f"PREPARE {name} AS {numbered}", None, False, context)
        names[sql] = name
    marks = f" ({', '.join(['%s'] * len(values))})" if values else ""
    return execute(f"EXECUTE {names[sql]}{marks}", params, False, context)
