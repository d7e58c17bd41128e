"""Takes rows of a file in: which are known acts, which are new. See "Identity" in docs/formula.md."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.timezone import now

from scoring import restating, roster
from scoring.arrivals import Arrivals, Slice, arrivals
from scoring.corrections import because
from scoring.models import Activity, Holding, Tally
from scoring.models.correction import Cause
from scoring.rows import ActRow, StandingRow

ROWS_AT_ONCE = 5000
SELLERS_AT_ONCE = 200  # in one condition: SQLite bounds how deep an expression goes
LOCKED_AT_ONCE = 5000

# What an upload brought stays from now on, also when that is taken back.
OWN = Case(When(source=Activity.Source.ARCHIVE, then=Value(Activity.Source.FILE)), default=F("source"))

Content = tuple[int, str]  # of a seller
Item = TypeVar("Item")


Shown = Callable[[Sequence[Slice]], Iterable[Slice]]


@dataclass
class Outcome:
    """What became of the rows, and from which day on each touched seller is restated."""

    new: int = 0
    known: int = 0
    taken_over: int = 0
    deleted_before: int = 0
    standing_new: int = 0
    standing_updated: int = 0
    standing_unchanged: int = 0
    firsts: dict[int, date] = field(default_factory=dict)

    def touch(self, seller_id: int, day: date) -> None:
        self.firsts[seller_id] = min(day, self.firsts.get(seller_id, day))


def _unseen(slices: Sequence[Slice]) -> Sequence[Slice]:
    return slices


def take_in(
    rows: Iterable[ActRow | StandingRow], *, seller_ids: Collection[int], shown: Shown = _unseen
) -> Outcome:
    """Take in all rows or, when anything is raised, none; asks for the restatements that they need.

    seller_ids are those that the rows speak of: they are held until the end. All rows go to the database,
    and there one statement a slice of sellers finds which are known: memory does not grow with the file.
    `shown` is told of the slices as they are gone through.
    """
    outcome = Outcome()
    with transaction.atomic():
        for sellers in parts(sorted(seller_ids), LOCKED_AT_ONCE):
            roster.lock(sellers)
        with arrivals() as arrived:
            for some in parts(rows, ROWS_AT_ONCE):
                arrived.add(row for row in some if isinstance(row, ActRow))
                _take_standing([row for row in some if isinstance(row, StandingRow)], outcome)
            for part in shown(arrived.slices()):
                _take_slice(arrived, part, outcome)
        restating.ask(outcome.firsts, because(Cause.IMPORT))
    return outcome


def _take_slice(arrived: Arrivals, part: Slice, outcome: Outcome) -> None:
    met = arrived.meet(part)
    outcome.known += met.live
    outcome.deleted_before += met.deleted
    acts = _Acts(outcome)
    for some in parts(met.doubtful, ROWS_AT_ONCE):
        acts.take(some)
    new, firsts = arrived.store(part, now=now())
    outcome.new += new
    for seller_id, first in firsts.items():
        outcome.touch(seller_id, first)


class _Known:
    """What is known of one content of a seller."""

    def __init__(self) -> None:
        self.occurrences: dict[int, bool] = {}  # the n-th row: whether the act is live
        self.by_hand: list[tuple[int, bool]] = []  # entries not taken over yet, the best last: key, live
        self.edited_to = 0  # live acts that say this now, and said something else


class _Acts:
    """Matches rows with acts one by one; what the file said so far is remembered from batch to batch."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._seen: Counter[Content] = Counter()
        self._explained: Counter[Content] = Counter()

    def take(self, rows: list[ActRow]) -> None:
        known = _what_is_known({(row.seller, row.digest) for row in rows})
        taken: dict[int, list[int]] = defaultdict(list)
        new = []
        for row in rows:
            n = self._match(row, known[row.seller, row.digest], taken)
            if n is not None:
                new.append((row, n))
        for n, keys in taken.items():
            Activity.objects.filter(pk__in=keys).update(occurrence=n, source=OWN)
        self._store(new)

    def _match(self, row: ActRow, known: _Known, taken: dict[int, list[int]]) -> int | None:
        """Find the act that a row is; of a new one, tell the how-manieth of its content it is.

        A row that an edited act explains does not count for the n of later rows. So the same rows end in the
        same acts in any order and in any number of files, and one's own export finds all of itself again.
        """
        content = row.seller, row.digest
        n = self._seen[content] + 1
        live = known.occurrences.get(n)
        if live is None and known.by_hand:
            key, live = known.by_hand.pop()
            taken[n].append(key)
            self._outcome.taken_over += live
        elif live is None and self._explained[content] < known.edited_to:
            self._explained[content] += 1
            self._outcome.known += 1
            return None
        elif live:
            self._outcome.known += 1
        self._seen[content] = n
        if live is False:
            self._outcome.deleted_before += 1
        return n if live is None else None

    def _store(self, new: list[tuple[ActRow, int]]) -> None:
        Activity.objects.bulk_create(
            Activity(
                seller_id=row.seller,
                kind_id=row.kind,
                day=row.day,
                quantity=row.quantity,
                network=row.network,
                link=row.link,
                note=row.note,
                source=Activity.Source.FILE,
                content=row.digest,
                occurrence=n,
            )
            for row, n in new
        )
        count_more((row.seller, row.day, row.kind, row.quantity) for row, _n in new)
        for row, _n in new:
            self._outcome.touch(row.seller, row.day)
        self._outcome.new += len(new)


