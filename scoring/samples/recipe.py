"""What a sample archive is made by, and what is known of it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

Acts = Counter[tuple[str, date | None, str]]
Text = Callable[[str], str]  # told the file and field, it gives what stands there


@dataclass(frozen=True)
class Owner:
    """Whose archive it is."""

    first_name: str = "Milena"
    last_name: str = "Żuraw"
    handle: str = "milena-zuraw-demo"
    company: str = "Harbour Instruments"
    title: str = "Account manager"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True)
class Recipe:
    """Days from `first` to `last`, both included, in `zone`; a `level` of 1 is an ordinary seller.

    `text` fills every field of free text (names, addresses and links too); without it words are invented.
    """

    first: date
    last: date
    owner: Owner = field(default_factory=Owner)
    level: float = 1.0
    seed: int = 1
    zone: str = "UTC"
    text: Text | None = None


@dataclass(frozen=True)
class Sample:
    """A file as the network hands it out, and what is in it.

    `acts` counts (kind, day, seat); the day is None where the archive does not say it, and the seat "" but in
    the file of a whole organisation. `optional` counts what is taken only when asked for, and `skipped`, by
    file, the rows that nobody can understand.
    """

    name: str
    content: bytes
    network: str
    acts: Acts
    items: frozenset[str] = frozenset()
    optional: Acts = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
