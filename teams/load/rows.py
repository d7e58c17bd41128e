# ruff: noqa: S608 - the names in the statements are those of models
"""New rows with text in them, in bulk; what has a fixed width goes through `scoring.columns`."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice, repeat
from typing import Any

from django.db import connection, models

AT_ONCE = 10_000  # rows handed to the driver


def append(model: type[models.Model], columns: Mapping[str, Any]) -> None:
    """Write rows of which each column is a list, or one value for all; the others have their field's default.

    Values are what the database is sent: keys, ISO days, digests in hex. No text holds a tab, a line break
    or a backslash, with which PostgreSQL's COPY means something.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or "id" in columns]
    whole = [columns[f.name] if f.name in columns else f.get_default() for f in fields]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        _copy(f"COPY {table} ({names}) FROM STDIN", whole)
    else:
        marks = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            rows: Any = _rows(whole)  # Django takes any iterable, and says so only of sequences
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


@lru_cache(maxsize=1 << 14)
def iso(day: int) -> str:
    """A day, told by its ordinal."""
    return date.fromordinal(day).isoformat()


def moment(at: datetime) -> str:
    """A moment in UTC, in which connections to PostgreSQL speak too."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


def _rows(columns: list[Any]) -> Iterator[tuple[Any, ...]]:
    """Give the rows; the lists end together, and what is one value for all never ends."""
    return zip(*(column if isinstance(column, list) else repeat(column) for column in columns), strict=False)


def _copy(statement: str, columns: list[Any]) -> None:
    line = "\t".join("%s" if isinstance(c, list) else _text(c).replace("%", "%%") for c in columns) + "\n"
    lists = [column for column in columns if isinstance(column, list)]
    rows = _rows([list(map(_text, column)) if None in column else column for column in lists])
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        while lines := "".join(map(line.__mod__, islice(rows, AT_ONCE))):
            copy.write(lines)


def _text(value: Any) -> str:
    return r"\N" if value is None else str(value)
