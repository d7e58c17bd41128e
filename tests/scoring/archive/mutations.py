"""Ways to spoil an archive: its bytes, its members, its tables and its trees."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from hypothesis import strategies as st

from scoring.samples.formats import FORMATS
from scoring.samples.packing import zipped
from tests.scoring.archive.reading import LAST, recipe

NAMES = sorted(FORMATS)
TOKENS = (
    b"",
    b"\0",
    b'"',
    b"'",
    b"\\",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r",
    b"\r\n",
    b"\xff",
    b"\xff\xfe",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",  # a lone surrogate
    b"\\ud800",
    b"\\u0000",
    b"\x85\x0b\x0c\x1c",
    b"[" * 3000,
    b'{"a":' * 3000,
    b"9" * 5000,
    b"1e999",
    b"-1e-999",
    b"NaN",
    b"-Infinity",
    b"null",
    b"true",
    b"{}",
    b"[]",
    b"<![CDATA[",
    b"&lol;",
    b"0001-01-01 00:00:00",
    b"29 Feb 2023",
    b"29 Feb 2024",
    b"9999-12-31T23:59:59+14:00",
    b"0000-00-00",
    b"Sat Sep 05 08:12:14 UTC 2026",
    b"12/31/69, 11:59 PM",
    b"253402300800",
    "٣٤٥²①".encode(),  # figures that int() knows, or that only isdigit() knows
    "İıſßﬃ".encode(),  # letters that change their number with their case
    b"PK\x03\x04",
    b"window.YTD.tweet.part0 = ",
    b"=HYPERLINK(1)",
    b"http://[::1",
    b"urn%3Ali%3Aactivity%3A",
)
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 0.5, -0.0, 1e308, 10**18, 10**30, 1760000000, 1760000000000, "1760000000"),
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "x" * 5000,
        "NaN",
        "2026-03-01",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
    ),
    *([], {}, [[]], [None], [1], ["a"], {"": ""}, {"value": []}, {"timestamp": {}}, [{"timestamp": "soon"}]),
    *("http://[::1", "https://\ud800.example", float("nan"), float("inf"), "٣", "²"),
)


class Step(NamedTuple):
    """One change: what, where, over how much, and what with; numbers that are too large go round."""

    how: str
    where: int
    size: int
    what: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(["flip", "cut", "end", "double", "put", "over", "splice"]),
        st.integers(0, 1 << 20),
        st.integers(0, 400),
        st.integers(0, 1 << 10),
    ),
    min_size=1,
    max_size=6,
)
CHANGES = st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 1 << 10)), min_size=1, max_size=5)


@cache
def original(name: str) -> bytes:
    return FORMATS[name](recipe(LAST - timedelta(days=1), level=0.4)).content


@cache
def members(name: str) -> dict[str, bytes]:
    """The files of an archive; a single file goes by the name ""."""
    content = original(name)
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def rebuilt(files: dict[str, bytes]) -> bytes:
    return files[""] if "" in files else zipped(files)


def spoiled(content: bytes, steps: Sequence[Step], *, other: bytes = b"") -> bytes:
    """Make the changes one after the other; `other` is what a splice takes its part of."""
    for how, where, size, what in steps:
        at = where % (len(content) + 1)
        token = TOKENS[what % len(TOKENS)]
        if how == "flip":
            some = bytes(byte ^ (1 << what % 8) for byte in content[at : at + 1 + size % 4])
            content = content[:at] + some + content[at + len(some) :]
        elif how == "cut":
            content = content[:at] + content[at + size :]
        elif how == "end":
            content = content[:at]
        elif how == "double":
            content = content[: at + size] + content[at:]
        elif how == "put":
            content = content[:at] + token + content[at:]
        elif how == "over":
            content = content[:at] + token + content[at + len(token) :]
        elif how == "splice":
            begin = what * 37 % (len(other) + 1)
            content = content[:at] + other[begin : begin + size] + content[at:]
    return content


def tree_changed(content: bytes, changes: Sequence[tuple[int, int]]) -> bytes | None:
    """Put other values into a JSON file, an assignment before it left as it is; None for what is no JSON."""
    head, tree = _parsed(content)
    if tree is None:
        return None
    root = [tree]
    for where, what in changes:
        places = list(_places(root))
        holder, key = places[where % len(places)]
        value = deepcopy(VALUES[what % len(VALUES)])
        if what % 7 == 0 and isinstance(holder, dict) and key in holder:
            holder[f"{key} {what}"] = holder.pop(key)
        else:
            holder[key] = _of(holder[key]) if what % 5 == 0 else value
    return head + json.dumps(root[0]).encode("ascii")


def _parsed(content: bytes) -> tuple[bytes, Any]:
    head = content.partition(b"= ")[0] + b"= " if content.startswith(b"window.") else b""
    try:
        return head, json.loads(content[len(head) :])
    except ValueError:
        return b"", None


def _places(value: Any) -> Any:
    """Every place of a tree, as its holder and key."""
    keys = range(len(value)) if isinstance(value, list) else list(value)
    for key in keys:
        yield value, key
        if isinstance(value[key], list | dict):
            yield from _places(value[key])


def _of(value: Any) -> Any:
    """The same in another form: a list for one, one for a list, text for a number."""
    if isinstance(value, list):
        return value[0] if value else {}
    if isinstance(value, int | float):
        return str(value)
    return [value]


def table_changed(content: bytes, changes: Sequence[tuple[int, int]]) -> bytes:
    """Change the header, cells, delimiter or encoding of a table."""
    text = content.decode("utf-8-sig", "replace")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if text.count(";") > text.count(",") else ","))
    delimiter, encoding = ",", "utf-8"
    for where, what in changes:
        row = rows[where % len(rows)]
        at = (where >> 4) % (len(row) or 1)
        token = TOKENS[what % len(TOKENS)].decode("utf-8", "replace")
        match what % 8:
            case 0:
                rows[0].reverse()
            case 1:
                rows[0].append(rows[0][at % (len(rows[0]) or 1)] if rows[0] else token)
            case 2:
                row[at : at + 1] = [token]
            case 3:
                del row[at : at + 1]
            case 4:
                delimiter = ";\t|,"[where % 4]
            case 5:
                encoding = ("utf-16", "cp1250", "utf-8-sig", "utf-16-le", "latin-1")[where % 5]
            case 6:
                row.insert(at, token)
            case 7:
                rows.insert(where % len(rows), [token] * (where % 300))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, escapechar="\\").writerows(rows)
    return out.getvalue().encode(encoding, "replace")
