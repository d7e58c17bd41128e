"""What is known of a seller that a row of an archive may be: traces of it, and acts that it takes over."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from scoring.imports import parts
from scoring.models import Activity, Trace
from scoring.models.upload import PLAIN

MARKS_AT_ONCE = 5000

Mark = tuple[str, int]  # the n-th row of a mark
Cell = tuple[int, date]  # kind, day
LinkMark = Callable[[str], str]


class KnownAct(NamedTuple):
    """The activity of a trace, None where there is none (any more), and whether it was deleted."""

    activity: int | None
    is_deleted: bool


def known_acts(seller_id: int, marks: Collection[str]) -> dict[Mark, KnownAct]:
    """What standing uploads have traced of some marks."""
    found: dict[Mark, KnownAct] = {}
    traces = Trace.objects.filter(seller=seller_id).order_by()
    if not traces.exists():
        return found
    for some in parts(sorted(set(marks)), MARKS_AT_ONCE):
        rows = traces.filter(mark__in=some).values_list("mark", "n", "activity", "activity__deleted_at")
        for mark, n, activity, deleted_at in rows:
            found[mark.hex, n] = KnownAct(activity, deleted_at is not None)
    return found


@dataclass
class Entry:
    """A live act that rows of an archive may be: so many more of them."""

    key: int
    quantity: int
    network: str
    link: str
    left: int

    def is_like(self, network: str, link: str) -> bool:
        return self.network in ("", network) and self.link in ("", link)

    def likeness(self) -> tuple[bool, bool, int]:
        """The more it says the better it fits; among equals the oldest."""
        return self.link == "", self.network == "", self.key


class Entries:
    """A seller's acts by hand, and those of tables that are worded exactly as an act of an archive is."""

    def __init__(self, seller_id: int, days: Iterable[date], *, link_mark: LinkMark) -> None:
        self.by_cell: dict[Cell, list[Entry]] = defaultdict(list)
        self._by_key: dict[int, Entry] = {}
        wanted = set(days)
        if not wanted:
            return
        acts = _takeable(seller_id).filter(day__range=(min(wanted), max(wanted)))
        for key, kind, day, quantity, network, link in acts.values_list(
            "pk", "kind", "day", "quantity", "network", "link"
        ):
            if day in wanted:
                entry = Entry(key, quantity, network, link_mark(link) if link else "", quantity)
                self._by_key[key] = entry
                self.by_cell[kind, day].append(entry)
        for entries in self.by_cell.values():
            entries.sort(key=Entry.likeness)

    def use(self, taken: Iterable[int]) -> None:
        """Say which acts are rows already; one of several is named once for each of its rows."""
        for key, n in Counter(taken).items():
            if key in self._by_key:
                self._by_key[key].left -= n

    def take(self, cell: Cell, network: str, link: str, *, newest: int | None = None) -> int | None:
        """The act that a row is, if there is one; with `newest`, among those that are not newer than it."""
        for entry in self.by_cell.get(cell, ()):
            is_free = entry.left > 0 and (newest is None or entry.key <= newest)
            if is_free and entry.is_like(network, link):
                entry.left -= 1
                return entry.key
        return None

    def keep(self, key: int | None) -> bool:
        """Leave a row with the act that it is; False where other rows have used that up."""
        entry = self._by_key.get(key or 0)
        if entry is None:
            return True
        entry.left -= 1
        return entry.left >= 0

    @property
    def keys(self) -> list[int]:
        return list(self._by_key)


def _takeable(seller_id: int) -> QuerySet[Activity]:
    worded_alike = Q(occurrence__isnull=False, quantity=1, link="", edited_content=None) & ~Q(network="")
    by_hand_or_alike = Q(source=Activity.Source.HAND) | worded_alike
    return Activity.objects.of(seller_id).live().filter(by_hand_or_alike).order_by()


def rows_of(seller_id: int, activities: Collection[int]) -> list[tuple[int, Mark]]:
    """Which rows of archives some acts are, each row once."""
    found: set[tuple[int, Mark]] = set()
    traces = Trace.objects.filter(seller=seller_id).exclude(upload__format=PLAIN).order_by()
    for some in parts(sorted(activities), MARKS_AT_ONCE):
        rows = traces.filter(activity__in=some).values_list("activity", "mark", "n")
        found.update((activity, (mark.hex, n)) for activity, mark, n in rows)
    return sorted(found)
