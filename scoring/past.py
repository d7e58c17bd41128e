"""What is stored of sellers' past, as the pure module's History."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import DateField, IntegerField, QuerySet, Value

from scoring import roster
from scoring.formula.history import History, Span
from scoring.models import Holding, Tally
from scoring.rulebook import kind_codes

CONFIRMED_FOR = timedelta(days=180)


class HeldItem(NamedTuple):
    """A standing item, and when the seller or an archive said last that it is true."""

    kind: str
    span: Span
    confirmed_on: date | None


def history_of(seller_id: int) -> History:
    return histories_of([seller_id])[seller_id]


def to_confirm(items: Iterable[HeldItem], *, today: date) -> set[str]:
    """The kinds that hold, but were confirmed so long ago that one asks again."""
    held = [item for item in items if item.span.covers(today)]
    lately = today - CONFIRMED_FOR
    fresh = {item.kind for item in held if item.confirmed_on is None or item.confirmed_on > lately}
    return {item.kind for item in held} - fresh


def items_of(seller_id: int) -> list[HeldItem]:
    codes, rows = kind_codes(), _held([seller_id])
    return [
        HeldItem(codes[kind], Span(first, until), confirmed_on)
        for kind, first, until, confirmed_on in rows.values_list("kind_id", "first", "until", "confirmed_on")
    ]


def history_with_items(seller_id: int) -> tuple[History, list[HeldItem]]:
    return _read([seller_id])[seller_id]


def histories_of(seller_ids: Collection[int]) -> dict[int, History]:
    return {pk: history for pk, (history, _items) in _read(seller_ids).items()}


def _read(seller_ids: Collection[int]) -> dict[int, tuple[History, list[HeldItem]]]:
    """Read tallies, standing items and leave of some sellers: one query, however many they are."""
    codes = kind_codes()
    tallies: dict[int, dict[str, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    holdings: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    items, leave = defaultdict(list), defaultdict(list)
    for seller, kind, first, until, quantity, confirmed_on in _rows(seller_ids):
        if kind is None:
            leave[seller].append(Span(first, until))
        elif quantity is None:
            items[seller].append(HeldItem(codes[kind], Span(first, until), confirmed_on))
            holdings[seller][codes[kind]].append(Span(first, until))
        else:
            tallies[seller][codes[kind]][first] = quantity
    return {
        pk: (History(dict(tallies[pk]), dict(holdings[pk]), leave=tuple(leave[pk])), items[pk])
        for pk in seller_ids
    }


def _rows(seller_ids: Collection[int]) -> Iterable[tuple[Any, ...]]:
    """By day; leave is of no kind, and only a tally has a quantity."""
    no_day, no_number = Value(None, output_field=DateField()), Value(None, output_field=IntegerField())
    tallies = Tally.objects.filter(seller__in=seller_ids).order_by()
    held = _held(seller_ids).order_by()
    leave = roster.leaves().filter(seller__in=seller_ids).order_by()
    rows = tallies.values_list("seller_id", "kind_id", "day", no_day, "quantity", no_day).union(
        held.values_list("seller_id", "kind_id", "first", "until", no_number, "confirmed_on"),
        leave.values_list("seller_id", no_number, "first", "until", no_number, no_day),
        all=True,
    )
    return rows.order_by("day")


def _held(seller_ids: Collection[int]) -> QuerySet[Holding]:
    return Holding.objects.filter(seller__in=seller_ids)


def first_day(history: History, *, joined_team: date | None) -> date | None:
    """The first day with a score: that of the earliest activity, held item or membership."""
    days = [min(by_day) for by_day in history.tallies.values() if by_day]
    days += [span.first for spans in history.holdings.values() for span in spans]
    days += [joined_team] if joined_team else []
    return min(days, default=None)
