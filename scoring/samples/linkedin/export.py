"""The frame of a LinkedIn export: its eras, its tables and how they are written down."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scoring.samples.draft import Draft
from scoring.samples.packing import backslashed, resaved, table

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
PREAMBLE = (
    "Notes:\n"
    '"When exporting your connection data, you may notice that some of the email addresses are missing. '
    "You will only see email addresses for connections who have allowed their connections to see or "
    'download them: https://help.example/answer/261"\n'
    "\n"
)


@dataclass(frozen=True)
class Era:
    """What LinkedIn's files looked like at a time."""

    name: str
    preamble: bool = True  # above the connections
    addresses: bool = False  # of profiles, in columns of their own
    drafts: bool = False  # columns that say what was never sent
    quoted: bool = False  # every cell of the messages, the header too
    notes: bool = False


ERAS = {
    era.name: era
    for era in (
        Era("2021-early", preamble=False),
        Era("2021", preamble=True),
        Era("2023", addresses=True, drafts=True),
        Era("2026", addresses=True, drafts=True, quoted=True, notes=True),
    )
}


@dataclass(frozen=True)
class Table:
    name: str
    header: Sequence[str]
    rows: list[list[str]]
    escape: str = "double"  # how inner quotes are written: double, backslash, or all cells quoted
    above: str = ""
    last_end: bool = True

    def written(self) -> bytes:
        if self.escape == "backslash":
            return backslashed(self.header, self.rows)
        body = table(self.header, self.rows, quoted=self.escape == "all", last_end=self.last_end)
        return self.above.encode() + body

    def resaved(self) -> bytes:
        """As a spreadsheet leaves it, which makes its own of dates and knows nothing of what stood above."""
        return resaved(self.header, [[_respelled(cell) for cell in row] for row in self.rows], delimiter=";")


def _respelled(cell: str) -> str:
    """The date `04 Apr 2021` becomes `4-Apr-21` in a spreadsheet."""
    day, _, rest = cell.partition(" ")
    month, _, year = rest.partition(" ")
    is_day = day.isdigit() and month in MONTHS and len(year) == 4 and year.isdigit()
    return f"{int(day)}-{month}-{year[2:]}" if is_day else cell


@dataclass
class Export:
    """An export in the making; `alone` when the file is brought in without the others."""

    draft: Draft
    era: Era
    alone: bool = False

    def __post_init__(self) -> None:
        self.own_posts: list[tuple[datetime, str]] = []  # the oldest first
        self.shown: list[tuple[datetime, str]] = []  # what the posts show

    @property
    def own_address(self) -> str:
        return f"https://www.linkedin.com/in/{self.draft.owner.handle}"


Maker = Callable[[Export], Table]


def address(handle: str) -> str:
    return f"https://www.linkedin.com/in/{handle}"


def long_date(day: date) -> str:
    return f"{day.day:02} {MONTHS[day.month - 1]} {day.year}"


def american(moment: datetime) -> str:
    hour = moment.hour % 12 or 12
    half = "AM" if moment.hour < 12 else "PM"
    return f"{american_day(moment)}, {hour}:{moment.minute:02} {half}"


def american_day(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year % 100:02}"


def plain(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def slashed(moment: datetime) -> str:
    return f"{moment:%Y/%m/%d %H:%M:%S} UTC"


def javas(moment: datetime) -> str:
    weekday, month = WEEKDAYS[moment.weekday()], MONTHS[moment.month - 1]
    return f"{weekday} {month} {moment:%d %H:%M:%S} UTC {moment.year}"


def newest_first(rows: Iterable[tuple[datetime, list[str]]]) -> list[list[str]]:
    return [row for _moment, row in sorted(rows, key=lambda pair: pair[0], reverse=True)]
