"""What an upload would bring, and bringing it: all its sellers, rows and items together."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from scoring import past, restating
from scoring.corrections import Because
from scoring.formula.history import Span
from scoring.models import Upload
from scoring.models.correction import Cause
from scoring.rows import StandingRow
from scoring.rulebook import kind_codes
from scoring.uploads import held, outlook, sources, table_sources
from scoring.uploads.gathering import Gathered
from scoring.uploads.key import marks_of
from scoring.uploads.outlook import NewAct
from scoring.uploads.reports import Report
from scoring.uploads.sources import Matched, Verdict
from scoring.uploads.table_sources import MatchedTable

SELLERS_AT_ONCE = 500

Each = Callable[[Iterable[Any]], Iterable[Any]]  # gives rows on, and tells of them


@dataclass(frozen=True)
class Examined:
    """The rows of an upload with what each of them is."""

    gathered: Gathered
    archives: list[Matched]
    tables: list[MatchedTable]

    @property
    def report(self) -> Report:
        return self.gathered.report


def examine(gathered: Gathered, *, today: date, each: Each = iter) -> Examined:
    """Compare with what is known now; nothing is stored. The counts go to the report."""
    examined = Examined(
        gathered,
        [
            sources.match(
                seller, rows, seen=sources.seen_files(seller), link_mark=marks_of(seller).link, each=each
            )
            for seller, rows in sorted(gathered.rows.items())
        ],
        [table_sources.match(seller, rows, each=each) for seller, rows in sorted(gathered.plain.items())],
    )
    _count(examined)
    _count_beyond_cap(examined, today=today)
    return examined


def _count(examined: Examined) -> None:
    report = examined.report
    counts: Counter[tuple[str, int, Verdict]] = Counter()
    days: set[date] = set()
    for matched in examined.archives:
        for row, found in matched.pairs:
            counts[row.file, row.kind, found.verdict] += 1
            if row.day is not None:
                days.add(row.day)
        report.taken_over += matched.taken_over()
    for table in examined.tables:
        for plain, found, _n in table.rows:
            counts[plain.file, plain.act.kind, found.verdict] += 1
            days.add(plain.act.day)
        report.taken_over += table.taken_over()
    for (file, kind, verdict), n in counts.items():
        report.count(file, kind, "read", n)
        report.count(file, kind, verdict.value, n)
    if days:
        report.first, report.last = min(days), max(days)


def _count_beyond_cap(examined: Examined, *, today: date) -> None:
    new = dict(_new_acts(examined, today=today))
    sellers = sorted(new)
    for at in range(0, len(sellers), SELLERS_AT_ONCE):
        histories = past.histories_of(sellers[at : at + SELLERS_AT_ONCE])
        for seller, history in histories.items():
            for (file, kind), n in outlook.beyond_cap(history, new[seller], today=today).items():
                examined.report.count(file, kind, "beyond_cap", n)


def _new_acts(examined: Examined, *, today: date) -> Iterator[tuple[int, list[NewAct]]]:
    for matched in examined.archives:
        yield (
            matched.seller,
            [
                NewAct(row.file, row.kind, row.day or today, 1)
                for row, found in matched.pairs
                if found.verdict is Verdict.NEW
            ],
        )
    for table in examined.tables:
        yield (
            table.seller,
            [NewAct(row.file, row.act.kind, row.act.day, row.act.quantity) for row, _n in table.new()],
        )


def look_ahead(examined: Examined, seller_id: int, *, today: date) -> None:
    """Put into the report what the seller's index would become; items to be ticked are left out of it."""
    acts = dict(_new_acts(examined, today=today)).get(seller_id, [])
    spans = [(row.kind, Span(row.first, row.until)) for row in examined.gathered.standing]
    report = examined.report
    report.before, report.after = outlook.outlook(seller_id, acts, spans, today=today)


def store(upload: Upload, examined: Examined, *, today: date, now: datetime, each: Each = iter) -> set[int]:
    """Store what is new, in a transaction that holds the sellers; gives those who wait to be restated."""
    for matched in examined.archives:
        sources.store(upload, matched, today=today, now=now, each=each)
    for table in examined.tables:
        table_sources.store(upload, table, now=now, each=each)
    standing = [*examined.gathered.standing, *_items(upload, today=today)]
    firsts = held.say(upload, standing, today=today)
    restating.ask(firsts, Because(Cause.IMPORT.value, upload.made_by_id))
    return {*examined.gathered.sellers, *firsts}


def _items(upload: Upload, *, today: date) -> Iterator[StandingRow]:
    """What the seller has confirmed is true from today on."""
    if upload.seller_id is not None:
        keys = {code: pk for pk, code in kind_codes().items()}
        for code in upload.items:
            yield StandingRow(upload.seller_id, keys[code], today, None)
