"""The desk on which an archive of LinkedIn is read, with what it tells of its owner."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

from scoring.archive.addresses import plain_address
from scoring.archive.dates import US, Moment, NoDay, day_in, moment_of
from scoring.archive.desk import Desk, Unclear
from scoring.archive.found import Job
from scoring.archive.linkedin.owner import Owner
from scoring.archive.linkedin.seniority import Seniority
from scoring.archive.linkedin.slashes import Slashes

NETWORK = "linkedin"

Cells = Mapping[str, str]  # by the plain names of their columns


class Deed(NamedTuple):
    """An act, but for where it stands."""

    kind: str
    day: date | None
    mark: str
    link: str = ""


class When(NamedTuple):
    """When a row says that it was, and its day in the organisation's zone."""

    moment: Moment
    day: date

    @property
    def date(self) -> str:
        """The date as it is written, in UTC: it stays where it is when the organisation changes its zone."""
        return self.moment.isoformat()[:10]

    @property
    def minute(self) -> str:
        """The same text for a moment before and after a spreadsheet took its seconds away."""
        return self.moment.isoformat()[:16]


class LinkedInDesk(Desk):
    def __init__(self, job: Job) -> None:
        super().__init__(job, NETWORK)
        self.zone = job.zone
        self.today = job.today
        self.owner = Owner()
        self.seniority = Seniority(job.seniority)
        self.slashes = Slashes(lambda _column: ())

    def when(self, cells: Cells, column: str, *forms: str) -> When:
        """When a row was, as a column tells. Raises Unclear."""
        text = cells.get(column, "")
        try:
            moment = self._slashed(text, column, forms) or moment_of(text, *forms)
            return When(moment, day_in(moment, zone=self.zone, today=self.today))
        except NoDay as error:
            raise Unclear(column, error.code, text) from None

    def _slashed(self, text: str, column: str, forms: tuple[str, ...]) -> Moment | None:
        """Slashes that LinkedIn did not write a spreadsheet did; where it may have, the month is first."""
        if "/" not in text or US in forms:
            return None
        return self.slashes.moment(text, column, by_default=None if forms else False)


def choice(cells: Cells, column: str, *, taken: frozenset[str], left: frozenset[str], reason: str) -> bool:
    """Whether a word is one of those that are taken, in small letters and without blanks.

    Raises Unclear for a word that is in neither set, and for none.
    """
    word = cells.get(column, "")
    told = "".join(word.casefold().replace("_", " ").split())
    if told not in taken and told not in left:
        raise Unclear(column, reason, word)
    return told in taken


def place(link: str) -> str:
    """One way to write where a link leads, also one that is a bare URN."""
    if plain := plain_address(link):
        return plain
    told = unquote(link.strip(), errors="replace")
    if told.lower().startswith("urn:li:"):
        return plain_address(f"https://www.linkedin.com/feed/update/{told}")
    return told.lower()
