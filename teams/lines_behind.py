"""Where the lines are that stand behind the figures of a page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

MONTH, WEEK = timedelta(days=28), timedelta(days=7)


@dataclass(frozen=True)
class LinesBehind:
    """Addresses of statements that close with a day: of four weeks, and of a week as changes are told."""

    day: date
    month: str
    week: str


def lines_behind(seller_id: int, day: date) -> LinesBehind:
    return LinesBehind(
        day=day,
        month=statement_url(seller_id, first=day - MONTH, last=day),
        week=statement_url(seller_id, first=day - WEEK, last=day),
    )


def statement_url(
    seller_id: int, *, first: date, last: date, name: str = "statement", **narrowed: Any
) -> str:
    """Both days are always named, so that more can be added to the address."""
    said = {"first": first.isoformat(), "last": last.isoformat(), **narrowed}
    return f"{reverse(name, args=[seller_id])}?{urlencode({key: word for key, word in said.items() if word})}"
