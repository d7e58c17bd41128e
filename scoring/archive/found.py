"""What a reader finds in an archive, and what it is told: all that passes between the two processes."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Act(NamedTuple):
    """A row that is an act of the owner.

    `file` names the kind of file for the report, as the network calls it ("Connections.csv"), and never holds
    anything of the owner; `line` counts from 1 (in JSON: the how-manieth element). `mark` is the keyed
    fingerprint of the act, `link` that of its address, 32 hexadecimal digits each; no link is "".
    """

    file: str
    line: int
    kind: str
    day: date | None  # None: the archive does not say when
    network: str
    mark: str
    link: str = ""
    seat: str = ""  # whose, in the file of a whole organisation


class TableRow(NamedTuple):
    """A row of a plain table of activities, as `import_activities` takes it; it holds words of the seller."""

    file: str
    line: int
    cells: dict[str, str]


class Item(NamedTuple):
    """A standing item that the archive shows to be true; only offered, never set."""

    file: str
    kind: str


class Skipped(NamedTuple):
    """A row, or a whole file at line 0, that was not understood.

    `value` is told only of columns of dates, types, statuses and directions, and is "" elsewhere.
    """

    file: str
    line: int
    column: str
    reason: str  # a code, see scoring/uploads/words.py
    value: str = ""


class FileRead(NamedTuple):
    """The end of a file: how many rows it had, those included that are nobody's business here."""

    file: str
    rows: int


class Recognised(NamedTuple):
    """What the archive is: the first thing that is told."""

    format: str  # the NAME of its reader


class Moved(NamedTuple):
    """How far the reading is, in bytes of the archive."""

    done: int
    total: int


Found = Act | TableRow | Item | Skipped | FileRead | Moved | Recognised


class Refused(ValueError):
    """The archive as a whole cannot be taken: a code, and facts for its sentence."""

    def __init__(self, code: str, **facts: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True)
class Job:
    """What the reading process is told.

    `key` is that of this installation and this seller; `today` a day in the organisation's `zone`. Of the
    names only those are read that tell the owner from others.
    """

    path: str
    key: bytes
    zone: str
    today: date
    seniority: tuple[str, ...] = ()
    opted_in: frozenset[str] = field(default_factory=frozenset)  # kinds that are taken only when asked for
