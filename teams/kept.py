"""What is the same on everybody's pages: a process reads it once, until it changes."""

from datetime import date
from functools import cached_property

from scoring import night, standings
from scoring.rulebook import Rulebook
from teams.freshness import PUBLISHED, RULES, Kept


class Night:
    """The newest published one; `day` is None while there is none."""

    def __init__(self) -> None:
        self.day = night.published_day()

    @cached_property
    def long_lists(self) -> dict[tuple[str, int], standings.LongList]:
        return {} if self.day is None else standings.long_lists(self.day)


published_night = Kept(PUBLISHED, Night).newest
rulebook = Kept(RULES, Rulebook).newest


def published_day() -> date | None:
    return published_night().day
