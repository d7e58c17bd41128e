"""What is stored of sellers' past, as the pure module's History."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from scoring import roster
from scoring.formula.history import History, Span
from scoring.models import Holding, Tally
from scoring.rulebook import kind_codes


def history_of(seller_id: int) -> History:
    return histories_of([seller_id])[seller_id]


def histories_of(seller_ids: Collection[int]) -> dict[int, History]:
    """Read tallies, holdings and leave of some sellers: three queries, however many they are."""
    codes = kind_codes()
    tallies: dict[int, dict[str, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    rows = Tally.objects.filter(seller__in=seller_ids).order_by("seller_id", "day")
    for seller, kind, day, quantity in rows.values_list("seller_id", "kind_id", "day", "quantity"):
        tallies[seller][codes[kind]][day] = quantity
    holdings: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    held = Holding.objects.filter(seller__in=seller_ids)
    for seller, kind, first, until in held.values_list("seller_id", "kind_id", "first", "until"):
        holdings[seller][codes[kind]].append(Span(first, until))
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
