# ruff: noqa: S608 - the names in the statements are those of models
"""Whole columns in and out of the database, as arrays: on the way no row is ever an object.

PostgreSQL sends and takes them in its binary form, ten times faster than row by row; SQLite sends a column as
one text, and takes many rows by each statement. A day is its ordinal (`date.toordinal`); what is null comes
out as 0 for a day and -1 for a number, and goes in as the masked part of a masked array.
"""

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain, groupby
from typing import Any

import numpy as np
import psycopg
from django.db import connection, models
from django.db.backends.signals import connection_created
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

Columns = dict[str, np.ndarray]

EPOCH = date(2000, 1, 1).toordinal()  # PostgreSQL counts days from here
JULIAN = 1721424.5  # what SQLite's julianday() gives for the ordinal 0
NO_DAY, NO_NUMBER = 0, -1
AT_ONCE = 1 << 20  # bytes handed to the driver
BEGIN = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = b"\xff\xff"


@dataclass(frozen=True)
class Form:
    """How values of a field look: as PostgreSQL's binary, which its function `send` gives, and here."""

    binary: str
    send: str
    native: type
    null: str
    is_day: bool = False


DAY = Form(">i4", "date_send", np.int32, "'0001-01-01'::date - 1", is_day=True)
SMALL = Form(">i2", "int2send", np.int16, "'-1'")
FORMS: tuple[tuple[type[Any], Form], ...] = (
    (models.DateField, DAY),
    (models.BooleanField, Form(">u1", "boolsend", np.bool_, "false")),
    (models.FloatField, Form(">f8", "float8send", np.float64, "-1")),
    (models.BigIntegerField, Form(">i8", "int8send", np.int64, "-1")),
    (models.SmallAutoField, SMALL),
    (models.PositiveSmallIntegerField, SMALL),
    (models.SmallIntegerField, SMALL),
    (models.IntegerField, Form(">i4", "int4send", np.int32, "-1")),
)


def connect() -> None:
    """Let every connection to SQLite pack numbers: it has no function of its own that gives their bytes."""
    connection_created.connect(_teach_to_pack, dispatch_uid="scoring.columns")


def _teach_to_pack(connection: Any, **_others: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("pack", -1, struct.pack, deterministic=True)


def form_of(field: Any) -> Form:
    """The form of a field, or of the key that it refers to. Raises TypeError without a fixed width."""
    field = getattr(field, "target_field", field)
    for kind, form in FORMS:
        if isinstance(field, kind):
            return form
    raise TypeError(f"{field} has no fixed width")


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
    by = query.order_by[0] if len(query.order_by) == 1 and not query.is_sliced else ""
    if by not in forms or by in nullable:
        return _read_gathered(*query.sql_with_params(), forms, nullable)
    # To keep an order SQLite copies each row, even where it reads along a key and they are in order already.
    query.clear_ordering(force=True)
    found = _read_gathered(*query.sql_with_params(), forms, nullable)
    order = np.argsort(found[by], kind="stable")
    return {name: column[order] for name, column in found.items()}


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
    column = f"{_quoted_table(rows.model)}.{connection.ops.quote_name('packed')}"
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


def _read_gathered(
    statement: str, parameters: Sequence[Any], forms: Mapping[str, Form], nullable: Collection[str]
) -> Columns:
    """Read all rows as one: a text for each column of whole numbers, and the bytes of all floats.

    No text of SQLite's tells a float exactly. Number by number its driver takes three times as long.
    """
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


def append(model: type[models.Model], columns: Mapping[str, Any]) -> int:
    """Write new rows; gives how many. Raises IntegrityError when the key of one is taken.

    A column is an array, masked where it is null, or one value for all rows, which may be a text.
    """
    whole = _whole(columns)
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, model, whole)
    else:
        _insert(model, whole, "")
    return len(next(iter(whole.values())))


