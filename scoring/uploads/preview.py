"""What the pages of uploads show: the counts of a report, in words and in the order of reading.

All of it is in the row of the upload already; nothing here asks the database.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from scoring import charts
from scoring.formula_marks import NO_CHANGES, Changes
from scoring.labels import kind_label
from scoring.uploads.words import words_of_skip

FAULTS_SHOWN = 8
FAULT_COLUMNS = ("file", "line", "column", "value", "reason")
COUNTS = ("read", "new", "known", "taken_over", "deleted_before", "baseline", "beyond_cap")
NOT_UNDERSTOOD = "not_understood"
# Columns that most files have nothing for: shown only when there is something in them.
RARE = ("taken_over", "deleted_before", "baseline")
GROUPED_FROM = 10_000


@dataclass(frozen=True)
class Count:
    """A cell: its column's name, and the number as it is shown."""

    key: str
    label: str
    n: int
    shown: str


@dataclass(frozen=True)
class KindRow:
    label: str
    counts: list[Count]


@dataclass(frozen=True)
class FileRows:
    """A file of the archive: its sums, and below them what they are made of; one kind needs no line."""

    name: str
    kind: str
    counts: list[Count]
    kinds: list[KindRow]


@dataclass(frozen=True)
class FaultRow:
    """A row that was not understood; line 0 is the whole file."""

    file: str
    line: int
    column: str
    value: str
    reason: str

    @property
    def where(self) -> str:
        if not self.line:
            return _("the whole file")
        if not self.column:
            return _("line %(line)d") % {"line": self.line}
        return _("line %(line)d, column %(column)s") % {"line": self.line, "column": self.column}


@dataclass(frozen=True)
class ByHand:
    """An entry typed by hand that a row of the archive tells of too."""

    label: str
    day: date
    quantity: int


@dataclass(frozen=True)
class Preview:
    """What an upload holds and what it would change, before or after it was taken in."""

    head: list[Count]
    files: list[FileRows]
    totals: dict[str, int]
    sums: list[Count]
    first: date | None
    last: date | None
    faults: list[FaultRow]
    fault_count: int
    faults_kept: int
    by_hand: list[ByHand]
    unknown_seats: list[str]
    chart: charts.Chart | None

    @property
    def is_empty(self) -> bool:
        """Nothing in it would change anything: no new act, and no entry by hand that it confirms."""
        return not self.totals["new"] and not self.totals["taken_over"]


def preview_of(report: Mapping[str, Any], formula_changes: Changes = NO_CHANGES) -> Preview:
    totals = _totals(report)
    columns = [key for key in (*COUNTS, NOT_UNDERSTOOD) if key not in RARE or totals[key]]
    return Preview(
        head=[_count(key, 0) for key in columns],
        files=_files(report, columns),
        totals=totals,
        sums=[_count(key, totals[key]) for key in columns],
        first=_day(report.get("first")),
        last=_day(report.get("last")),
        faults=list(fault_rows(report, most=FAULTS_SHOWN)),
        fault_count=totals[NOT_UNDERSTOOD],
        faults_kept=len(report.get("skipped", [])),
        by_hand=[
            ByHand(kind_label(entry["kind"]), date.fromisoformat(entry["day"]), entry["quantity"])
            for entry in report.get("taken_over", [])
        ],
        unknown_seats=list(report.get("seats", {}).get("unknown", [])),
        chart=charts.before_and_after(
            _course(report.get("before")), _course(report.get("after")), formula_changes
        ),
    )


def fault_rows(report: Mapping[str, Any], *, most: int | None = None) -> Iterator[FaultRow]:
    for fault in report.get("skipped", [])[:most]:
        yield FaultRow(
            file=fault["file"],
            line=fault["line"],
            column=fault["column"],
            value=fault["value"],
            reason=str(words_of_skip(fault["reason"])),
        )


def fault_cells(report: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """Those that were kept, as rows of a file with the columns FAULT_COLUMNS."""
    for fault in fault_rows(report):
        yield fault.file, fault.line or "", fault.column, fault.value, fault.reason


def days_covered(preview: Preview) -> str:
    if preview.first is None or preview.last is None:
        return ""
    if preview.first == preview.last:
        return date_format(preview.first)
    return _("%(first)s to %(last)s") % {
        "first": date_format(preview.first),
        "last": date_format(preview.last),
    }


def counted(n: int) -> str:
    """Write a count in the active language; thousands are set apart from 10,000 on."""
    return number_format(n, decimal_pos=0, use_l10n=True, force_grouping=n >= GROUPED_FROM)


def _totals(report: Mapping[str, Any]) -> dict[str, int]:
    """Of the whole archive; what is read has rows that are of no kind among it."""
    files = report.get("files", [])
    totals = {key: sum(int(row.get(key, 0)) for row in files) for key in COUNTS}
    totals["read"] = sum(report.get("rows", {}).values()) or totals["read"]
    totals[NOT_UNDERSTOOD] = int(report.get("skipped_count", 0))
    return totals


def _files(report: Mapping[str, Any], columns: Sequence[str]) -> list[FileRows]:
    kinds: dict[str, list[tuple[str, dict[str, int]]]] = {}
    for row in report.get("files", []):
        kinds.setdefault(row["file"], []).append((row["kind"], {key: int(row.get(key, 0)) for key in COUNTS}))
    rows, faulty = report.get("rows", {}), report.get("skipped_by_file", {})
    return [
        _file_rows(
            name, kinds.get(name, []), columns, read=rows.get(name), not_understood=faulty.get(name, 0)
        )
        for name in sorted({*kinds, *rows, *faulty})
    ]


def _file_rows(
    name: str,
    kinds: Sequence[tuple[str, dict[str, int]]],
    columns: Sequence[str],
    *,
    read: int | None,
    not_understood: int,
) -> FileRows:
    sums = {key: sum(counts[key] for _kind, counts in kinds) for key in COUNTS}
    sums["read"] = sums["read"] if read is None else read
    sums[NOT_UNDERSTOOD] = not_understood
    return FileRows(
        name=name,
        kind=kind_label(kinds[0][0]) if len(kinds) == 1 else "",
        counts=[_count(key, sums[key]) for key in columns],
        kinds=[
            KindRow(kind_label(kind), [_count(key, counts[key]) for key in columns if key in counts])
            for kind, counts in kinds
            if len(kinds) > 1
        ],
    )


def _count(key: str, n: int) -> Count:
    return Count(key, _column_label(key), n, counted(n))


def _column_label(key: str) -> str:
    return {
        "read": _("Rows read"),
        "new": _("New"),
        "known": _("Known already"),
        "taken_over": _("Typed by hand"),
        "deleted_before": _("Deleted before"),
        "baseline": _("To compare with"),
        "beyond_cap": _("Beyond the cap"),
        NOT_UNDERSTOOD: _("Not understood"),
    }[key]


def _course(points: Iterable[tuple[str, int]] | None) -> dict[date, int]:
    return {date.fromisoformat(day): hundredths for day, hundredths in points or ()}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
