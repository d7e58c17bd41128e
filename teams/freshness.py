"""How new a page is: for each subject a number in the cache, which every change of the subject draws anew.

The numbers are random, so that none comes back by accident after the cache was emptied. Each dies by itself
after a while: a change that could not be told, because the cache or the process went away, shows then.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.cache import caches
from django.db import connection, transaction

LIFETIME_SECONDS = 300

PEOPLE = "people"  # who is who and who may see whom: all but scores
NIGHT = "night"  # everybody's scores, and which day is shown
PUBLISHED = "published"  # which day is shown
TREE = "tree"  # the teams and which is part of which
RULES = "rules"  # the versions of the formula that have their day
EVERYBODY = "everybody"  # anybody's scores
EVERYTHING = (PEOPLE, NIGHT, PUBLISHED, TREE, RULES, EVERYBODY)

_PREFIX = "freshness:"
_untold = False
Value = TypeVar("Value")


def of_team(slug: str) -> str:
    """The scores of a team and of all that are part of it."""
    return f"team:{slug}"


def of_person(user_id: int | None) -> str:
    """What concerns the pages of one person only: preferences, whom they follow and who follows them."""
    return f"person:{user_id}"


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of some subjects at one moment; `drawn` are those that the cache did not know."""

    numbers: Mapping[str, int]
    drawn: tuple[str, ...]

    def keep(self) -> bool:
        """Put down what was drawn; false if it could not be, or a change came meanwhile.

        To be called after what depends on the numbers was read: then they are not newer than it is.
        """
        cache = caches["forgetful"]
        return all(
            cache.add(_PREFIX + subject, self.numbers[subject], LIFETIME_SECONDS) for subject in self.drawn
        )


def read(*subjects: str) -> Reading:
    """Read the numbers of the subjects; one question to the cache, and none to the database."""
    if _untold:
        rise()
    known = caches["forgetful"].get_many([_PREFIX + subject for subject in subjects])
    numbers = {subject: known.get(_PREFIX + subject) or _number() for subject in subjects}
    return Reading(numbers, tuple(subject for subject in subjects if _PREFIX + subject not in known))


class Kept(Generic[Value]):
    """What this process has read, for as long as a subject stays as it was."""

    def __init__(self, subject: str, make: Callable[[], Value]) -> None:
        self._subject = subject
        self._make = make
        self._kept: tuple[int, Value] | None = None

    def newest(self) -> Value:
        """What is kept, or read anew after a change.

        In a transaction one may read what never comes true: what is read there is kept by nobody.
        """
        if connection.in_atomic_block:
            return self._make()
        reading = read(self._subject)
        number = reading.numbers[self._subject]
        kept = self._kept
        if kept is not None and kept[0] == number:
            return kept[1]
        value = self._make()
        if reading.keep():
            self._kept = number, value
        return value


def rise(*subjects: str) -> None:
    """Say that the subjects changed. What cannot be said now is said of everything as soon as it can be."""
    global _untold
    if _untold:
        subjects += EVERYTHING
    fresh = {_PREFIX + subject: _number() for subject in subjects}
    _untold = bool(caches["forgetful"].set_many(fresh, LIFETIME_SECONDS))


def changed(*subjects: str) -> None:
    """Say so now, for this transaction reads its own changes, and once more when others can see them."""
    rise(*subjects)
    if connection.in_atomic_block:
        transaction.on_commit(lambda: rise(*subjects), robust=True)


def _number() -> int:
    return secrets.randbits(62) + 1
