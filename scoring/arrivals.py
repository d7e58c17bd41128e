# ruff: noqa: S608 - the names in the statements are those of models
"""What a file brings, in tables of this connection's own, where SQL compares it with what is known.

Both databases run the same statements; only the way in differs. Rows are taken over in the order of the
indexes of `Activity`, which is what a database of millions of acts is fastest at, and a slice of sellers at a
time, so that one can see how far it is and interrupt it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any

from django.db import connection

from scoring.models import Activity, Tally
from scoring.rows import ActRow

ROWS_A_SLICE = 25_000

NAMES = ("place", "seller_id", "kind_id", "day", "quantity", "network", "link", "note", "content")
TYPES = {
    "postgresql": ("int", "int", "int2", "date", "int2", "text", "text", "text", "uuid"),
    "sqlite": ("int", "int", "int", "date", "int", "text", "text", "text", "char(32)"),
}
# n: the how-manieth row of its content in the file it is.
NUMBER = """
    CREATE TEMPORARY TABLE arrived AS
    SELECT *, row_number() OVER (PARTITION BY seller_id, content ORDER BY place) AS n
    FROM incoming ORDER BY seller_id, content, place
"""
IN_SLICE = "a.seller_id BETWEEN %(first)s AND %(last)s"
# What is stored of the contents that came: the very row; an entry by hand that nothing has taken over yet;
# an edited act that says this now. The last two are matched one by one.
MEET = f"""
    INSERT INTO met (place, seller_id, content, is_plain, is_live, brought)
    SELECT a.place, a.seller_id, a.content, k.occurrence IS NOT NULL, k.deleted_at IS NULL,
           CASE WHEN k.source = %(archive)s AND k.occurrence IS NOT NULL THEN k.id END
    FROM arrived a
    JOIN {{activity}} k ON k.seller_id = a.seller_id AND k.content = a.content
    WHERE {IN_SLICE} AND k.seller_id BETWEEN %(first)s AND %(last)s
      AND (k.occurrence = a.n OR k.occurrence IS NULL)
    UNION ALL
    SELECT a.place, a.seller_id, a.content, FALSE, TRUE, NULL
    FROM {{activity}} k
    JOIN arrived a ON a.seller_id = k.seller_id AND a.content = k.edited_content
    WHERE {IN_SLICE} AND k.edited_content IS NOT NULL
      AND k.seller_id BETWEEN %(first)s AND %(last)s
"""
# What an upload brought stays from now on, also when that is taken back.
OWN = """
    UPDATE {activity} SET source = %(file)s
    WHERE id IN (SELECT brought FROM met WHERE brought IS NOT NULL)
"""
NOT_PLAIN = "(SELECT seller_id, content FROM met WHERE NOT is_plain)"
STORE = f"""
    INSERT INTO {{activity}} (seller_id, kind_id, day, quantity, network, link, note,
                              source, content, occurrence, created_at, version)
    SELECT a.seller_id, a.kind_id, a.day, a.quantity, a.network, a.link, a.note,
           %(source)s, a.content, a.n, %(now)s, 0
    FROM arrived a WHERE {IN_SLICE} ORDER BY a.seller_id, a.content, a.n
"""
# Added and not counted again: a tally is the judge and may know of acts whose rows are purged.
COUNT = f"""
    INSERT INTO {{tally}} (seller_id, day, kind_id, quantity)
    SELECT a.seller_id, a.day, a.kind_id, sum(a.quantity)
    FROM arrived a WHERE {IN_SLICE} GROUP BY a.seller_id, a.day, a.kind_id
    ORDER BY a.seller_id, a.day, a.kind_id
    ON CONFLICT (seller_id, day, kind_id) DO UPDATE SET quantity = {{tally}}.quantity + EXCLUDED.quantity