def upsert(model: type[models.Model], columns: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Write rows over those that have the same key; columns that are not named stay as they were."""
    whole = _whole(columns)
    changed = [name for name in whole if name not in key]
    conflict = "ON CONFLICT ({}) DO UPDATE SET {}".format(
        _listed(model, key), ", ".join(f"{_quoted(model, n)} = EXCLUDED.{_quoted(model, n)}" for n in changed)
    )
    if connection.vendor != "postgresql":
        _insert(model, whole, conflict)
        return
    with connection.cursor() as cursor:
        _copy_aside(cursor, model, whole)
        names, table = _listed(model, whole), _quoted_table(model)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM aside {conflict}")
        cursor.execute("DROP TABLE aside")


def update(model: type[models.Model], columns: Mapping[str, Any], *, key: Sequence[str]) -> None:
    """Change the rows that are there, by their key; rows that say so already are not written again."""
    whole = _whole(columns)
    changed = [name for name in whole if name not in key]
    table = _quoted_table(model)
    if connection.vendor != "postgresql":
        settings = ", ".join(f"{_quoted(model, name)} = %s" for name in changed)
        matching = " AND ".join(f"{_quoted(model, name)} = %s" for name in key)
        rows = _rows(model, {name: whole[name] for name in [*changed, *key]})
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {table} SET {settings} WHERE {matching}", list(rows))
        return
    with connection.cursor() as cursor:
        _copy_aside(cursor, model, whole)
        settings = ", ".join(f"{_quoted(model, name)} = aside.{_quoted(model, name)}" for name in changed)
        matching = " AND ".join(f"t.{_quoted(model, name)} = aside.{_quoted(model, name)}" for name in key)
        ours, theirs = (", ".join(f"{of}.{_quoted(model, n)}" for n in changed) for of in ("t", "aside"))
        cursor.execute(
            f"UPDATE {table} AS t SET {settings} FROM aside "
            f"WHERE {matching} AND ({ours}) IS DISTINCT FROM ({theirs})"
        )
        cursor.execute("DROP TABLE aside")


def put(model: type[models.Model], values: Mapping[str, bytes], **key: Any) -> None:
    """Write large bytes into a row, as they are: Django's cursors would spell them out in the statement."""
    table = _quoted_table(model)
    settings = ", ".join(f"{_quoted(model, name)} = %s" for name in values)
    matching = " AND ".join(f"{_quoted(model, name)} = %s" for name in key)
    statement, parameters = (
        f"UPDATE {table} SET {settings} WHERE {matching}",
        [*values.values(), *key.values()],
    )
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(statement, parameters, binary=True)
        return
    with connection.cursor() as plain_cursor:
        plain_cursor.execute(statement, parameters)


def take(rows: "QuerySet[Any, Any]", name: str) -> list[bytes]:
    """Read large bytes of some rows, in their order."""
    statement, parameters = rows.values_list(name).query.sql_with_params()
    if connection.vendor != "postgresql":
        return [bytes(data) for data in rows.values_list(name, flat=True)]
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, parameters, binary=True)
        return [data for (data,) in cursor.fetchall()]


def _copy_aside(cursor: Any, model: type[models.Model], whole: Columns) -> None:
    """Put rows into a table of this connection's own, from where one statement takes them over."""
    names, table = _listed(model, whole), _quoted_table(model)
    cursor.execute(f"CREATE TEMPORARY TABLE aside AS SELECT {names} FROM {table} WITH NO DATA")
    _copy("aside", model, whole)
    # Without figures of it the planner would take it for a table of a thousand rows.
    cursor.execute("ANALYZE aside")


def _whole(columns: Mapping[str, Any]) -> Columns:
    length = max(np.ndim(value) and len(value) for value in columns.values())
    return {name: value if np.ndim(value) else _repeated(value, length) for name, value in columns.items()}


def _repeated(value: Any, length: int) -> np.ndarray:
    if value is None:
        return np.ma.array(np.zeros(length, dtype=np.int16), mask=True)
    return np.full(length, value.encode() if isinstance(value, str) else value)


def _form_in(model: type[models.Model], name: str, column: np.ndarray) -> Form:
    if column.dtype.kind == "S":
        return Form(column.dtype.str, "", bytes, "")
    return form_of(model._meta.get_field(name))


def _copy(table: str, model: type[models.Model], columns: Columns) -> None:
    """Copy rows in the binary form; rows with the same fields null have the same width, and go together."""
    names = ", ".join(_quoted(model, name) for name in columns)
    forms = {name: _form_in(model, name, column) for name, column in columns.items()}
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.cursor() as cursor:
        into = f"COPY {connection.ops.quote_name(table)} ({names}) FROM STDIN (FORMAT binary)"
        with cursor.copy(into) as copy:
            copy.write(BEGIN)
            for part, nulls in _alike(columns):
                packed = _packed(part, forms, nulls).data
                for at in range(0, len(packed), AT_ONCE):
                    copy.write(packed[at : at + AT_ONCE])
            copy.write(END)


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


def _insert(model: type[models.Model], columns: Columns, conflict: str) -> None:
    """Write many rows by each statement: one by one they take SQLite nearly twice as long."""
    most = (connection.features.max_query_params or 0) // len(columns) * len(columns)
    into, row = f"{_quoted_table(model)} ({_listed(model, columns)})", ", ".join(["%s"] * len(columns))
    values = list(chain.from_iterable(_rows(model, columns)))
    some = (values[at : at + most] for at in range(0, len(values), most))
    with connection.cursor() as cursor:
        for length, alike in groupby(some, key=len):
            rows = ", ".join([f"({row})"] * (length // len(columns)))
            cursor.executemany(f"INSERT INTO {into} VALUES {rows} {conflict}", list(alike))


def _rows(model: type[models.Model], columns: Columns) -> Iterator[tuple[Any, ...]]:
    values = []
    for name, column in columns.items():
        plain = column.tolist()
        if column.dtype.kind == "S":
            plain = [text and text.decode() for text in plain]
        elif _form_in(model, name, column).is_day:
            plain = [None if ordinal is None else _iso(ordinal) for ordinal in plain]
        values.append(plain)
    return zip(*values, strict=True)


@lru_cache(maxsize=4096)
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()


def _listed(model: type[models.Model], names: Iterable[str]) -> str:
    return ", ".join(_quoted(model, name) for name in names)


def _quoted_table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _quoted(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(str(model._meta.get_field(name).column))  # type: ignore[union-attr]
