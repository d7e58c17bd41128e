"""The desk at which rows are read: each becomes an act, or nothing, or is skipped for a reason."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from scoring.archive.broken import Broken
from scoring.archive.dates import NoDay, day_of, day_of_seconds
from scoring.archive.found import Act, FileRead, Found, Job, Skipped
from scoring.archive.marks import Marks
from scoring.archive.texts import harmless
from scoring.archive.trees import Element

LONGEST_SHOWN = 60  # characters of a value that is told back


class Unclear(ValueError):
    """A row that is not understood: in which column, why, and the value of a column that may be told."""

    def __init__(self, column: str, reason: str, value: object = "") -> None:
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.value = shown(value)


class Desk:
    """Makes acts of one network for one seller."""

    def __init__(self, job: Job, network: str) -> None:
        self.marks = Marks(job.key)
        self._job = job
        self._network = network

    def day(self, text: object, *forms: str, column: str) -> date:
        """Read a date that is written out. Raises Unclear."""
        try:
            written = text if isinstance(text, str) else ""
            return day_of(written, *forms, zone=self._job.zone, today=self._job.today)
        except NoDay as error:
            raise Unclear(column, error.code, text) from None

    def day_at(self, seconds: object, *, column: str) -> date:
        """Read the seconds since 1970. Raises Unclear."""
        try:
            return day_of_seconds(seconds, zone=self._job.zone, today=self._job.today)
        except NoDay as error:
            raise Unclear(column, error.code, seconds) from None

    def mark(self, family: str, *identity: str | int) -> str:
        """The mark of what is told by its identity in its network."""
        return self.marks.act(f"{self._network} {family}", *identity)

    def act(self, file: str, line: int, kind: str, day: date | None, mark: str, *, link: str = "") -> Act:
        return Act(file, line, kind, day, self._network, mark, self.marks.link(link) if link else "")


class Seen:
    """Tells apart the acts of files that overlap: what one file told, another does not tell again.

    Within a file the same mark may stand for several acts, such as two reactions in one second.
    """

    def __init__(self) -> None:
        self._told: Counter[str] = Counter()
        self._here: Counter[str] = Counter()

    def begin(self) -> None:
        """Another file begins."""
        self._here = Counter()

    def is_new(self, mark: str) -> bool:
        """Whether no file told this one before; from now on one has."""
        self._here[mark] += 1
        if self._here[mark] <= self._told[mark]:
            return False
        self._told[mark] += 1
        return True


def told(file: str, elements: Iterable[Element], read: Callable[[Element], Act | None]) -> Iterator[Found]:
    """Give what is made of the elements of a file, and how many there were, also when it breaks off."""
    rows = 0
    try:
        for element in elements:
            if not element.line:
                continue  # it stands beside the list
            rows += 1
            try:
                act = read(element)
            except Unclear as error:
                yield Skipped(file, element.line, error.column, error.reason, error.value)
            else:
                if act is not None:
                    yield act
    except Broken as error:
        yield Skipped(file, error.line, "", error.code)
    yield FileRead(file, rows)


def shown(value: object) -> str:
    """A value that is told back: a number or a short text, and no sentence that got into the wrong place."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        text = str(value)
    except ValueError:  # more digits than Python writes
        return ""
    is_telling = len(text) <= LONGEST_SHOWN and (" " not in text or any(char.isdigit() for char in text))
    return harmless(text) if is_telling else ""
