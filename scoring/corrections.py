"""The log of corrections: what changes did to past days' scores, when, by whom, and how much at most."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from scoring.acting import who_acts
from scoring.models import Correction
from scoring.models.correction import Cause

Course = Mapping[date, int]  # the index in hundredths, by day


class Because(NamedTuple):
    """What it was, and whose doing."""

    cause: str = Cause.ANEW.value
    made_by: int | None = None

    def and_also(self, other: "Because") -> "Because":
        """What both are together; the same person stays named."""
        return Because(
            self.cause if self.cause == other.cause else Cause.SEVERAL.value,
            self.made_by if self.made_by == other.made_by else None,
        )


class Change(NamedTuple):
    first: date
    last: date
    days: int
    most: int


def because(cause: str) -> Because:
    """It was this, done by whoever is at work."""
    return Because(cause, who_acts())


def note(
    seller_id: int, before: Course, after: Course, *, began: date | None, today: date, because: Because
) -> None:
    """Log what became of the days before today, if anything did that is shown; one statement, or none.

    before and after are the same days as they were and as they are; began is the first day that had a score.
    """
    if began is None and because.cause == Cause.ANEW:
        return  # scored for the first time, and nobody did anything
    change = change_between(before, after, began=began, today=today)
    if change is not None:
        log({seller_id: change}, {seller_id: because})


def change_between(before: Course, after: Course, *, began: date | None, today: date) -> Change | None:
    """What differs on the days before today; a day that only waited for its night does not."""
    changes = [
        (day, change) for day, change in _changes(before, after, began=began) if change and day < today
    ]
    if not changes:
        return None
    days = [day for day, _change in changes]
    most = max((change for _day, change in changes), key=abs)
    return Change(min(days), max(days), len(changes), most)


def _changes(before: Course, after: Course, *, began: date | None) -> Iterator[tuple[date, int]]:
    """Before the first score there was no index, which is as 0; after it a missing one was only late."""
    for day, index in after.items():
        if day in before:
            yield day, index - before[day]
        elif began is None or day < began:
            yield day, index
    yield from ((day, -index) for day, index in before.items() if day not in after)


def log(changes: Mapping[int, Change], because: Mapping[int, Because]) -> None:
    """Write down, for sellers by key, what changed and why."""
    Correction.objects.bulk_create(
        [
            Correction(
                seller_id=seller,
                made_by_id=because[seller].made_by,
                cause=because[seller].cause,
                **change._asdict(),
            )
            for seller, change in changes.items()
        ]
    )


def of(seller_id: int, *, first: date, last: date) -> QuerySet[Correction]:
    """The corrections of a seller's days from one to another, newest first, with who made them."""
    touching = Correction.objects.filter(seller=seller_id, first__lte=last, last__gte=first)
    return touching.select_related("made_by")
