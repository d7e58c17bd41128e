"""Puts rows into tables and JSON, and files into a zip, as the networks do."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

WRITTEN = (2024, 1, 1, 0, 0, 0)  # the date of every member: the same recipe makes the same bytes
FILE = 0o100644

Rows = Iterable[Sequence[str]]


def zipped(members: Mapping[str, bytes], *, stored: frozenset[str] = frozenset()) -> bytes:
    """Pack members; those `stored` are not compressed, as the networks do with pictures."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, WRITTEN)
            info.external_attr = FILE << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def table(
    header: Sequence[str],
    rows: Rows,
    *,
    quoted: bool = False,
    end: str = "\n",
    delimiter: str = ",",
    last_end: bool = True,
) -> bytes:
    """A CSV that doubles inner quotes; `quoted` puts every cell in quotes, the header too."""
    out = io.StringIO()
    writer = csv.writer(
        out,
        lineterminator=end,
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
        delimiter=delimiter,
    )
    writer.writerow(header)
    writer.writerows(rows)
    text = out.getvalue()
    return (text if last_end else text.removesuffix(end)).encode()


def backslashed(header: Sequence[str], rows: Rows) -> bytes:
    """A CSV that escapes inner quotes with a backslash, as LinkedIn's Comments.csv does."""
    return "".join(f"{','.join(map(_backslashed, row))}\n" for row in [header, *rows]).encode()


def _backslashed(cell: str) -> str:
    if not any(sign in cell for sign in '",\n\r'):
        return cell
    escaped = cell.replace('"', '\\"')
    return f'"{escaped}"'


def resaved(header: Sequence[str], rows: Rows, *, delimiter: str = ",") -> bytes:
    """A CSV as a spreadsheet leaves it: with a BOM and CRLF, often with semicolons."""
    return b"\xef\xbb\xbf" + table(header, rows, end="\r\n", delimiter=delimiter)


def tree(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def script(name: str, value: Any) -> bytes:
    """A file of X: an assignment in front of the JSON."""
    return f"window.{name} = ".encode() + tree(value)


def mojibake(value: Any) -> bytes:
    r"""A file of Meta: the bytes of every text, each written as \u00XX."""
    return json.dumps(_bytewise(value), ensure_ascii=True, indent=1).encode()


def _bytewise(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode().decode("latin-1")
    if isinstance(value, list):
        return [_bytewise(part) for part in value]
    if isinstance(value, dict):
        return {_bytewise(key): _bytewise(part) for key, part in value.items()}
    return value
