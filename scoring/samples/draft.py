"""An archive while it is written: chance, invented people, and the acts that went in."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple
from urllib.parse import quote
from zoneinfo import ZoneInfo

from scoring.samples.recipe import Acts, Recipe, Sample
from scoring.samples.words import COMPANIES, FIRST_NAMES, LAST_NAMES, POSITIONS, invented

SECONDS = 24 * 60 * 60


class Person(NamedTuple):
    first_name: str
    last_name: str
    handle: str
    company: str
    position: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


class Draft:
    def __init__(self, recipe: Recipe, form: str) -> None:
        self.recipe = recipe
        self.owner = recipe.owner
        self._form = form
        self.begin("")
        self.acts: Acts = Counter()
        self.optional: Acts = Counter()
        self.items: set[str] = set()
        self.skipped: Counter[str] = Counter()
        self._zone = ZoneInfo(recipe.zone)

    def sample(self, name: str, content: bytes, network: str) -> Sample:
        return Sample(name, content, network, self.acts, frozenset(self.items), self.optional, self.skipped)

    def moments(self, what: str, a_week: float) -> Iterator[datetime]:
        """Give moments in UTC, the oldest first, so many a week and one at least on the first day.

        Chance begins anew with each of them: a longer span has all that a shorter one has, and more.
        """
        day = self.recipe.first
        while day <= self.recipe.last:
            self.begin(f"{what} {day}")
            times = int(a_week / 7 * self.recipe.level + self.chance.random())
            times = max(times, day == self.recipe.first)
            for second in sorted(self.chance.sample(range(SECONDS), min(times, SECONDS))):
                moment = self._at(day, second)
                self.begin(f"{what} {moment}")
                yield moment
            day += timedelta(days=1)

    def begin(self, what: str) -> None:
        """Let chance depend on nothing but this and the seed."""
        self.chance = Random(f"{self.recipe.seed} {self._form} {what}")

    def moment(self) -> datetime:
        """Any moment of the first day."""
        return self._at(self.recipe.first, self.chance.randrange(SECONDS))

    def _at(self, day: date, second: int) -> datetime:
        local = datetime(day.year, day.month, day.day, tzinfo=self._zone) + timedelta(seconds=second)
        moment = local.astimezone(UTC)
        # The night when the clocks go forward has an hour less.
        return moment if self.day(moment) == day else moment - timedelta(hours=2)

    def day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def act(self, kind: str, when: datetime | date | None, seat: str = "", *, optional: bool = False) -> None:
        day = self.day(when) if isinstance(when, datetime) else when
        (self.optional if optional else self.acts)[kind, day, seat] += 1

    def number(self) -> int:
        """A number that no other thing has."""
        return self.chance.getrandbits(48)

    def words(self, field: str) -> str:
        """Free text for a field, named as "file column"."""
        if self.recipe.text is not None:
            return self.recipe.text(field)
        return invented(self.chance)

    def title(self, field: str) -> str:
        """A short name of a thing."""
        if self.recipe.text is not None:
            return self.recipe.text(field)
        return f"{self.chance.choice(COMPANIES)} {self.number()}"

    def handle(self, field: str) -> str:
        """A part of an address, never the same twice."""
        known = self.recipe.text(field) if self.recipe.text is not None else "someone"
        return quote(f"{known}-{self.number()}", safe="")

    def link(self, field: str) -> str:
        return f"https://pages.example/{self.handle(field)}"

    def person(self, field: str) -> Person:
        text, chance = self.recipe.text, self.chance
        first, last, company = (
            (text(f"{field} first name"), text(f"{field} last name"), text(f"{field} company"))
            if text
            else (chance.choice(FIRST_NAMES), chance.choice(LAST_NAMES), chance.choice(COMPANIES))
        )
        position = chance.choice(POSITIONS)
        if text:
            position = f"{position} {text(f'{field} position')}"
        return Person(first, last, self.handle(f"{field} handle"), company, position)

    def executive(self, field: str) -> Person:
        """Somebody whose position matches the phrases of seniority."""
        person = self.person(field)
        return person._replace(position=f"Managing Director, {person.position}")