"""
FIRSTS = f"SELECT a.seller_id, min(a.day) FROM arrived a WHERE {IN_SLICE} GROUP BY a.seller_id"


@dataclass(frozen=True)
class Slice:
    """The arrivals of the sellers from one key to another, both included."""

    first: int
    last: int
    rows: int


@dataclass(frozen=True)
class Met:
    """How many plain rows are known acts, live or deleted, and which rows are matched one by one."""

    live: int
    deleted: int
    doubtful: list[ActRow]


class Arrivals:
    """Rows of a file: first all are added, then slices are met and what is left of them is stored."""

    def __init__(self) -> None:
        self._places = count()

    def add(self, rows: Iterable[ActRow]) -> None:
        records = ((next(self._places), *row) for row in rows)
        listed = ", ".join(NAMES)
        if connection.vendor == "postgresql":
            into = f"COPY incoming ({listed}) FROM STDIN"
            with connection.connection.cursor() as cursor, cursor.copy(into) as copy:
                for record in records:
                    copy.write_row(record)
            return
        marks = ", ".join(["%s"] * len(NAMES))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO incoming ({listed}) VALUES ({marks})", list(records))

    def slices(self) -> list[Slice]:
        """Number the rows; give them in slices of whole sellers."""
        _run(NUMBER)
        _run("DROP TABLE incoming")
        _run("CREATE INDEX arrived_seller ON arrived (seller_id)")
        _run("ANALYZE arrived")
        counts = _all("SELECT seller_id, count(*) FROM arrived GROUP BY seller_id ORDER BY seller_id")
        return list(_cut(counts))

    def meet(self, part: Slice) -> Met:
        """Take the known rows of a slice out of it, and those that must be looked at one by one."""
        span = {"first": part.first, "last": part.last}
        _run(MEET, {**span, "archive": Activity.Source.ARCHIVE.value})
        _run(OWN, {"file": Activity.Source.FILE.value})
        rows = _all(
            f"SELECT {', '.join(f'a.{name}' for name in NAMES[1:])} FROM arrived a "
            f"WHERE {IN_SLICE} AND (a.seller_id, a.content) IN {NOT_PLAIN} ORDER BY a.place",
            span,
        )
        known = dict(
            _all(
                "SELECT is_live, count(*) FROM met "
                f"WHERE (seller_id, content) NOT IN {NOT_PLAIN} GROUP BY is_live"
            )
        )
        if rows or known:
            _run(
                "DELETE FROM arrived WHERE seller_id BETWEEN %(first)s AND %(last)s AND "
                f"(place IN (SELECT place FROM met) OR (seller_id, content) IN {NOT_PLAIN})",
                span,
            )
            _run("DELETE FROM met")
        return Met(known.get(True, 0), known.get(False, 0), [_act(row) for row in rows])

    def store(self, part: Slice, *, now: datetime) -> tuple[int, dict[int, date]]:
        """Make acts of what is left of a slice, and count them; gives how many, and sellers' first days."""
        span = {"first": part.first, "last": part.last}
        moment = connection.ops.adapt_datetimefield_value(now)
        new = _run(STORE, {**span, "source": Activity.Source.FILE.value, "now": moment})
        _run(COUNT, span)
        return new, {seller: _day(day) for seller, day in _all(FIRSTS, span)}


@contextmanager
def arrivals() -> Iterator[Arrivals]:
    """Make the tables, and drop them at the end; a transaction that fails has taken them back already."""
    columns = ", ".join(map(" ".join, zip(NAMES, TYPES[connection.vendor], strict=True)))
    uuid = TYPES[connection.vendor][-1]
    _run(f"CREATE TEMPORARY TABLE incoming ({columns})")
    found = f"place int, seller_id int, content {uuid}, is_plain boolean, is_live boolean, brought bigint"
    _run(f"CREATE TEMPORARY TABLE met ({found})")
    yield Arrivals()
    for table in ("met", "arrived"):
        _run(f"DROP TABLE {table}")


def _cut(counts: Iterable[tuple[int, int]]) -> Iterator[Slice]:
    first, rows = None, 0
    for seller, more in counts:
        first, rows = seller if first is None else first, rows + more
        if rows >= ROWS_A_SLICE:
            yield Slice(first, seller, rows)
            first, rows = None, 0
    if first is not None:
        yield Slice(first, seller, rows)


def _run(statement: str, parameters: dict[str, Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_named(statement), parameters)
        return cursor.rowcount


def _all(statement: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_named(statement), parameters)
        return cursor.fetchall()


def _named(statement: str) -> str:
    quote = connection.ops.quote_name
    return statement.format(activity=quote(Activity._meta.db_table), tally=quote(Tally._meta.db_table))


def _act(row: tuple[Any, ...]) -> ActRow:
    seller, kind, day, quantity, network, link, note, content = row
    return ActRow(seller, kind, _day(day), quantity, network, link, note, getattr(content, "hex", content))


def _day(day: date | str) -> date:
    """SQLite knows no dates: an expression over them comes as text."""
    return date.fromisoformat(day) if isinstance(day, str) else day
