"""Period: a day, an ISO week or a calendar month."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scoring.formula.catalogue import CapPeriod

ONE_DAY = timedelta(days=1)
LENGTHS = ("day", "week", "month")
FIRST_YEAR, LAST_YEAR = 1900, 2999

_WRITTEN = re.compile(r"([0-9]{4})-(?:W([0-9]{2})|([0-9]{2})(?:-([0-9]{2}))?)")


class NotAPeriod(ValueError):
    """Neither a day (2026-11-20), nor a week (2026-W47), nor a month (2026-11)."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from first to last, both included: one day, one ISO week or one calendar month.

    Raises NotAPeriod for any other stretch.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if not any(self.last == _last(self.first, length) for length in LENGTHS if self._starts(length)):
            raise NotAPeriod(f"{self.first} to {self.last} is not a day, a week or a month")

    @classmethod
    def of(cls, day: date, length: str) -> "Period":
        """Give the period of a length ("day", "week" or "month") that a day lies in."""
        first = cap_period_start(day, CapPeriod(length))
        return cls(first, _last(first, length))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read what str() writes, from 1900 to 2999. Raises NotAPeriod."""
        written = _WRITTEN.fullmatch(text)
        if not written:
            raise NotAPeriod(f"{text!r} is not a day, a week or a month")
        year, week, month, day = written.groups()
        try:
            if not FIRST_YEAR <= int(year) <= LAST_YEAR:
                raise ValueError(f"year {year} is out of range")
            if week:
                return cls.of(date.fromisocalendar(int(year), int(week), 1), "week")
            return cls.of(date(int(year), int(month), int(day or 1)), "day" if day else "month")
        except ValueError as error:
            raise NotAPeriod(f"{text!r} is not a day, a week or a month: {error}") from error

    @property
    def length(self) -> str:
        return {0: "day", 6: "week"}.get((self.last - self.first).days, "month")

    def previous(self) -> "Period":
        return Period.of(self.first - ONE_DAY, self.length)

    def next(self) -> "Period":
        return Period.of(self.last + ONE_DAY, self.length)

    def days(self) -> Iterator[date]:
        return days_between(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        if self.length == "week":
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        return self.first.isoformat()[: 7 if self.length == "month" else None]

    def _starts(self, length: str) -> bool:
        return cap_period_start(self.first, CapPeriod(length)) == self.first


def _last(first: date, length: str) -> date:
    if length == "month":
        return (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    return first + timedelta(days=6) if length == "week" else first


def days_between(first: date, last: date) -> Iterator[date]:
    """Give the days from first to last, both included; none when last is earlier."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def cap_period_start(day: date, cap_period: CapPeriod) -> date:
    """Give the first day of the period that a day lies in."""
    if cap_period == CapPeriod.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if cap_period == CapPeriod.MONTH else day


def cap_period_days(day: date, cap_period: CapPeriod) -> Iterator[date]:
    """Give all days of the period that a day lies in, 31 at the most."""
    first = cap_period_start(day, cap_period)
    return days_between(first, _last(first, cap_period))
