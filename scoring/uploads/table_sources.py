"""Takes the rows of a table of activities in: what `import_activities` does, with a trace of every row.

Whoever brings it may take it back, so its acts are those of an archive until the command takes them over.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from scoring import restating
from scoring.corrections import Because
from scoring.imports import parts
from scoring.models import Activity, Trace, Upload
from scoring.models.correction import Cause
from scoring.uploads import copying, tallying
from scoring.uploads.gathering import PlainRow
from scoring.uploads.sources import ACT, SOURCE, TRACE, Match, Tally, Verdict, iso

CONTENTS_AT_ONCE = 5000


class Known(NamedTuple):
    activity: int
    is_live: bool

    @property
    def verdict(self) -> Verdict:
        return Verdict.KNOWN if self.is_live else Verdict.DELETED


@dataclass
class _Content:
    """What is stored of one content: the n-th row of it, acts that no row has taken over, edited ones."""

    occurrences: dict[int, Known] = field(default_factory=dict)
    free: list[Known] = field(default_factory=list)  # the best last
    edited: list[Known] = field(default_factory=list)
    rows: int = 0

    def match(self) -> tuple[Match, int | None]:
        """Find out what the next row is; with it the occurrence that its act gets, if it has none yet."""
        n = self.rows + 1
        if n in self.occurrences:
            self.rows = n
            at = self.occurrences[n]
            return Match(at.verdict, at.activity), None
        if self.free:
            self.rows = n
            at = self.free.pop()
            return Match(Verdict.TAKEN_OVER if at.is_live else Verdict.DELETED, at.activity), n
        if self.edited:
            at = self.edited.pop()
            return Match(at.verdict, at.activity), None
        self.rows = n
        return Match(Verdict.NEW), n


@dataclass
class MatchedTable:
    """The rows of one seller, what each is, and the occurrence that its act gets."""

    seller: int
    rows: list[tuple[PlainRow, Match, int | None]]

    def new(self) -> Iterator[tuple[PlainRow, int | None]]:
        return ((row, n) for row, found, n in self.rows if found.verdict is Verdict.NEW)

    def new_acts(self) -> Iterator[Tally]:
        return ((row.act.day, row.act.kind, row.act.quantity) for row, _n in self.new())

    def taken_over(self) -> Iterator[tuple[int, date, int]]:
        for row, found, _n in self.rows:
            if found.verdict is Verdict.TAKEN_OVER:
                yield row.act.kind, row.act.day, row.act.quantity


def match(
    seller_id: int,
    rows: list[PlainRow],
    *,
    each: Callable[[Iterable[PlainRow]], Iterable[PlainRow]] = iter,
) -> MatchedTable:
    """Find out what each row of a seller is, as `scoring/imports.py` does."""
    contents = _contents(seller_id, {row.act.digest for row in rows})
    return MatchedTable(seller_id, [(row, *contents[row.act.digest].match()) for row in each(rows)])


def _contents(seller_id: int, digests: Iterable[str]) -> dict[str, _Content]:
    found: dict[str, _Content] = defaultdict(_Content)
    free: dict[str, list[tuple[bool, bool, int]]] = defaultdict(list)
    acts = Activity.objects.of(seller_id).order_by("pk")
    for some in parts(sorted(digests), CONTENTS_AT_ONCE):
        fields = ("pk", "content", "occurrence", "edited_content", "deleted_at")
        for key, content, n, edited, deleted in acts.filter(content__in=some).values_list(*fields):
            if n is None:
                free[content.hex].append((deleted is None, edited is None, -key))
            else:
                found[content.hex].occurrences[n] = Known(key, deleted is None)
        edited_acts = acts.live().filter(edited_content__in=some)
        for key, content in edited_acts.values_list("pk", "edited_content"):
            if content is not None:
                found[content.hex].edited.append(Known(key, True))
    for digest, entries in free.items():
        found[digest].free = [Known(-key, is_live) for is_live, _unedited, key in sorted(entries)]
    return found


def store(upload: Upload, matched: MatchedTable, *, now: datetime, each: Callable[[Any], Any] = iter) -> None:
    """Make acts of what is new, and trace every row, in a transaction that holds the seller."""
    fresh = list(matched.new())
    keys = copying.new_keys(Activity, len(fresh))
    copying.insert(Activity, ACT, _act_records(matched.seller, zip(keys, fresh, strict=True), now))
    taken: dict[int, list[int]] = defaultdict(list)
    for _row, found, n in matched.rows:
        if n is not None and found.activity is not None:
            taken[n].append(found.activity)
    for n, activities in taken.items():
        for some in parts(activities, CONTENTS_AT_ONCE):
            Activity.objects.filter(pk__in=some).update(occurrence=n)
    copying.insert(Trace, TRACE, each(_trace_records(upload, matched, iter(keys))))
    grown = list(matched.new_acts())
    tallying.add(matched.seller, grown)
    if grown:
        restating.ask(
            {matched.seller: min(day for day, _kind, _n in grown)},
            Because(Cause.IMPORT.value, upload.made_by_id),
        )


def _act_records(
    seller: int, rows: Iterable[tuple[int, tuple[PlainRow, int | None]]], now: datetime
) -> Iterator[copying.Record]:
    moment = copying.moment(now)
    for key, (row, n) in rows:
        act = row.act
        yield (
            *(key, seller, act.kind, iso(act.day), act.quantity, act.network, act.link, act.note),
            *(SOURCE, act.digest, n, moment, 0),
        )


def _trace_records(upload: Upload, matched: MatchedTable, keys: Iterator[int]) -> Iterator[copying.Record]:
    for row, found, _n in matched.rows:
        activity = next(keys) if found.verdict is Verdict.NEW else found.activity
        act = row.act
        yield (
            *(upload.pk, matched.seller, act.digest, row.n, activity),
            *(act.kind, iso(act.day), act.network, None, ""),
        )
