"""A plain table of activities, as `import_activities` takes it, in CSV or as a workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator

from scoring.archive.broken import Broken
from scoring.archive.container import Archive
from scoring.archive.delimited import possible_headers, read_table
from scoring.archive.found import FileRead, Found, Job, Refused, Skipped, TableRow
from scoring.archive.workbook import is_workbook, read_workbook

NAME = "plain"

TABLE, WORKBOOK = "activities.csv", "activities.xlsx"
COLUMNS = ("seller", "kind", "day", "until", "quantity", "network", "link", "note")
REQUIRED = ("kind", "day")  # whoever brings their own acts need not name themselves


def owns(archive: Archive) -> bool:
    """Whether it is a table that tells kinds and days. Raises Broken and Refused."""
    if is_workbook(archive):
        return True
    if not archive.single:
        return False
    with archive.members()[0].open() as stream:
        return any(header.issuperset(REQUIRED) for header in possible_headers(stream))


def read(archive: Archive, _job: Job) -> Iterator[Found]:
    """Give the rows as they stand there: what is in them is judged where sellers and kinds are known.

    Raises Refused when a column is none of a table of activities.
    """
    file = TABLE if archive.single else WORKBOOK
    rows = 0
    try:
        for row in _table(archive) if archive.single else _workbook(archive):
            rows += 1
            yield row
    except Broken as error:
        yield Skipped(file, error.line, "", error.code)
    yield FileRead(file, rows)


def _table(archive: Archive) -> Iterator[TableRow | Skipped]:
    with archive.members()[0].open() as stream:
        table = read_table(stream, file=TABLE, required=REQUIRED)
        _check(column.strip().lower() for column in table.columns)
        for row in table:
            yield row if isinstance(row, Skipped) else TableRow(TABLE, row.line, row.cells)


def _workbook(archive: Archive) -> Iterator[TableRow | Skipped]:
    """Find the header among the rows of a sheet, as in a table."""
    columns: list[str] = []
    for line, cells in read_workbook(archive, required=REQUIRED):
        if isinstance(cells, str):
            yield Skipped(WORKBOOK, line, "", cells)
        elif not columns:
            columns = [cell.lower() for cell in cells]
            while columns and not columns[-1]:
                columns.pop()
            _check(columns)
        elif any(cells[len(columns) :]):
            yield Skipped(WORKBOOK, line, "", "width")
        else:
            yield TableRow(WORKBOOK, line, dict(zip(columns, cells, strict=False)))


def _check(columns: Iterable[str]) -> None:
    counts = Counter(columns)
    if not counts.keys() <= set(COLUMNS) or counts.total() > len(counts):
        raise Refused("strange_columns", columns=", ".join(COLUMNS))
