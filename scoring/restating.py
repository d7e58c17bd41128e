# ruff: noqa: S608 - the names in the statements are those of models
"""Restatements of many sellers, as after an import: asked for in one statement, settled day by day for all.

The rows are those that `recompute.restate` writes for each of them; only the way there differs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection, transaction
from django.db.models import QuerySet

from scoring import columns, corrections, recompute, roster, sums
from scoring.column_forms import NO_DAY, Columns
from scoring.corrections import Because, Change
from scoring.corrections_of_many import Indexes, changes_of_many
from scoring.models import PillarSum, Restatement, Run, Score
from scoring.models.correction import Cause
from scoring.past_of_many import Past
from scoring.recompute import AHEAD, EARLIEST, WEEK
from scoring.rulebook import Rulebook
from scoring.sums import NEVER, Range

AT_ONCE = 500  # sellers; with a year of daily tallies some ten megabytes
NEAR = 4  # so many keys a seller on the average: rows are read by ranges of keys
FEWEST = 8  # fewer are restated one by one
NO_SCORE = np.iinfo(np.int16).min
NOTHING = Indexes(*(np.empty(0, dtype=np.int64) for _part in range(3)))


def ask(firsts: Mapping[int, date], because: Because | None = None) -> None:
    """Record, in the transaction of a change, from which day on the scores of sellers must be restated.

    What `recompute.ask` does, for all of them at once.
    """
    rows = sorted(firsts.items())
    if not rows:
        return
    table = connection.ops.quote_name(Restatement._meta.db_table)
    on_conflict = (
        "ON CONFLICT (seller_id) DO UPDATE "
        f"SET first = {{least}}({table}.first, EXCLUDED.first), changes = {table}.changes + 1, "
        f"cause = CASE WHEN {table}.cause = EXCLUDED.cause THEN {table}.cause ELSE '{Cause.SEVERAL}' END, "
        f"made_by_id = CASE WHEN {table}.made_by_id = EXCLUDED.made_by_id THEN {table}.made_by_id END"
    )
    into = f"INSERT INTO {table} (seller_id, first, changes, cause, made_by_id)"
    because = because or corrections.because(Cause.ANEW)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sellers, days = [seller for seller, _day in rows], [day for _seller, day in rows]
            cursor.execute(
                f"{into} SELECT seller, day, 1, %s, %s FROM unnest(%s::int[], %s::date[]) AS r (seller, day) "
                + on_conflict.format(least="least"),
                [*because, sellers, days],
            )
        else:
            values = [(*row, *because) for row in rows]
            cursor.executemany(f"{into} VALUES (%s, %s, 1, %s, %s) {on_conflict.format(least='min')}", values)


def groups(seller_ids: Iterable[int]) -> Iterator[list[int]]:
    """Part sellers into groups with keys near each other, each to be settled in one transaction."""
    group: list[int] = []
    for seller in sorted(seller_ids):
        is_far = group and seller - group[0] >= NEAR * (len(group) + FEWEST)
        if is_far or len(group) == AT_ONCE:
            yield group
            group = []
        group.append(seller)
    if group:
        yield group


def settle(seller_ids: Sequence[int], *, today: date) -> None:
    """Do the recorded restatements of a group and strike them out, unless they changed meanwhile."""
    if len(seller_ids) < FEWEST:
        for seller in seller_ids:
            recompute.settle(seller, today=today)
        return
    with transaction.atomic():
        roster.lock(seller_ids)
        waiting = Restatement.objects.filter(pk__in=seller_ids)
        needs = {need.pk: need for need in waiting}
        reasons = {pk: Because(need.cause, need.made_by_id) for pk, need in needs.items()}
        restate({pk: need.first for pk, need in needs.items()}, today=today, because=reasons)
        by_changes: dict[int, list[int]] = defaultdict(list)
        for pk, need in needs.items():
            by_changes[need.changes].append(pk)
        for changes, done in by_changes.items():
            Restatement.objects.filter(pk__in=done, changes=changes).delete()


def restate(firsts: Mapping[int, date], *, today: date, because: Mapping[int, Because] | None = None) -> None:
    """Score sellers anew, each from a day of their own through today, and rebuild their running sums.

    What that does to past days is logged with its reasons.

    Call it holding them. Who has scores that are newer than today, from a clock ahead of ours, is restated
    alone.
    """
    keys = np.array(sorted(firsts), dtype=np.int32)
    scored = _scored(keys, today=today)
    reasons = because or {}
    ahead = np.unique(scored.seller[scored.day > today.toordinal()])
    for seller in keys[ahead].tolist():
        recompute.restate(seller, first=firsts[seller], today=today, because=reasons.get(seller))
    keys = np.delete(keys, ahead)
    if not keys.size:
        return
    rules = Rulebook()
    began = _keep_sums(keys, rules=rules, today=today)
    scored = _scored(keys, today=today)
    spans = _spans(keys, firsts, began=began, scored=scored, today=today)
    _drop_stale(keys, spans)
    written = _store(keys, spans, rules=rules, today=today)
    changes = changes_of_many(scored, spans.is_stale, written, sellers=keys.size, today=today)
    had_scores = set(np.unique(scored.seller).tolist())
    _log(keys, changes, reasons, had_scores)
    start = date.fromordinal(int(spans.start.min()))
    # Every write takes these rows: a ranking that began before it waits, and the mark is not lost.
    Run.objects.filter(day__gte=start, day__lt=today).update(ranks_stale=True)
    recompute.tell(keys.tolist())


@dataclass(frozen=True)
class Spans:
    """From which day to which each seller is scored anew, and which scores go; start after last: none."""

    start: np.ndarray
    last: np.ndarray
    stale: Indexes
    is_stale: np.ndarray


def _log(
    keys: np.ndarray, changes: Mapping[int, Change], reasons: Mapping[int, Because], had_scores: set[int]
) -> None:
    """As `corrections.note`: who is scored for the first time without a reason was not corrected."""
    plain, of_key = corrections.because(Cause.ANEW), keys.tolist()
    found = {
        of_key[number]: change
        for number, change in changes.items()
        if number in had_scores or reasons.get(of_key[number], plain).cause != Cause.ANEW
    }
    corrections.log(found, {seller: reasons.get(seller, plain) for seller in found})


def _scored(keys: np.ndarray, *, today: date) -> Indexes:
    named = recompute.kept_days(first=EARLIEST, last=today + AHEAD, today=today)
    found = columns.read(_of(keys, Score.objects.filter(day__in=named)), "seller_id", "day", "ssi")
    number, ours = sums.numbers(found["seller_id"], keys)
    return Indexes(number[ours], found["day"][ours], found["ssi"][ours])


def _of(keys: np.ndarray, rows: QuerySet) -> QuerySet:
    return Range.around(keys).of(rows)


def _keep_sums(keys: np.ndarray, *, rules: Rulebook, today: date) -> np.ndarray:
    """Rebuild the sums as `recompute.keep_sums` does; gives the day on which each seller began, or NEVER."""
    versions = [rules.on(today), *rules.after(today)]
    began = np.full(keys.size, NEVER)
    for version in versions:
        built = sums.build(keys, version=version, on=today)
        began = np.ma.filled(built["began"], NEVER)
        known = columns.read(_of(keys, PillarSum.objects.filter(formula=version.pk)), "seller_id", "writes")
        number, ours = sums.numbers(known["seller_id"], keys)
        built["writes"][number[ours]] = known["writes"][ours] + 1
        columns.upsert(PillarSum, {"formula_id": version.pk, **built}, key=("formula_id", "seller_id"))
    older = set(rules.keys()) - {version.pk for version in versions}
    if older:
        PillarSum.objects.filter(formula__in=older, seller__in=keys.tolist()).delete()
    return began


def _spans(
    keys: np.ndarray, firsts: Mapping[int, date], *, began: np.ndarray, scored: Indexes, today: date
) -> Spans:
    """Also earlier days that still lack a score are filled: from the newest scored one before the first."""
    first = np.array([firsts[pk].toordinal() for pk in keys.tolist()])
    is_before = scored.day < first[scored.seller]
    filled = np.zeros(keys.size, dtype=np.int64)
    np.maximum.at(filled, scored.seller[is_before], scored.day[is_before] + 1)
    left = columns.read(_of_pk(keys), "pk", "left_on")
    number, ours = sums.numbers(left["pk"], keys)
    last = np.full(keys.size, today.toordinal())
    ends = np.where(left["left_on"][ours] == NO_DAY, NEVER, left["left_on"][ours] - 1)
    last[number[ours]] = np.minimum(last[number[ours]], ends)
    is_stale = (scored.day > last[scored.seller]) | (scored.day < began[scored.seller])
    start = np.where(began == NEVER, first, np.maximum(began, np.minimum(first, filled)))
    last = np.where(began == NEVER, start - 1, last)
    return Spans(start, last, scored.where(is_stale), is_stale)


def _of_pk(keys: np.ndarray) -> QuerySet:
    return Range.around(keys).of(roster.sellers(), "pk")


def _drop_stale(keys: np.ndarray, spans: Spans) -> None:
    for day in np.unique(spans.stale.day).tolist():
        gone = keys[spans.stale.seller[spans.stale.day == day]].tolist()
        Score.objects.on(date.fromordinal(day)).filter(seller__in=gone).delete()


def _store(keys: np.ndarray, spans: Spans, *, rules: Rulebook, today: date) -> Indexes:
    """Score day after day, and write all rows at once over what stands; places stay as they were.

    Gives what was written.
    """
    if (spans.start > spans.last).all():
        return NOTHING
    first, last = (date.fromordinal(int(day)) for day in (spans.start.min(), spans.last.max()))
    past, ssi = Past(keys), _ssi_before(keys, spans)
    found: list[Columns] = []
    for day in recompute.kept_days(first=first, last=last, today=today):
        ordinal = day.toordinal()
        at = np.flatnonzero((spans.start <= ordinal) & (ordinal <= spans.last))
        version = rules.on(day)
        parts = {name: part[at] for name, part in past.parts_on(day, version=version).items()}
        then = ssi.get(ordinal - WEEK.days)
        before = np.full(keys.size, NO_SCORE) if then is None else then
        change = np.where(before[at] == NO_SCORE, NO_SCORE, parts["ssi"] - before[at])
        ssi.setdefault(ordinal, np.full(keys.size, NO_SCORE))[at] = parts["ssi"]
        found.append(
            {
                "seller_id": keys[at],
                "day": np.full(at.size, ordinal),
                **parts,
                "formula_id": np.full(at.size, version.pk),
                "team_id": past.team_on(ordinal)[at],
                "change": change,
            }
        )
    rows = {name: np.concatenate([part[name] for part in found]) for name in found[0]}
    rows["team_id"] = np.ma.masked_equal(rows["team_id"], -1)
    rows["change"] = np.ma.masked_equal(rows["change"], NO_SCORE)
    columns.upsert(Score, rows, key=("seller_id", "day"))
    number = np.searchsorted(keys, rows["seller_id"])
    return Indexes(number, rows["day"], rows["ssi"].astype(np.int64))


def _ssi_before(keys: np.ndarray, spans: Spans) -> dict[int, np.ndarray]:
    """What stands, and stays, of each day: of those whom a later day restates, and of a week before."""
    days = range(int(spans.start.min()) - WEEK.days, int(spans.start.max()))
    rows = Score.objects.filter(day__in=[date.fromordinal(day) for day in days])
    found = columns.read(_of(keys, rows), "seller_id", "day", "ssi")
    number, ours = sums.numbers(found["seller_id"], keys)
    number, day, ssi = number[ours], found["day"][ours], found["ssi"][ours]
    stays = day < spans.start[number]
    standing: dict[int, np.ndarray] = {}
    for one in np.unique(day[stays]).tolist():
        of_day = stays & (day == one)
        standing[one] = np.full(keys.size, NO_SCORE)
        standing[one][number[of_day]] = ssi[of_day]
    return standing
