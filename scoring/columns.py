# ruff: noqa: S608 - the names in the statements are those of models
"""Whole columns in and out of the database, as arrays: on the way no row is ever an object.

PostgreSQL sends and takes them in its binary form, ten times faster than row by row; SQLite's ways are in
`scoring/sqlite_columns.py`. A day is its ordinal (`date.toordinal`); what is null comes out as 0 for a day
and -1 for a number, and goes in as the masked part of a masked array.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import psycopg
from django.db import connection, models
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from scoring import sqlite_columns
from scoring.column_forms import EPOCH, Columns, Form, form_in, form_of
from scoring.quoting import listed, quoted, quoted_table

AT_ONCE = 1 << 20  # bytes handed to the driver
BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"


def read(rows: "QuerySet[Any, Any]", *names: str) -> Columns:
    """Read some fields or annotations of a queryset, each as an array.

    Their order is that which the queryset asks for itself; the one of its model would only cost a sort.
    """
    rows = rows if rows.query.order_by else rows.order_by()
    packed = getattr(rows.model, "PACKED", ())
    # Of a row of which little is wanted, that little is fewer bytes to send.
    if connection.vendor == "postgresql" and set(names) <= set(packed) and 2 * len(names) > len(packed):
        return _read_packed(rows, packed, names)
    query = rows.values_list(*names).query
    annotated = {name: query.annotation_select[name] for name in query.annotation_select}
    plain = [name for name in names if name not in annotated]
    sources = annotated | dict(zip(plain, query.select, strict=True))
    forms = {name: form_of(sources[name].output_field) for name in names}
    nullable = {name for name in names if name in annotated or _may_be_null(sources[name], query)}
    if connection.vendor == "postgresql":
        return _read_binary(*query.sql_with_params(), forms, nullable)
    return sqlite_columns.read(query, forms, nullable)


def _may_be_null(column: Any, query: Any) -> bool:
    """Whether a column has nulls, of itself or because its table is joined."""
    return column.target.null or column.alias != query.get_initial_alias()


def _read_binary(
    statement: str, parameters: Sequence[Any], forms: Mapping[str, Form], nullable: Collection[str]
) -> Columns:
    letters = [f"c{n}" for n in range(len(forms))]
    values = (
        f"{form.send}(coalesce({letter}, {form.null}))" if name in nullable else f"{form.send}({letter})"
        for letter, (name, form) in zip(letters, forms.items(), strict=True)
    )
    data = _read_bytes(
        f"SELECT {' || '.join(values)} FROM ({statement}) AS r({', '.join(letters)})", parameters
    )
    return _columns_of(data, forms)


def _read_packed(rows: "QuerySet[Any, Any]", packed: Sequence[str], names: Collection[str]) -> Columns:
    """Read what a generated column of the database keeps of each row."""
    column = f"{quoted_table(rows.model)}.{connection.ops.quote_name('packed')}"
    bare = rows.annotate(packed=RawSQL(column, [])).values_list("packed")  # noqa: S611 - names of a model
    data = _read_bytes(*bare.query.sql_with_params())
    found = _columns_of(data, {name: form_of(rows.model._meta.get_field(name)) for name in packed})
    return {name: found[name] for name in names}


def _read_bytes(statement: str, parameters: Sequence[Any]) -> bytes:
    """Read rows of bytes as one row: to make an array of each column takes the server twice as long."""
    connection.ensure_connection()
    # Django's own cursors put parameters into the text, and take no binary answer.
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        whole = f"SELECT string_agg(packed, '') FROM ({statement}) AS r(packed)"
        cursor.execute(whole, parameters, binary=True)
        ((data,),) = cursor.fetchall()
    return data or b""


def _columns_of(data: bytes, forms: Mapping[str, Form]) -> Columns:
    rows = np.frombuffer(data, dtype=[(name, form.binary) for name, form in forms.items()])
    return {name: _native_of(rows[name], form) for name, form in forms.items()}


def _native_of(values: np.ndarray, form: Form) -> np.ndarray:
    return values.astype(form.native) + EPOCH if form.is_day else values.astype(form.native)


def append(model: type[models.Model], columns: Mapping[str, Any]) -> int:
    """Write new rows; gives how many. Raises IntegrityError when the key of one is taken.

    A column is an array, masked where it is null, or one value for all rows, which may be a text.
    """
    rows = NewRows(model, columns)
    rows.append()
    return len(rows)


class NewRows:
    """Rows laid out as the database takes them, so that nobody waits for that while they are written."""

    def __init__(self, model: type[models.Model], columns: Mapping[str, Any]) -> None:
        self.columns = _whole(columns)
        self._model = model
        self._laid_out: Any = (
            _buffers(model, self.columns)
            if connection.vendor == "postgresql"
            else sqlite_columns.inserts(model, self.columns)
        )

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def append(self) -> None:
        """Write them as `append` does."""
        if connection.vendor == "postgresql":
            _copy(self._model._meta.db_table, self._model, self.columns, self._laid_out)
        else:
            sqlite_columns.execute(self._laid_out)


def upsert(model: type[models.Model], columns: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Write rows over those that have the same key; columns that are not named stay as they were."""
    whole = _whole(columns)
    changed = [name for name in whole if name not in key]
    conflict = "ON CONFLICT ({}) DO UPDATE SET {}".format(
        listed(model, key), ", ".join(f"{quoted(model, n)} = EXCLUDED.{quoted(model, n)}" for n in changed)
    )
    if connection.vendor != "postgresql":
        sqlite_columns.execute(sqlite_columns.inserts(model, whole, conflict))
        return
    with connection.cursor() as cursor:
        _copy_aside(cursor, model, whole)
        names, table = listed(model, whole), quoted_table(model)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM aside {conflict}")
        cursor.execute("DROP TABLE aside")


