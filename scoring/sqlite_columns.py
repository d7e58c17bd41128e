# ruff: noqa: S608 - the names in the statements are those of models
"""Whole columns in and out of SQLite, the twin of PostgreSQL's binary form in `scoring/columns.py`."""

import struct
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import chain, groupby
from typing import Any

import numpy as np
from django.db import connection, models
from django.db.backends.signals import connection_created

from scoring.column_forms import NO_DAY, NO_NUMBER, Columns, Form, form_in
from scoring.quoting import listed, quoted_table

JULIAN = 1721424.5  # what SQLite's julianday() gives for the ordinal 0


def connect() -> None:
    """Let every connection to SQLite pack numbers: it has no function of its own that gives their bytes."""
    connection_created.connect(_teach_to_pack, dispatch_uid="scoring.sqlite_columns")


def _teach_to_pack(connection: Any, **_others: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("pack", -1, struct.pack, deterministic=True)


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
        name: _as_number(letter, form, name in nullable)
        for letter, (name, form) in zip(letters, forms.items(), strict=True)
    }
    floats = [name for name, form in forms.items() if form.native is np.float64]
    texts = [name for name in forms if name not in floats]
    packed = f"pack('{len(floats)}d', {', '.join(values[name] for name in floats)})" if floats else "NULL"
    gathered = [f"CAST(group_concat({packed}, '') AS BLOB)", *(f"group_concat({values[n]})" for n in texts)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH r({', '.join(letters)}) AS ({statement}) SELECT {', '.join(gathered)} FROM r", parameters
        )
        ((data, *found),) = cursor.fetchall()
    points = np.frombuffer(data or b"")
    numbers = {name: points[n :: len(floats)].copy() for n, name in enumerate(floats)}
    numbers |= {name: _whole_numbers(text, forms[name]) for name, text in zip(texts, found, strict=True)}
    return {name: numbers[name] for name in forms}


def _as_number(letter: str, form: Form, may_be_null: bool) -> str:
    value = f"CAST(julianday({letter}) - {JULIAN} AS INTEGER)" if form.is_day else letter
    return f"ifnull({value}, {NO_DAY if form.is_day else NO_NUMBER})" if may_be_null else value


def _whole_numbers(text: str | None, form: Form) -> np.ndarray:
    numbers = np.fromstring(text, dtype=np.int64, sep=",") if text else np.zeros(0)
    return numbers.astype(form.native)


def insert(model: type[models.Model], columns: Columns, conflict: str) -> None:
    """Write many rows by each statement: one by one they take SQLite nearly twice as long."""
    most = (connection.features.max_query_params or len(columns)) // len(columns) * len(columns)
    into, row = f"{quoted_table(model)} ({listed(model, columns)})", ", ".join(["%s"] * len(columns))
    values = list(chain.from_iterable(rows(model, columns)))
    some = (values[at : at + most] for at in range(0, len(values), most))
    with connection.cursor() as cursor:
        for length, alike in groupby(some, key=len):
            marks = ", ".join([f"({row})"] * (length // len(columns)))
            cursor.executemany(f"INSERT INTO {into} VALUES {marks} {conflict}", list(alike))


def rows(model: type[models.Model], columns: Columns) -> Iterator[tuple[Any, ...]]:
    values = []
    for name, column in columns.items():
        plain = column.tolist()
        if column.dtype.kind == "S":
            plain = [text and text.decode() for text in plain]
        elif form_in(model, name, column).is_day:
            plain = [None if ordinal is None else _iso(ordinal) for ordinal in plain]
        values.append(plain)
    return zip(*values, strict=True)


@lru_cache(maxsize=4096)
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
