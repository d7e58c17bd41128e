# ruff: noqa: S608 - the names in the statements are those of models
"""Takes an upload back, as if it had never been.

Its traces go, and with them the acts that no other upload has a trace of. What is left may then be told
differently: an entry by hand that one of its rows took over is free for a row of a later upload, and a row
that was known from it first came with that later one. So those rows are matched anew, in the order in which
they came.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection

from scoring import restating
from scoring.corrections import because
from scoring.imports import parts
from scoring.models import Activity, Trace, Upload
from scoring.models.correction import Cause
from scoring.models.upload import PLAIN
from scoring.rulebook import kind_codes
from scoring.uploads import copying, held, tallying
from scoring.uploads.gathering import ARTICLE
from scoring.uploads.known_acts import Cell, Entries, LinkMark, Mark, rows_of
from scoring.uploads.sources import ACT, act_record

AT_ONCE = 5000
BORN = (Activity.Source.ARCHIVE, Activity.Source.FILE)  # made for a row, whoever owns it now


class Came(NamedTuple):
    """The first standing trace of a row, and what is the act of it now."""

    trace: int
    mark: str
    n: int
    kind: int
    day: date | None
    network: str
    link: str
    undated: str
    upload: int
    taken_on: date
    newest_act: int
    activity: int | None
    source: str | None
    act: Cell | None
    act_network: str | None
    is_settled: bool  # its act was edited or deleted: a person has decided


def withdraw(upload: Upload, *, link_marks: Any, now: datetime) -> list[int]:
    """Undo what an upload brought; gives the sellers, whose restatement is asked for.

    Call it in a transaction that holds them, with the upload standing no more. `link_marks` gives, for a
    seller, what makes a mark of an address.
    """
    sellers = sellers_of(upload)
    firsts = held.unsay(upload)
    touched = {seller: _Touched(upload, seller) for seller in sellers}
    _free_occurrences(upload)
    Trace.objects.filter(upload=upload).order_by()._raw_delete(connection.alias)
    for seller, left in touched.items():
        days = _resettle(seller, left, link_mark=link_marks(seller), now=now)
        days += _remove_untraced(seller)
        if days:
            firsts[seller] = min([*days, *([firsts[seller]] if seller in firsts else [])])
    restating.ask(firsts, because(Cause.UNDONE))
    return sorted(firsts)


def sellers_of(upload: Upload) -> list[int]:
    """Whose acts or items it brought."""
    if upload.seller_id is not None:
        return [upload.seller_id]
    traced = Trace.objects.filter(upload=upload).order_by().values_list("seller", flat=True).distinct()
    return sorted({*traced, *(said["seller"] for said in upload.held)})


class _Touched:
    """What of a seller the upload spoke of: marks, days of kinds, files without days."""

    def __init__(self, upload: Upload, seller: int) -> None:
        rows = Trace.objects.filter(upload=upload, seller=seller).order_by()
        self.marks = set() if upload.is_plain else {mark.hex for mark in rows.values_list("mark", flat=True)}
        dated = rows.filter(undated="")
        cells = dated.values_list("kind", "day").distinct()
        self.cells: set[Cell] = {(kind, day) for kind, day in cells if day is not None}
        self.files = set(rows.exclude(undated="").values_list("undated", flat=True).distinct())


def _free_occurrences(upload: Upload) -> None:
    """What only this table took over is free again for the next one."""
    if upload.is_plain:
        others = Trace.objects.filter(upload__format=PLAIN).exclude(upload=upload).values("activity")
        mine = Trace.objects.filter(upload=upload, activity__isnull=False).values("activity")
        acts = Activity.objects.filter(pk__in=mine).exclude(pk__in=others.filter(activity__in=mine))
        acts.exclude(source=Activity.Source.FILE).update(occurrence=None)


def _resettle(seller: int, touched: _Touched, *, link_mark: LinkMark, now: datetime) -> list[date]:
    """Match the rows anew that may be told differently now; gives the days of acts that are made."""
    entries = Entries(seller, {day for _kind, day in touched.cells}, link_mark=link_mark)
    contested = {cell for cell in touched.cells if entries.by_cell.get(cell)}
    marks = touched.marks | _marks_in(seller, contested, touched.files)
    came = list(_came(seller, marks))
    if not came:
        return []
    free = {(row.mark, row.n) for row in came if not row.is_settled}
    entries.use(key for key, mark in rows_of(seller, entries.keys) if mark not in free)
    moved, made = _told_anew(came, entries, base=_base_lines(seller))
    keys = copying.new_keys(Activity, len(made))
    codes, moment = kind_codes(), copying.moment(now)
    copying.insert(
        Activity,
        ACT,
        (
            act_record(key, seller, row.kind, codes[row.kind], day, row.network, moment)
            for key, (row, day) in zip(keys, made, strict=True)
        ),
    )
    tallying.add(seller, ((day, row.kind, 1) for row, day in made))
    _move(seller, [*moved, *((row, key) for key, (row, _day) in zip(keys, made, strict=True))])
    return [day for _row, day in made]


def _told_anew(
    came: Iterable[Came], entries: Entries, *, base: dict[str, int]
) -> tuple[list[tuple[Came, int | None]], list[tuple[Came, date]]]:
    """Say of which rows the act is another now, and for which rows one must be made, with its day."""
    moved: list[tuple[Came, int | None]] = []
    made: list[tuple[Came, date]] = []
    codes = kind_codes()
    for row in came:
        if row.is_settled:
            continue
        day = row.day or row.taken_on
        if row.undated and codes[row.kind] != ARTICLE and base.get(row.undated) == row.upload:
            activity = None
        elif not row.undated and (
            entry := entries.take((row.kind, day), row.network, row.link, newest=row.newest_act)
        ):
            activity = entry
        elif (
            row.source in BORN
            and (row.act, row.act_network) == ((row.kind, day), row.network)
            and entries.keep(row.activity)
        ):
            activity = row.activity
        else:
            made.append((row, day))
            continue
        if activity != row.activity:
            moved.append((row, activity))
    return moved, made


def _marks_in(seller: int, cells: Collection[Cell], files: Collection[str]) -> set[str]:
    found: set[str] = set()
    traces = Trace.objects.filter(seller=seller).exclude(upload__format=PLAIN).order_by()
    if cells:
        days = {day for _kind, day in cells}
        for some in parts(sorted(days), AT_ONCE):
            rows = traces.filter(undated="", day__in=some).values_list("kind", "day", "mark")
            found.update(mark.hex for kind, day, mark in rows if (kind, day) in cells)
    if files:
        found.update(mark.hex for mark in traces.filter(undated__in=files).values_list("mark", flat=True))
    return found


def _came(seller: int, marks: Collection[str]) -> Iterator[Came]:
    """The first trace of each row of some marks, in the order in which they came."""
    first: dict[Mark, Came] = {}
    traces = Trace.objects.filter(seller=seller).exclude(upload__format=PLAIN).order_by("pk")
    for some in parts(sorted(marks), AT_ONCE):
        for values in traces.filter(mark__in=some).values_list(
            *("pk", "mark", "n", "kind", "day", "network", "link", "undated"),
            *("upload", "upload__day", "upload__newest_act", "activity", "activity__source"),
            *("activity__kind", "activity__day", "activity__network"),
            *("activity__edited_content", "activity__deleted_at"),
        ):
            pk, mark, n, kind, day, network, link, *more = values
            *rest, act_kind, act_day, act_network, edited, deleted = more
            settled = edited is not None or deleted is not None or (day is not None and rest[4] is None)
            act = None if act_kind is None else (act_kind, act_day)
            said = (pk, mark.hex, n, kind, day, network, link.hex if link else "")
            came = Came(*said, *rest, act, act_network, settled)  # type: ignore[call-arg]
            first.setdefault((mark.hex, n), came)
    yield from sorted(first.values())


def _base_lines(seller: int) -> dict[str, int]:
    """Which standing upload was the first to have a file."""
    found: dict[str, int] = {}
    uploads = Upload.objects.standing().filter(seller=seller).order_by("ended_at", "pk")
    for pk, format, rows in uploads.values_list("pk", "format", "report__rows"):
        for file in rows or ():
            found.setdefault(f"{format}/{file}", pk)
    return found


def _move(seller: int, moved: Iterable[tuple[Came, int | None]]) -> None:
    """Let all traces of some rows name another activity."""
    table = connection.ops.quote_name(Trace._meta.db_table)
    statement = f"UPDATE {table} SET activity_id = %s WHERE seller_id = %s AND mark = %s AND n = %s"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(activity, seller, row.mark, row.n) for row, activity in moved])


def _remove_untraced(seller: int) -> list[date]:
    """Delete the acts of archives that no upload has a trace of any more, and lower the tallies."""
    act, trace = (connection.ops.quote_name(model._meta.db_table) for model in (Activity, Trace))
    statement = f"""
        DELETE FROM {act} WHERE seller_id = %s AND source = %s AND NOT EXISTS (
            SELECT 1 FROM {trace} t WHERE t.activity_id = {act}.id
        ) RETURNING kind_id, day, quantity, deleted_at
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [seller, Activity.Source.ARCHIVE.value])
        gone = [(_day(day), kind, n) for kind, day, n, deleted in cursor.fetchall() if deleted is None]
    tallying.take(seller, gone)
    return [day for day, _kind, _n in gone]


def _day(day: date | str) -> date:
    """SQLite knows no dates."""
    return date.fromisoformat(day) if isinstance(day, str) else day
