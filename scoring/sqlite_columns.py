# ruff: noqa: S608 - the names in the statements are those of models
"""Whole columns in and out of SQLite, the twin of PostgreSQL's binary form in `scoring/columns.py`."""

import struct
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
from django.db import connection, models
from django.db.backends.signals import connection_created

from scoring.column_forms import NO_NUMBER, Columns, Form, form_in
from scoring.quoting import listed, quoted_table

ZERO = "0000-12-31"  # the day of the ordinal 0, which no date has
EPOCH = date(1970, 1, 1).toordinal()  # numpy counts days from here
MOST_FLOATS = 16  # of a row that is read


def connect() -> None:
    """Let every connection to SQLite pack numbers: it has no function of its own that gives their bytes."""
    connection_created.connect(_teach_to_pack, dispatch_uid="scoring.sqlite_columns")


def _teach_to_pack(connection: Any, **_others: Any) -> None:
    """One function for each number of floats: told their form at every call, it would take twice as long."""
    if connection.vendor == "sqlite":
        for n in range(1, 1 + MOST_FLOATS):
            pack = struct.Struct(f"{n}d").pack
            connection.connection.create_function("pack", n, pack, deterministic=True)


def read(query: Any, forms: Mapping[str, Form], nullable: Collection[str]) -> Columns:
    """Read what `columns.read` asks for; sort here what is ordered by one of its columns.

    SQLite would copy each row to keep an order, even where they are in order already.
    """
    by = query.order_by[0] if len(query.order_by) == 1 and not query.is_sliced else ""
    if by not in forms or by in nullable:
        return _gathered(query, forms, nullable)
    query.clear_ordering(force=True)
    found = _gathered(query, forms, nullable)
    order = np.argsort(found[by], kind="stable")
    return {name: column[order] for name, column in found.items()}


def _gathered(query: Any, forms: Mapping[str, Form], nullable: Collection[str]) -> Columns:
    """Read all rows as one: a text for each column of whole numbers, and the bytes of all floats.

    No text of SQLite's tells a float exactly. Number by number its driver takes three times as long.
    """
    statement, parameters = query.sql_with_params()
    letters = [f"c{n}" for n in range(len(forms))]
    values = {
        name: _as_told(letter, form, name in nullable)
        for letter, (name, form) in zip(letters, forms.items(), strict=True)
    }
    floats = [name for name, form in forms.items() if form.native is np.float64]
    texts = [name for name in forms if name not in floats]
    packed = f"pack({', '.join(values[name] for name in floats)})" if floats else "NULL"
    between = {name: "''" if forms[name].is_day else "','" for name in texts}
    gathered = [
        f"CAST(group_concat({packed}, '') AS BLOB)",
        *(f"group_concat({values[name]}, {between[name]})" for name in texts),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH r({', '.join(letters)}) AS ({statement}) SELECT {', '.join(gathered)} FROM r", parameters
        )
        ((data, *found),) = cursor.fetchall()
    points = np.frombuffer(data or b"")
    numbers = {name: points[n :: len(floats)].copy() for n, name in enumerate(floats)}
    numbers |= {name: _whole_numbers(text, forms[name]) for name, text in zip(texts, found, strict=True)}
    return {name: numbers[name] for name in forms}


def _as_told(letter: str, form: Form, may_be_null: bool) -> str:
    null = f"'{ZERO}'" if form.is_day else NO_NUMBER
    return f"ifnull({letter}, {null})" if may_be_null else letter


def _whole_numbers(text: str | None, form: Form) -> np.ndarray:
    if not text:
        return np.zeros(0, dtype=form.native)
    if form.is_day:
        days = np.frombuffer(text.encode(), dtype=f"S{len(ZERO)}").astype("M8[D]")
        return (days.astype(np.int64) + EPOCH).astype(form.native)
    return np.fromstring(text, dtype=np.int64, sep=",").astype(form.native)


Inserts = list[tuple[str, list[Any]]]


def inserts(model: type[models.Model], columns: Columns, conflict: str = "") -> Inserts:
    """Statements and their parameters, of many rows each: one by one they take SQLite twice as long."""
    width, length = len(columns), len(next(iter(columns.values())))
    most = (connection.features.max_query_params or width) // width * width
    values: list[Any] = [None] * (width * length)
    for n, column in enumerate(_plain(model, columns)):
        values[n::width] = column
    some = (values[at : at + most] for at in range(0, len(values), most))
    into, row = f"{quoted_table(model)} ({listed(model, columns)})", ", ".join(["%s"] * width)
    found: Inserts = []
    for size, alike in groupby(some, key=len):
        marks = ", ".join([f"({row})"] * (size // width))
        found.append((f"INSERT INTO {into} VALUES {marks} {conflict}", list(alike)))
    return found


def execute(statements: Inserts) -> None:
    with connection.cursor() as cursor:
        for statement, parameters in statements:
            cursor.executemany(statement, parameters)


def rows(model: type[models.Model], columns: Columns) -> Iterator[tuple[Any, ...]]:
    return zip(*_plain(model, columns), strict=True)


def _plain(model: type[models.Model], columns: Columns) -> Iterator[list[Any]]:
    """Each column as its driver takes it."""
    for name, column in columns.items():
        plain = column.tolist()
        if column.dtype.kind == "S":
            plain = [text and text.decode() for text in plain]
        elif form_in(model, name, column).is_day:
            plain = [None if ordinal is None else _iso(ordinal) for ordinal in plain]
        yield plain


@lru_cache(maxsize=4096)
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