def update(model: type[models.Model], columns: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Change the rows that are there, by their key; rows that say so already are not written again."""
    whole = _whole(columns)
    changed = [name for name in whole if name not in key]
    table = quoted_table(model)
    if connection.vendor != "postgresql":
        settings = ", ".join(f"{quoted(model, name)} = %s" for name in changed)
        matching = " AND ".join(f"{quoted(model, name)} = %s" for name in key)
        matched = sqlite_columns.rows(model, {name: whole[name] for name in [*changed, *key]})
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {settings} WHERE {matching}", list(matched))
        return
    with connection.cursor() as cursor:
        _copy_aside(cursor, model, whole)
        settings = ", ".join(f"{quoted(model, name)} = aside.{quoted(model, name)}" for name in changed)
        matching = " AND ".join(f"t.{quoted(model, name)} = aside.{quoted(model, name)}" for name in key)
        ours, theirs = (", ".join(f"{of}.{quoted(model, n)}" for n in changed) for of in ("t", "aside"))
        cursor.execute(
            f"UPDATE {table} AS t SET {settings} FROM aside "
            f"WHERE {matching} AND ({ours}) IS DISTINCT FROM ({theirs})"
        )
        cursor.execute("DROP TABLE aside")


def put(model: type[models.Model], rows: Iterable[Mapping[str, Any]], *, key: Sequence[str]) -> None:
    """Write large bytes into rows, as they are: Django's cursors would spell them out in the statement.

    Each row says the same names, those of its key among them. They all go without waiting for one another.
    """
    whole = [dict(row) for row in rows]
    if not whole:
        return
    changed = [name for name in whole[0] if name not in key]
    settings = ", ".join(f"{quoted(model, name)} = %s" for name in changed)
    matching = " AND ".join(f"{quoted(model, name)} = %s" for name in key)
    statement = f"UPDATE {quoted_table(model)} SET {settings} WHERE {matching}"
    parameters = [[row[name] for name in (*changed, *key)] for row in whole]
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.executemany(statement, parameters)
        return
    with connection.cursor() as plain_cursor:
        plain_cursor.executemany(statement, parameters)


def take(rows: "QuerySet[Any, Any]", name: str) -> list[Any]:
    """Read large bytes of some rows, in their order; None where a row has none."""
    statement, parameters = rows.values_list(name).query.sql_with_params()
    if connection.vendor != "postgresql":
        return list(rows.values_list(name, flat=True))
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters, binary=True)
        return [data for (data,) in cursor.fetchall()]


def _copy_aside(cursor: Any, model: type[models.Model], whole: Columns) -> None:
    """Put rows into a table of this connection's own, from where one statement takes them over."""
    names, table = listed(model, whole), quoted_table(model)
    cursor.execute(f"CREATE TEMPORARY TABLE aside AS SELECT {names} FROM {table} WITH NO DATA")
    _copy("aside", model, whole, _buffers(model, whole))
    # Without figures of it the planner would take it for a table of a thousand rows.
    cursor.execute("ANALYZE aside")


def _whole(columns: Mapping[str, Any]) -> Columns:
    length = max(np.ndim(value) and len(value) for value in columns.values())
    return {name: value if np.ndim(value) else _repeated(value, length) for name, value in columns.items()}


def _repeated(value: Any, length: int) -> np.ndarray:
    if value is None:
        return np.ma.array(np.zeros(length, dtype=np.int16), mask=True)
    return np.full(length, value.encode() if isinstance(value, str) else value)


def _copy(table: str, model: type[models.Model], names: Iterable[str], buffers: list[Any]) -> None:
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        into = f"COPY {connection.ops.quote_name(table)} ({listed(model, names)}) FROM STDIN (FORMAT binary)"
        with cursor.copy(into) as copy:
            for buffer in (BEGIN, *buffers, END):
                for at in range(0, len(buffer), AT_ONCE):
                    copy.write(buffer[at : at + AT_ONCE])


def _buffers(model: type[models.Model], columns: Columns) -> list[Any]:
    """Rows in the binary form; those with the same fields null have the same width, and go together."""
    forms = {name: form_in(model, name, column) for name, column in columns.items()}
    return [_packed(part, forms, nulls).data for part, nulls in _alike(columns)]


def _alike(columns: Columns) -> Iterator[tuple[Columns, frozenset[str]]]:
    """Part rows by which of their columns are null."""
    masks = {name: np.ma.getmaskarray(c) for name, c in columns.items() if np.ma.is_masked(c)}
    if not masks:
        yield {name: np.ma.getdata(column) for name, column in columns.items()}, frozenset()
        return
    pattern = sum(mask.astype(np.int64) << n for n, mask in enumerate(masks.values()))
    for which in np.unique(pattern):
        chosen = pattern == which
        nulls = frozenset(name for n, name in enumerate(masks) if which >> n & 1)
        yield {name: np.ma.getdata(column)[chosen] for name, column in columns.items()}, nulls


def _packed(columns: Columns, forms: Mapping[str, Form], nulls: frozenset[str]) -> np.ndarray:
    """Lay rows out as COPY takes them: the number of fields, then each after its length, -1 for null."""
    layout: list[tuple[str, str]] = [("fields", ">i2")]
    for name, form in forms.items():
        layout += [(f"{name} length", ">i4"), *([] if name in nulls else [(name, form.binary)])]
    rows = np.zeros(len(next(iter(columns.values()))), dtype=layout)
    rows["fields"] = len(forms)
    for name, form in forms.items():
        rows[f"{name} length"] = -1 if name in nulls else np.dtype(form.binary).itemsize
        if name not in nulls:
            rows[name] = columns[name] - EPOCH if form.is_day else columns[name]
    return rows.view(np.uint8)
