"""What is stored of sellers' past, as the pure module's History."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

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
    return _items_of([seller_id])[seller_id]


def history_with_items(seller_id: int) -> tuple[History, list[HeldItem]]:
    items = _items_of([seller_id])
    return _histories([seller_id], items)[seller_id], items[seller_id]


def histories_of(seller_ids: Collection[int]) -> dict[int, History]:
    """Read tallies, holdings and leave of some sellers: three queries, however many they are."""
    return _histories(seller_ids, _items_of(seller_ids))


def _items_of(seller_ids: Collection[int]) -> dict[int, list[HeldItem]]:
    codes = kind_codes()
    found: dict[int, list[HeldItem]] = defaultdict(list)
    held = Holding.objects.filter(seller__in=seller_ids)
    rows = held.values_list("seller_id", "kind_id", "first", "until", "confirmed_on")
    for seller, kind, first, until, confirmed_on in rows:
        found[seller].append(HeldItem(codes[kind], Span(first, until), confirmed_on))
    return found


def _histories(seller_ids: Collection[int], items: Mapping[int, Sequence[HeldItem]]) -> dict[int, History]:
    codes = kind_codes()
    tallies: dict[int, dict[str, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = Tally.objects.filter(seller__in=seller_ids).order_by("seller_id", "day")
    for seller, kind, day, quantity in rows.values_list("seller_id", "kind_id", "day", "quantity"):
        tallies[seller][codes[kind]][day] = quantity
    holdings: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for pk, theirs in items.items():
        for item in theirs:
            holdings[pk][item.kind].append(item.span)
    leave = roster.leave_of(seller_ids)
    return {
        pk: History(tallies=dict(tallies[pk]), holdings=dict(holdings[pk]), leave=tuple(leave.get(pk, ())))
        for pk in seller_ids
    }


def first_day(history: History, *, joined_team: date | None) -> date | None:
    """The first day with a score: that of the earliest activity, held item or membership."""
    days = [min(by_day) for by_day in history.tallies.values() if by_day]
    days += [span.first for spans in history.holdings.values() for span in spans]
    days += [joined_team] if joined_team else []
    return min(days, default=None)
