# ruff: noqa: S608 - the names in the statements are those of models
"""Many new rows at once: as a stream into PostgreSQL, as one prepared statement into SQLite."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models

from scoring.imports import parts

Record = tuple[Any, ...]

ROWS_AT_ONCE = 2000


def new_keys(model: type[models.Model], n: int) -> Sequence[int]:
    """Take n keys from the model's sequence, in ascending order.

    SQLite lets nobody else write until the transaction ends, and counts on from the highest key.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(statement, [table, n])
            return sorted(key for (key,) in cursor.fetchall())
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (newest,) = cursor.fetchone()
    return range(newest + 1, newest + 1 + n)


def insert(model: type[models.Model], names: Sequence[str], records: Iterable[Record]) -> None:
    """Insert records, in the order of the columns' names: numbers, and texts.

    A day is told in ISO form, a moment as `moment` does, a UUID in 32 hexadecimal digits.
    """
    quote = connection.ops.quote_name
    table, listed = quote(model._meta.db_table), ", ".join(map(quote, names))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
            for some in parts(records, ROWS_AT_ONCE):
                copy.write("".join(_line(record) for record in some))
        return
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        for some in parts(records, ROWS_AT_ONCE):
            cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", some)


def moment(at: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(at))


def _line(record: Record) -> str:
    """A row as COPY reads it."""
    return "\t".join([_cell(value) for value in record]) + "\n"


ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if type(value) is str:
        return value if value.isalnum() else value.translate(ESCAPES)
    return str(value)