def _what_is_known(contents: set[Content]) -> dict[Content, _Known]:
    """Read what is stored of some contents; a seller's entries by hand that say what they said come first."""
    known: dict[Content, _Known] = {content: _Known() for content in contents}
    entries: dict[Content, list[tuple[bool, bool, int]]] = defaultdict(list)
    fields = ("pk", "seller_id", "content", "occurrence", "edited_content", "deleted_at")
    for key, seller, content, n, edited, deleted in _of_sellers(Activity, "content", contents, fields):
        if n is not None:
            known[seller, content.hex].occurrences[n] = deleted is None
        else:
            entries[seller, content.hex].append((deleted is None, edited is None, -key))
    for found, by_hand in entries.items():
        known[found].by_hand = [(-key, live) for live, _unedited, key in sorted(by_hand)]
    for seller, content, deleted in _of_sellers(
        Activity, "edited_content", contents, ("seller_id", "edited_content", "deleted_at")
    ):
        known[seller, content.hex].edited_to += deleted is None
    return known


def count_more(acts: Iterable[tuple[int, date, int, int]]) -> None:
    """Add new acts (seller, day, kind, quantity) to the tallies.

    Added and not counted again: a tally is the judge and may know of acts whose rows are purged.
    """
    more: Counter[tuple[int, date, int]] = Counter()
    for seller, day, kind, quantity in acts:
        more[seller, day, kind] += quantity
    days = {(seller, day) for seller, day, _kind in more}
    for *cell, quantity in _of_sellers(Tally, "day", days, ("seller_id", "day", "kind_id", "quantity")):
        seller, day, kind = cell
        if (seller, day, kind) in more:
            more[seller, day, kind] += quantity
    Tally.objects.bulk_create(
        (
            Tally(seller_id=seller, day=day, kind_id=kind, quantity=quantity)
            for (seller, day, kind), quantity in more.items()
        ),
        update_conflicts=True,
        unique_fields=["seller_id", "day", "kind_id"],
        update_fields=["quantity"],
    )


def _take_standing(rows: list[StandingRow], outcome: Outcome) -> None:
    known = _holdings_of({row.seller for row in rows})
    new: list[Holding] = []
    changed: dict[int, Holding] = {}
    for row in rows:
        held = known.get((row.seller, row.kind, row.first))
        if held is None:
            held = Holding(
                seller_id=row.seller,
                kind_id=row.kind,
                first=row.first,
                until=row.until,
                source=Activity.Source.FILE,
            )
            known[row.seller, row.kind, row.first] = held
            new.append(held)
            outcome.standing_new += 1
            outcome.touch(row.seller, row.first)
        elif held.until == row.until:
            outcome.standing_unchanged += 1
        else:
            outcome.touch(row.seller, min(day for day in (held.until, row.until) if day))
            outcome.standing_updated += 1
            held.until = row.until
            if held.pk:
                changed[held.pk] = held
    Holding.objects.bulk_create(new)
    Holding.objects.bulk_update(changed.values(), ["until"], batch_size=ROWS_AT_ONCE)


def _holdings_of(seller_ids: Collection[int]) -> dict[tuple[int, int, date], Holding]:
    rows = Holding.objects.filter(seller__in=seller_ids)
    return {(held.seller_id, held.kind_id, held.first): held for held in rows}


def _of_sellers(
    model: type[models.Model], column: str, wanted: set[tuple[int, Any]], fields: Collection[str]
) -> Iterator[tuple[Any, ...]]:
    """Read rows by pairs of seller and a column; a branch for each seller lets the index of both serve."""
    values: dict[int, list[Any]] = defaultdict(list)
    for seller, value in wanted:
        values[seller].append(value)
    for some in parts(sorted(values), SELLERS_AT_ONCE):
        branches = Q()
        for seller in some:
            branches |= Q(seller=seller, **{f"{column}__in": values[seller]})
        yield from model._default_manager.filter(branches).order_by().values_list(*fields)


def parts(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut anything into lists of at most so many."""
    remaining = iter(items)
    while part := list(islice(remaining, size)):
        yield part
