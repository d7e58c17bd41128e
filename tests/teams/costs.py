"""What a page costs, so that a test can ask for twice the rows at the same price."""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def reads_of(act: Callable[[], Any]) -> Counter[str]:
    """How often each table is what a query asks for first."""
    found: Counter[str] = Counter()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        found.update(re.findall(r' FROM "(\w+)"', sql)[:1])
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        act()
    return found
