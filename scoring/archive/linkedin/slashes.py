"""Dates that a spreadsheet wrote with slashes: its country decides whether day or month comes first."""

import re
from collections.abc import Callable, Iterable

from scoring.archive.dates import US, Moment, NoDay, moment_of

SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(/\d{2,4}(?!\d).*)", re.ASCII | re.DOTALL)
MONTHS = 12


class Slashes:
    """Finds out from a whole column which way it was written, as soon as one date asks for it."""

    def __init__(self, column_of: Callable[[str], Iterable[str]]) -> None:
        self._column_of = column_of
        self._day_first: dict[str, bool | None] = {}

    def moment(self, text: str, column: str, *, by_default: bool | None) -> Moment | None:
        """Read a date with slashes; None for any other text.

        by_default tells whether the day comes first where no date of the column does. Raises NoDay.
        """
        found = SLASHED.fullmatch(text)
        if found is None:
            return None
        if column not in self._day_first:
            self._day_first[column] = self._is_day_first(column)
        day_first = self._day_first[column]
        day_first = by_default if day_first is None else day_first
        if day_first is None and found[1] != found[2]:
            raise NoDay("day_or_month")
        first, second = (found[2], found[1]) if day_first else (found[1], found[2])
        return moment_of(f"{first}/{second}{found[3]}", US)

    def _is_day_first(self, column: str) -> bool | None:
        """Whether there is a day above 12 in the first place, or in the second; None when both or neither."""
        first = second = False
        for text in self._column_of(column):
            if found := SLASHED.fullmatch(text):
                first = first or int(found[1]) > MONTHS
                second = second or int(found[2]) > MONTHS
        return None if first == second else first
