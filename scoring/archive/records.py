"""Lines of delimited text put together to records, although files differ in how they quote.

Quotes inside a quoted cell are doubled in some files and stand behind a backslash in others, and what ends in
a backslash looks alike in both. So a record is read in the one way and, where the quotes or the number of its
cells are then wrong, in the other; the way that fitted last is tried first.
"""

import csv
from collections.abc import Iterator

from scoring.archive.broken import Broken
from scoring.archive.lines import MOST_CHARACTERS, Lines

MOST_AGAIN = 50_000_000  # characters that are looked at in vain, of a whole file

Record = list[str] | str


class Records:
    """The records of a table: the number of the first line and the cells, or a code for what is no record.

    Records without any text are passed over. Raises Broken.
    """

    def __init__(self, lines: Lines, delimiter: str, *, width: int, backslash: bool) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._width = width
        self._ways = ["\\", None] if backslash else [None, "\\"]
        self._again = 0

    def __iter__(self) -> Iterator[tuple[int, Record]]:
        while (line := self._lines.ahead(0)) is not None:
            number = self._lines.number + 1
            if '"' in line:
                record = self._quoted(line)
            else:
                self._lines.take()
                record = self._fitting(line.rstrip("\r\n").split(self._delimiter)) if line else "too_long"
            if isinstance(record, str) or any(record):
                yield number, record

    def _quoted(self, line: str) -> Record:
        """Take the lines of a record with quotes."""
        clean: tuple[Record, int] | None = None
        for way in list(self._ways):
            found = self._read(way)
            if found is None:
                continue
            record, used = self._fitting(found[0]), found[1]
            if not isinstance(record, str):
                self._prefer(way)
                self._take(used)
                return record
            clean = clean or (record, used)
        if clean is None:
            clean = self._leniently(line), 1
        self._take(clean[1])
        return clean[0]

    def _read(self, way: str | None) -> tuple[list[str], int] | None:
        """Read one record strictly: its cells, and how many lines it has. None when the quotes are wrong."""
        ahead = _Ahead(self._lines)
        reader = csv.reader(ahead, delimiter=self._delimiter, escapechar=way, strict=True)
        try:
            return next(reader), ahead.used
        except (csv.Error, StopIteration):
            self._again += ahead.characters
            if self._again > MOST_AGAIN:
                raise Broken("quotes", self._lines.number) from None
            return None

    def _leniently(self, line: str) -> Record:
        """Read one line by itself, whatever its quotes."""
        try:
            cells = next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error:
            return "quotes"
        record = self._fitting(cells)
        return "quotes" if isinstance(record, str) else record

    def _fitting(self, cells: list[str]) -> Record:
        """Cut empty cells that are too many."""
        record = [cell.strip() for cell in cells]
        if not any(record):
            return []
        if len(record) < self._width or any(record[self._width :]):
            return "width"
        if "\0" in "".join(record):
            return "nul"
        return record[: self._width]

    def _prefer(self, way: str | None) -> None:
        if self._ways[0] != way:
            self._ways.reverse()

    def _take(self, used: int) -> None:
        for _line in range(used):
            self._lines.take()


class _Ahead:
    """The lines to come, up to what a record may have."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self.used = 0
        self.characters = 0

    def __iter__(self) -> "_Ahead":
        return self

    def __next__(self) -> str:
        line = self._lines.ahead(self.used)
        if not line:  # the end, or a line that is too long
            raise StopIteration
        self.characters += len(line)
        if self.characters > MOST_CHARACTERS:
            raise StopIteration
        self.used += 1
        return line
