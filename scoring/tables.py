"""Tables in files: CSV in UTF-8 with comma or semicolon, read and written line by line, at any length."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, TypeVar

from django.utils.translation import gettext as _

MOST_CHARACTERS = 1_000_000  # of one record: what a row may take of the memory
MOST_NAMED = 5
GUARDED = re.compile(r"'*[=+\-@]")

Row = TypeVar("Row")
# Told the columns, it gives what makes a row of the bare cells of a record, or None: look closely.
Quickly = Callable[[Sequence[str]], Callable[[list[str]], Row | None]]


class Unreadable(ValueError):
    """The file as a whole is no table that can be read; the message is fit for the person."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row cannot be taken in; without a column it is about the whole row."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: the number of its first line, from 1, and its cells without blanks around them."""

    number: int
    cells: dict[str, str]

    def fault(self, column: str, reason: str) -> Fault:
        return Fault(self.number, column, self.cells.get(column, ""), reason)


class Table:
    """A file that can be read again and again, each time from the start, one row at a time."""

    def __init__(
        self, file: Path | bytes, *, required: Collection[str], optional: Collection[str] = ()
    ) -> None:
        """Take where the file is, or what is in it."""
        self._file = file
        self._required = required
        self._optional = optional

    def lines(self) -> Iterator[Line | Fault]:
        """Give the rows, or a fault for one that does not fit the header. Raises Unreadable."""
        return self.read(lambda line: line)

    def read(
        self,
        closely: Callable[[Line], Row],
        *,
        quickly: Quickly[Row] | None = None,
    ) -> Iterator[Row | Fault]:
        """Give what is made of the rows, or a fault for one that does not fit the header. Raises Unreadable.

        A record that `quickly` does not read is read closely.
        """
        try:
            with self._open() as text:
                yield from self._read(_Source(text), closely, quickly)
        except OSError as error:
            raise Unreadable(
                _("%(file)s cannot be read: %(problem)s.") % {"file": self._file, "problem": error.strerror}
            ) from error

    def _open(self) -> IO[str]:
        file = self._file
        opened = io.BytesIO(file) if isinstance(file, bytes) else file.open("rb")
        return io.TextIOWrapper(opened, encoding="utf-8-sig", errors="surrogateescape", newline="")

    def _read(
        self,
        source: "_Source",
        closely: Callable[[Line], Row],
        quickly: Quickly[Row] | None,
    ) -> Iterator[Row | Fault]:
        columns, delimiter = self._header(source)
        quick = quickly(columns) if quickly else None
        for number, record in _records(source, delimiter):
            if quick is not None and (row := quick(record)) is not None:
                yield row
            elif (line := _line(number, record, columns)) is not None:
                yield line if isinstance(line, Fault) else closely(line)

    def _header(self, source: "_Source") -> tuple[list[str], str]:
        first = next((line for line in source if line.strip()), None)
        if first is None:
            raise Unreadable(_("The file is empty."))
        delimiter = ";" if first.count(";") > first.count(",") else ","
        _number, record = next(_records(_Source(io.StringIO(first, newline="")), delimiter))
        columns = [cell.strip().lower() for cell in record]
        self._check(columns)
        source.begin()
        return columns, delimiter

    def _check(self, columns: Sequence[str]) -> None:
        counts = Counter(columns)
        if missing := [name for name in self._required if name not in counts]:
            raise Unreadable(_("The header lacks: %(columns)s.") % {"columns": _named(missing)})
        if twice := [name for name, count in counts.items() if count > 1]:
            raise Unreadable(_("The header has more than once: %(columns)s.") % {"columns": _named(twice)})
        known = {*self._required, *self._optional}
        if unknown := [name for name in columns if name not in known]:
            raise Unreadable(_("The header has unknown columns: %(columns)s.") % {"columns": _named(unknown)})


def _line(number: int, record: list[str], columns: Sequence[str]) -> Line | Fault | None:
    """Put the cells of a record under their columns; None for a row without any."""
    cells = [unguarded(cell.strip()) for cell in record]
    if not any(cells):
        return None
    if len(cells) != len(columns):
        return Fault(number, "", "", _cell_count(len(cells), len(columns)))
    if any("\0" in cell for cell in cells):
        return Fault(number, "", "", _("There is a NUL character in it."))
    return Line(number, dict(zip(columns, cells, strict=True)))


class _Source:
    """The lines of a text, counted and measured; a record may run over several of them."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.number = 0
        self._characters = 0

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        line = self._text.readline(MOST_CHARACTERS + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._characters += len(line)
        if self._characters > MOST_CHARACTERS:
            raise Unreadable(_("Line %(line)d is too long to be a row.") % {"line": self.number})
        if not line.isascii() and not _is_text(line):
            raise Unreadable(
                _("Line %(line)d is not UTF-8: save the file as CSV in UTF-8.") % {"line": self.number}
            )
        return line

    def begin(self) -> None:
        """Measure anew: another record begins."""
        self._characters = 0


def _records(source: "_Source", delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give records with the number of their first line. Raises Unreadable for bad quotation marks."""
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        before = source.number
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(
                _("Line %(line)d cannot be read: a quotation mark is missing, or one too many.")
                % {"line": before + 1}
            ) from error
        yield before + 1, record
        source.begin()


def _is_text(line: str) -> bool:
    """Whether all of it was UTF-8: what was not stands in it as lone surrogates."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cell_count(found: int, expected: int) -> str:
    return _("The row has %(found)d cells, the header has %(expected)d.") % {
        "found": found,
        "expected": expected,
    }


def _named(columns: Sequence[str]) -> str:
    names = [printable(name) or "“”" for name in columns[:MOST_NAMED]]
    return ", ".join([*names, "…"] if len(columns) > MOST_NAMED else names)


def printable(text: str, *, most: int = 60) -> str:
    """Make a value of a file fit for a terminal: short, and without control characters."""
    short = text if len(text) <= most else f"{text[:most]}…"
    return "".join(char if char.isprintable() else "�" for char in short)


def good_rows(
    table: Table,
    read: Callable[[Line], Row | list[Fault]],
    on_faults: Callable[[list[Fault]], Any],
    *,
    quickly: Quickly[Row] | None = None,
) -> Iterator[Row]:
    """Give what is made of the rows; the faults of a bad one go to `on_faults`. Raises Unreadable."""
    for found in table.read(read, quickly=quickly):
        if isinstance(found, Fault):
            on_faults([found])
        elif isinstance(found, list):
            on_faults(found)
        else:
            yield found


def write_table(out: Any, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write rows of CSV as they come; gives how many there were."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    count = 0
    for row in rows:
        # A bare carriage return would stand unquoted, and end the row for whoever reads it. A number is
        # no formula, even below 0.
        writer.writerow(
            [cell if isinstance(cell, Decimal) else guarded(str(cell).replace("\r", " ")) for cell in row]
        )
        count += 1
    return count


def guarded(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula; reading takes the apostrophe away again."""
    return f"'{cell}" if GUARDED.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and GUARDED.match(cell) else cell
