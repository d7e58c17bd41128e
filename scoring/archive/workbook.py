"""A workbook of a spreadsheet as rows of text, within limits."""

import math
import warnings
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from scoring.archive.broken import Broken
from scoring.archive.container import MIB, Archive
from scoring.archive.delimited import MOST_BEFORE_HEADER
from scoring.archive.found import Refused
from scoring.archive.lines import MOST_CHARACTERS

PARTS = ("[Content_Types].xml", "xl/workbook.xml")
MOST_UNPACKED = 256 * MIB
MOST_COLUMNS = 16  # that are looked at: twice as many as a table of activities has
MOST_ROWS = 1_048_576  # that a sheet may have

Row = list[str] | str


def is_workbook(archive: Archive) -> bool:
    return not archive.single and all(archive.named(part) for part in PARTS)


def read_workbook(archive: Archive, *, required: Collection[str]) -> Iterator[tuple[int, Row]]:
    """Give the rows of the first sheet with a header that has the required columns, the header first.

    With each row comes its number; in place of its cells a code when it is too long. Rows without any text
    are passed over. Raises Broken and Refused.
    """
    _check(archive)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of things that are left out, such as colours
        try:
            yield from _read(archive.path, set(required))
        except (Broken, Refused, MemoryError, GeneratorExit):
            raise
        except Exception as error:  # a damaged workbook makes openpyxl raise nearly anything
            raise Broken("damaged") from error


def _check(archive: Archive) -> None:
    """Look at every part as it is listed: what is read of a part is never more than was announced there."""
    if sum(member.size for member in archive.members()) > MOST_UNPACKED:
        raise Refused("too_much", most_mib=MOST_UNPACKED // MIB)
    for member in archive.members():
        if member.readable:
            member.open().close()


def _read(path: str, required: set[str]) -> Iterator[tuple[int, Row]]:
    # As a stream: of a path openpyxl wants to see the ending, and an upload has none.
    with Path(path).open("rb") as stream:
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            top = islice(_rows(sheet), MOST_BEFORE_HEADER)
            header = next((line for line, cells in top if _has(cells, required)), None)
            if header is not None:
                yield from (row for row in _rows(sheet) if row[0] >= header)
                return
    raise Broken("no_header")


def _has(cells: Row, required: set[str]) -> bool:
    return not isinstance(cells, str) and required <= {cell.lower() for cell in cells}


def _rows(sheet: Any) -> Iterator[tuple[int, Row]]:
    every = sheet.iter_rows(min_row=1, min_col=1, max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    for line, values in enumerate(every, 1):
        if not any(values):  # of which there may be a million between two rows
            continue
        cells = [_text(value) for value in values]
        if sum(map(len, cells)) > MOST_CHARACTERS:
            yield line, "too_long"
        elif any(cells):
            yield line, cells


def _text(value: object) -> str:
    """A cell as one would write it in a table; a moment is its day: spreadsheets make moments of days."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime():
            return value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case float() if math.isfinite(value) and value.is_integer():
            return str(int(value))
        case _:
            return str(value).strip()
