"""Tables of delimited text, as networks and spreadsheets write them, row by row."""

import csv
import re
from collections.abc import Collection, Iterator
from typing import IO, NamedTuple

from scoring.archive.broken import Broken
from scoring.archive.found import Skipped
from scoring.archive.lines import MOST_CHARACTERS, Lines
from scoring.archive.records import Records

MOST_COLUMNS = 200
MOST_BEFORE_HEADER = 20  # lines
DELIMITERS = (",", ";", "\t")
NOT_OF_A_NAME = re.compile(r"[\s_\ufeff]+")


class Row(NamedTuple):
    """A row: the number of its first line, from 1, and its cells by the plain names of their columns."""

    line: int
    cells: dict[str, str]


class Table:
    """A table whose header was found. Rows are read once, from the first to the last.

    columns are the names as they are written; of equal ones the first gives the cell. `rows` counts the rows
    that were read so far, those included that are skipped.
    """

    def __init__(self, file: str, columns: list[str], records: Records) -> None:
        self.columns = columns
        self.rows = 0
        self._file = file
        self._records = records
        self._names = [plain_name(column) for column in columns]
        self._differ = len(set(self._names)) == len(self._names)

    def has(self, *names: str) -> bool:
        """Whether there are columns of these plain names."""
        return set(names) <= set(self._names)

    def __iter__(self) -> Iterator[Row | Skipped]:
        """Give the rows without blanks around their cells, and what is no row of it. Raises Broken."""
        for line, record in self._records:
            self.rows += 1
            if isinstance(record, str):
                yield Skipped(self._file, line, "", record)
            else:
                yield Row(line, self._cells(record))

    def _cells(self, record: list[str]) -> dict[str, str]:
        if self._differ:
            return dict(zip(self._names, record, strict=False))
        cells: dict[str, str] = {}
        for name, cell in zip(self._names, record, strict=False):
            cells.setdefault(name, cell)
        return cells


def read_table(
    stream: IO[bytes], *, file: str, required: Collection[str] = (), backslash: bool = False
) -> Table:
    """Find the header of a table: the first of its first lines that has the required columns.

    file is the name for skipped rows; required are plain names, see `plain_name`; backslash tells that quotes
    inside cells are probably escaped so, and not doubled. Either is understood.

    Raises Broken.
    """
    lines = Lines(stream)
    csv.field_size_limit(MOST_CHARACTERS + 1)
    while lines.number < MOST_BEFORE_HEADER and (line := lines.take()) is not None:
        for delimiter, columns in _headers(line):
            if set(required) <= {plain_name(column) for column in columns}:
                while len(columns) > 1 and not plain_name(columns[-1]):
                    columns.pop()  # a delimiter too many at the end
                if len(columns) > MOST_COLUMNS:
                    raise Broken("too_many_columns")
                records = Records(lines, delimiter, width=len(columns), backslash=backslash)
                return Table(file, columns, records)
    raise Broken("no_header")


def possible_headers(stream: IO[bytes]) -> Iterator[frozenset[str]]:
    """Give the plain names of columns for each of the first lines that may be a header. Raises Broken."""
    lines = Lines(stream)
    while lines.number < MOST_BEFORE_HEADER and (line := lines.take()) is not None:
        for _delimiter, columns in _headers(line):
            yield frozenset(map(plain_name, columns))


def plain_name(name: str) -> str:
    """The name of a column or a file, for comparing: lower case, without spaces and underscores."""
    return NOT_OF_A_NAME.sub("", name).lower()


def _headers(line: str) -> Iterator[tuple[str, list[str]]]:
    """Give the ways to read a line as a header, the most cut one first."""
    if "\0" in line:
        return
    for delimiter in sorted(DELIMITERS, key=line.count, reverse=True):
        try:
            columns = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        columns = [column.strip().lstrip("\ufeff") for column in columns]
        if any(columns):
            yield delimiter, columns
