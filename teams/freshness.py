"""How new a page is: for each subject a number in the cache, which every change of the subject draws anew.

The numbers are random, so that none comes back by accident after the cache was emptied. Each dies by itself
after a while: a change that could not be told, because the cache or the process went away, shows then.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.cache import caches
from django.db import connection, transaction

LIFETIME_SECONDS = 300

PEOPLE = "people"  # who is who and who may see whom: all but scores
NIGHT = "night"  # everybody's scores, and which day is shown
TREE = "tree"  # the teams and which is part of which
EVERYBODY = "everybody"  # anybody's scores
EVERYTHING = (PEOPLE, NIGHT, TREE, EVERYBODY)

_PREFIX = "freshness:"
_untold = False


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
