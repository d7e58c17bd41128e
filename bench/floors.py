"""What nothing can be faster than: the bare write of the same rows, the bare aggregate."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, models

from bench.harness import Timed, stopwatch, timed

AT_ONCE = 1 << 20  # bytes handed to the driver
FLOOR = "bench_floor"


class RowFloor:
    """Rows of a table, written by binary COPY into one of the same columns and types.

    That has neither index nor constraint. The buffers are prepared: what the server itself sends of them.
    """

    def __init__(self, model: type[models.Model], condition: str) -> None:
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {FLOOR}")
            cursor.execute(f"CREATE TABLE {FLOOR} AS SELECT * FROM {table} WITH NO DATA")
        self._buffers = _in_binary(f"SELECT * FROM {table} WHERE {condition}")

    def write(self) -> float:
        """Write all rows into the empty table and commit; gives the seconds."""
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {FLOOR}")
        with stopwatch() as took, connection.connection.cursor() as cursor:
            copying = cursor.copy(f"COPY {FLOOR} FROM STDIN (FORMAT binary)")
            with copying as copy:
                for buffer in self._buffers:
                    copy.write(buffer)
        return took[0]

    def count(self) -> int:
        return _one(f"SELECT count(*) FROM {FLOOR}")


def _in_binary(query: str) -> list[bytes]:
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT binary)") as copy,
    ):
        whole = b"".join(copy)
    return [whole[at : at + AT_ONCE] for at in range(0, len(whole), AT_ONCE)]


class SqliteFloor:
    """Rows of a day, written by executemany into the very table they stand in, as a day far away."""

    AWAY = date(9000, 1, 1)

    def __init__(self, model: type[models.Model], day: date) -> None:
        self._table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {self._table} WHERE day = %s", [day.isoformat()])
            names = [column[0] for column in cursor.description]
            self.rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        away = self.AWAY.isoformat()
        self._values = [tuple({**row, "day": away}.values()) for row in self.rows]
        self._insert = "INSERT INTO {} ({}) VALUES ({})".format(
            self._table, ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
        )

    def write(self) -> float:
        """Write all rows in one transaction; gives the seconds. They are gone again afterwards."""
        with stopwatch() as took, connection.cursor() as cursor:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.executemany(self._insert, self._values)
            cursor.execute("COMMIT")
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self._table} WHERE day = %s", [self.AWAY.isoformat()])
        return took[0]


def group_by(formula_id: int, today: date) -> Timed:
    """The sum of points by seller and pillar over all tallies, by one statement; caps are left out."""
    statement = """
        SELECT count(*), sum(worth) FROM (
            SELECT t.seller_id, k.pillar,
                   sum(t.quantity * w.points * power(2::float8, (t.day - %s) / 30::float8)) AS worth
            FROM scoring_tally t JOIN scoring_kind k ON k.id = t.kind_id
            JOIN scoring_formulakind w ON w.kind_id = t.kind_id AND w.formula_id = %s
            GROUP BY 1, 2
        ) sums
    """
    return timed(lambda: execute(statement, [today, formula_id]))


def execute(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _one(statement: str) -> Any:
    return execute(statement)[0][0]
