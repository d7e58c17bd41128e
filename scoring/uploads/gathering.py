"""What a reading finds, put in rows of sellers: whose each is, and the how-manieth of its mark."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from scoring.archive.found import Act, FileRead, Found, Item, Skipped, TableRow
from scoring.archive.tellable import tellable
from scoring.models import Kind, Seat
from scoring.models.upload import PLAIN
from scoring.rows import ActRow, RowReader, StandingRow
from scoring.tables import Fault, Line, unguarded
from scoring.uploads.reports import Report

ARTICLE = "article_published"  # dated at the first import that contains it, without a base line
# Why a cell of a table of activities is not taken, by its column; those that may be told hold nobody's words.
BAD_CELLS = {
    "seller": "bad_seller",
    "kind": "bad_kind",
    "day": "bad_day",
    "until": "bad_until",
    "quantity": "bad_quantity",
    "network": "bad_network",
    "link": "bad_link",
    "note": "bad_note",
}
TOLD_COLUMNS = ("kind", "day", "until")


class Row(NamedTuple):
    """A row of an archive; `undated` names the file whose rows have no day."""

    file: str
    mark: str
    n: int
    kind: int
    day: date | None
    network: str
    link: str
    undated: str = ""


class PlainRow(NamedTuple):
    """A row of a table of activities; it was the n-th of its content."""

    file: str
    n: int
    act: ActRow


@dataclass
class Gathered:
    """All rows of an upload, by seller and in the order of the file, and what is to be said of the others."""

    format: str
    rows: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    plain: dict[int, list[PlainRow]] = field(default_factory=lambda: defaultdict(list))
    standing: list[StandingRow] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    report: Report = field(default_factory=Report)

    @property
    def count(self) -> int:
        """How many rows there are to be matched."""
        return sum(map(len, self.rows.values())) + sum(map(len, self.plain.values())) + len(self.standing)

    @property
    def sellers(self) -> set[int]:
        return {*self.rows, *self.plain, *(row.seller for row in self.standing)}


def gather(found: Iterable[Found], *, format: str, seller_id: int | None, today: date) -> Gathered:
    """Without a seller the rows are those of seats, or name their sellers themselves."""
    gathered = Gathered(format, report=Report(format=format))
    report = gathered.report
    acts, table = _Acts(gathered, seller_id), _Table(gathered, seller_id, today)
    for one in found:
        match one:
            case Act():
                acts.add(one)
            case TableRow():
                table.add(one)
            case Skipped():
                report.skip(one)
            case Item():
                if one.kind not in gathered.items:
                    gathered.items.append(one.kind)
            case FileRead():
                report.rows[one.file] += one.rows
    return gathered


class _Acts:
    def __init__(self, gathered: Gathered, seller_id: int | None) -> None:
        self._gathered, self._seller = gathered, seller_id
        self._kinds = {kind.code: kind.pk for kind in Kind.objects.all()}
        self._seats = dict(Seat.objects.values_list("number", "seller")) if seller_id is None else {}
        self._seen: Counter[tuple[int, str]] = Counter()

    def add(self, act: Act) -> None:
        seller = self._seller or self._seats.get(act.seat)
        if seller is None:
            self._gathered.report.unknown_seats[act.seat] += 1
            return
        self._seen[seller, act.mark] += 1
        self._gathered.rows[seller].append(
            Row(
                act.file,
                act.mark,
                self._seen[seller, act.mark],
                self._kinds[act.kind],
                act.day,
                act.network,
                act.link,
                "" if act.day else f"{self._gathered.format}/{act.file}",
            )
        )


class _Table:
    """Rows in the format of `import_activities`; a seller's own table speaks of nobody else."""

    def __init__(self, gathered: Gathered, seller_id: int | None, today: date) -> None:
        self._gathered, self._seller = gathered, seller_id
        self._seen: Counter[tuple[int, str]] = Counter()
        if gathered.format == PLAIN:
            self._reader = RowReader(today=today)
            self._email = next((e for e, pk in self._reader.sellers.items() if pk == seller_id), "")

    def add(self, row: TableRow) -> None:
        cells = {column: unguarded(text.strip()) for column, text in row.cells.items()}
        if self._seller is not None:
            if cells.get("seller", "").lower() not in ("", self._email.lower()):
                self._gathered.report.skip(Skipped(row.file, row.line, "seller", "another_seller"))
                return
            cells["seller"] = self._email
        read = self._reader.read(Line(row.line, cells))
        if isinstance(read, list):
            self._gathered.report.skip(_skipped(row.file, read[0]))
        elif isinstance(read, StandingRow):
            self._gathered.standing.append(read)
            self._gathered.report.count(row.file, read.kind, "read")
        else:
            self._seen[read.seller, read.digest] += 1
            plain = PlainRow(row.file, self._seen[read.seller, read.digest], read)
            self._gathered.plain[read.seller].append(plain)


def _skipped(file: str, fault: Fault) -> Skipped:
    code = BAD_CELLS[fault.column]
    told = tellable(fault.value, code) if fault.column in TOLD_COLUMNS else ""
    return Skipped(file, fault.line, fault.column, code, told)
