"""Takes rows of archives in: which are acts that are known, which are new. See "Identity" in docs/formula.md.

A row is the n-th of its mark. If an upload that stands has a trace of it, it is known. Else it may be an act
that was logged by hand; else it is a new one. Every row leaves a trace, also the known ones: an act stays
while any upload that contained it stands.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from scoring import restating
from scoring.corrections import Because
from scoring.identity import hex_digest
from scoring.models import Activity, Trace, Upload
from scoring.models.correction import Cause
from scoring.rulebook import kind_codes
from scoring.uploads import copying, tallying
from scoring.uploads.gathering import ARTICLE, Row
from scoring.uploads.known_acts import Entries, LinkMark, known_acts, rows_of

TRACE = ("upload_id", "seller_id", "mark", "n", "activity_id", "kind_id", "day", "network", "link", "undated")
ACT = (
    *("id", "seller_id", "kind_id", "day", "quantity", "network", "link", "note", "source", "content"),
    *("occurrence", "created_at", "version"),
)

SOURCE = Activity.Source.ARCHIVE.value

Tally = tuple[date, int, int]  # day, kind, quantity


class Verdict(StrEnum):
    NEW = "new"
    KNOWN = "known"
    TAKEN_OVER = "taken_over"
    DELETED = "deleted_before"
    BASELINE = "baseline"


class Match(NamedTuple):
    """What a row is, and which activity; a new one has none yet."""

    verdict: Verdict
    activity: int | None = None


@dataclass
class Matched:
    """The rows of one seller with what they are, in the order of the file, and the entries they take over."""

    seller: int
    pairs: list[tuple[Row, Match]]
    entries: Entries

    def taken_over(self) -> Iterator[tuple[int, date, int]]:
        """Kind, day and quantity of each act that turned out to be in the archive."""
        keys = {match.activity for _row, match in self.pairs if match.verdict is Verdict.TAKEN_OVER}
        for (kind, day), entries in sorted(self.entries.by_cell.items()):
            yield from ((kind, day, entry.quantity) for entry in entries if entry.key in keys)


def match(
    seller_id: int,
    rows: Sequence[Row],
    *,
    seen: Collection[str],
    link_mark: LinkMark,
    each: Callable[[Iterable[Row]], Iterable[Row]] = iter,
) -> Matched:
    """Find out what each row of a seller is.

    `seen` are the undated files that standing uploads of theirs had: of any other the rows are the base line
    for later ones, and no acts. What a later one has beside them is dated when it is taken in. An undated
    row takes over no entry: it does not say when.
    """
    known = known_acts(seller_id, [row.mark for row in rows])
    unknown_days = {row.day for row in rows if row.day and (row.mark, row.n) not in known}
    entries = Entries(seller_id, unknown_days, link_mark=link_mark)
    entries.use(key for key, _mark in rows_of(seller_id, entries.keys))
    article = next(pk for pk, code in kind_codes().items() if code == ARTICLE)

    def verdict(row: Row) -> Match:
        at = known.get((row.mark, row.n))
        if at is not None:
            return Match(Verdict.DELETED if at.is_deleted else Verdict.KNOWN, at.activity)
        if row.day is None:
            is_new = row.undated in seen or row.kind == article
            return Match(Verdict.NEW if is_new else Verdict.BASELINE)
        entry = entries.take((row.kind, row.day), row.network, row.link)
        return Match(Verdict.NEW) if entry is None else Match(Verdict.TAKEN_OVER, entry)

    return Matched(seller_id, [(row, verdict(row)) for row in each(rows)], entries)


def seen_files(seller_id: int) -> set[str]:
    """The files of a seller's standing uploads, by network: those whose undated rows have a base line."""
    reports = Upload.objects.standing().filter(seller=seller_id).values_list("format", "report__rows")
    return {f"{format}/{file}" for format, rows in reports for file in rows or ()}


def new_acts(matched: Matched, *, today: date) -> Iterator[Tally]:
    """What the tallies grow by."""
    for row, found in matched.pairs:
        if found.verdict is Verdict.NEW:
            yield row.day or today, row.kind, 1


def store(
    upload: Upload, matched: Matched, *, today: date, now: datetime, each: Callable[[Any], Any] = iter
) -> None:
    """Make acts of what is new, trace every row, and ask for the restatement.

    Call it in a transaction that holds the seller.
    """
    fresh = [row for row, found in matched.pairs if found.verdict is Verdict.NEW]
    keys = copying.new_keys(Activity, len(fresh))
    copying.insert(Activity, ACT, _act_records(matched.seller, zip(keys, fresh, strict=True), today, now))
    copying.insert(Trace, TRACE, each(_trace_records(upload, matched, iter(keys))))
    grown = list(new_acts(matched, today=today))
    tallying.add(matched.seller, grown)
    if grown:
        restating.ask(
            {matched.seller: min(day for day, _kind, _n in grown)},
            Because(Cause.IMPORT.value, upload.made_by_id),
        )


def _act_records(
    seller: int, rows: Iterable[tuple[int, Row]], today: date, now: datetime
) -> Iterator[copying.Record]:
    codes, moment = kind_codes(), copying.moment(now)
    for key, row in rows:
        yield act_record(key, seller, row.kind, codes[row.kind], row.day or today, row.network, moment)


def act_record(
    key: int, seller: int, kind: int, code: str, day: date, network: str, moment: str
) -> copying.Record:
    """An act of an archive as the columns ACT; code is that of the kind."""
    content, told = content_of(code, day, network), iso(day)
    return key, seller, kind, told, 1, network, "", "", SOURCE, content, None, moment, 0


@lru_cache(maxsize=65536)
def content_of(kind: str, day: date, network: str) -> str:
    return hex_digest(kind, iso(day), 1, network, "")


@lru_cache(maxsize=16384)
def iso(day: date) -> str:
    return day.isoformat()


def _trace_records(upload: Upload, matched: Matched, keys: Iterator[int]) -> Iterator[copying.Record]:
    for row, found in matched.pairs:
        activity = next(keys) if found.verdict is Verdict.NEW else found.activity
        day, link = iso(row.day) if row.day else None, row.link or None
        yield (
            *(upload.pk, matched.seller, row.mark, row.n, activity),
            *(row.kind, day, row.network, link, row.undated),
        )
