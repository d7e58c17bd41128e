"""The one door through which scores change: restate a seller from a day on, or score a day for many."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Least

from scoring import corrections, past, roster
from scoring.acting import who_acts
from scoring.corrections import Because
from scoring.formula.decay import RunningSum, by_pillar, raw_by_day, standing_worth
from scoring.formula.history import History
from scoring.formula.pillar import PillarScores, scores
from scoring.models import PillarSum, Restatement, Run, Score
from scoring.models.correction import Cause
from scoring.rulebook import Rulebook, Version
from scoring.signals import scores_changed

DAYS_KEPT = 400
ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
EARLIEST = date(1990, 1, 1)  # no entry is older
AHEAD = timedelta(days=7)  # further than two clocks of one organisation are apart
ROWS_AT_ONCE = 1000


def restate(seller_id: int, *, first: date, today: date, because: Because | None = None) -> None:
    """Score a seller anew from a day through today, and rebuild the running sums, all from the tallies.

    Whoever waited for the lock may bring an old today: a newer day that is scored already is restated too.
    Twice gives the same rows as once. Days before the first activity, holding or membership, and those on or
    after the day of leaving, end up without a score; earlier days that still lack one get theirs.
    """
    with transaction.atomic():
        roster.lock([seller_id])
        need = Restatement.objects.filter(pk=seller_id).first()
        index, past_ends = scored_index(seller_id, today=today), today
        scored = list(index)
        today = max([today, *scored[-1:]])
        rules = Rulebook()
        history = past.history_of(seller_id)
        memberships = roster.memberships_of([seller_id]).get(seller_id, [])
        began = past.first_day(history, joined_team=memberships[0][0].first if memberships else None)
        left = roster.left_on(seller_id)
        last = today if left is None else min(today, left - ONE_DAY)
        stale = [day for day in scored if day > last or began is None or day < began]
        if stale:
            Score.objects.of(seller_id).filter(day__in=stale).delete()
        before = [day for day in scored if day < first]
        start = max(began or first, min(first, before[-1] + ONE_DAY if before else date.min))
        found: dict[date, PillarScores] = {}
        if began is not None:
            found = dict(_scores_by_day(history, first=start, last=last, rules=rules, today=today))
            store(
                [
                    _row(seller_id, day, parts, version=rules.on(day), team=roster.team_on(memberships, day))
                    for day, parts in found.items()
                ]
            )
        corrections.note(
            seller_id,
            {day: ssi for day, ssi in index.items() if day in found or day in stale},
            {day: parts.ssi for day, parts in found.items()},
            began=scored[0] if scored else None,
            today=past_ends,
            because=_reasons(need, because),
        )
        keep_sums(seller_id, history, began=began, rules=rules, today=today)
        # Every write takes these rows: a ranking that began before it waits, and the mark is not lost.
        Run.objects.filter(day__gte=start, day__lt=today).update(ranks_stale=True)
        if need is not None and need.first >= start:
            Restatement.objects.filter(pk=seller_id, changes=need.changes).delete()
        tell([seller_id], teams={team for _span, team in memberships})


def _reasons(need: Restatement | None, given: Because | None) -> Because:
    waiting = [Because(need.cause, need.made_by_id)] if need else []
    reasons = [*waiting, *([given] if given else [])]
    return reduce(Because.and_also, reasons) if reasons else corrections.because(Cause.ANEW)


def tell(seller_ids: Sequence[int] | None, *, teams: Collection[int] | None = None) -> None:
    """Say after the commit whose scores were written, None for everybody's, and for which teams if known."""
    transaction.on_commit(
        lambda: scores_changed.send(sender=None, seller_ids=seller_ids, teams=teams), robust=True
    )


def scored_days(seller_id: int, *, today: date) -> list[date]:
    """The days of a seller that have a score, in order; also what a newer today than ours has brought."""
    return list(scored_index(seller_id, today=today))


def scored_index(seller_id: int, *, today: date) -> dict[date, int]:
    """The same days with their index, in hundredths."""
    named = kept_days(first=EARLIEST, last=today + AHEAD, today=today)
    rows = Score.objects.of(seller_id).filter(day__in=named)
    return dict(sorted(rows.values_list("day", "ssi")))


def kept_days(*, first: date, last: date, today: date) -> list[date]:
    """The days between two, both included, that have a score of their own for whoever was there."""
    daily = max(first, today - timedelta(days=DAYS_KEPT) + ONE_DAY)
    months = [
        date(year, month, 1) - ONE_DAY for year in range(first.year, daily.year + 1) for month in range(1, 13)
    ]
    days = [daily + timedelta(days=n) for n in range((last - daily).days + 1)]
    return [day for day in months if first <= day < daily] + days


def kept(day: date, *, today: date) -> bool:
    """Whether a day's score is kept: the last 400 days, and of older months the last day."""
    return day > today - timedelta(days=DAYS_KEPT) or (day + ONE_DAY).day == 1


def _scores_by_day(
    history: History, *, first: date, last: date, rules: Rulebook, today: date
) -> Iterator[tuple[date, PillarScores]]:
    if first > last:
        return
    for day, raw in raw_by_day(history, first=first, last=last, formula_on=rules.formula_on):
        if kept(day, today=today):
            yield day, scores(raw, formula=rules.formula_on(day))


def _row(seller_id: int, day: date, found: PillarScores, *, version: Version, team: int | None) -> Score:
    return Score(seller_id=seller_id, day=day, formula_id=version.pk, team_id=team, **found._asdict())


def store(rows: Sequence[Score]) -> None:
    """Write scores of one seller, in the order of days, over what stands.

    Their changes in a week follow; ranks of a published night stay as they were.
    """
    if not rows:
        return
    first, seller_id = rows[0].day, rows[0].seller_id
    before = Score.objects.of_days(seller_id, first - WEEK, first - ONE_DAY)
    ssi = dict(before.values_list("day", "ssi")) | {row.day: row.ssi for row in rows}
    for row in rows:
        row.change = row.ssi - ssi[row.day - WEEK] if row.day - WEEK in ssi else None
    Score.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["seller_id", "day"],
        update_fields=[*Score.PARTS, "change", "formula", "team"],
    )


def keep_sums(seller_id: int, history: History, *, began: date | None, rules: Rulebook, today: date) -> None:
    """Rebuild a seller's running sums from the tallies: under today's formula, and those still to come.

    Sums under older formulas no longer say what the tallies say; whoever needs them builds them anew.
    """
    versions = [rules.on(today), *rules.after(today)]
    for version in versions:
        write_sum(seller_id, version, sum_values(history, version=version, began=began, today=today))
    older = set(rules.keys()) - {version.pk for version in versions}
    if older:
        PillarSum.objects.filter(formula__in=older, seller=seller_id).delete()


def sum_values(history: History, *, version: Version, began: date | None, today: date) -> dict[str, Any]:
    running = RunningSum.of(history, formula=version.formula, landmark=today)
    held = by_pillar(standing_worth(history, on=today, formula=version.formula), formula=version.formula)
    return {
        "landmark": running.landmark,
        "newest": running.newest,
        **running.sums,
        **{f"held_{pillar}": points for pillar, points in held.items()},
        "held_from": today,
        "held_until": history.changes_after(today),
        "began": began,
    }


def write_sum(seller_id: int, version: Version, values: dict[str, Any]) -> None:
    """Write a seller's sums under a formula; each write is counted, for a night that read them before."""
    row = PillarSum.objects.filter(formula=version.pk, seller=seller_id)
    if not row.update(writes=F("writes") + 1, **values):
        PillarSum.objects.create(formula_id=version.pk, seller_id=seller_id, **values)


def ask(seller_id: int, *, first: date, cause: str = Cause.ANEW) -> None:
    """Record, in the transaction of a change, that a seller's scores must be restated from a day on."""
    who = who_acts()
    blank = Restatement(seller_id=seller_id, first=first, changes=0, cause=cause, made_by_id=who)
    Restatement.objects.bulk_create([blank], ignore_conflicts=True)
    Restatement.objects.filter(pk=seller_id).update(
        first=Least("first", Value(first)),
        changes=F("changes") + 1,
        cause=Case(When(cause=cause, then=F("cause")), default=Value(Cause.SEVERAL.value)),
        made_by=Case(When(made_by=who, then=F("made_by"))) if who else None,
    )


def settle(seller_id: int, *, today: date) -> bool:
    """Do a recorded restatement and strike it out, unless it changed meanwhile; say whether there was one."""
    with transaction.atomic():
        roster.lock([seller_id])
        need = Restatement.objects.filter(pk=seller_id).first()
        if need is None:
            return False
        restate(seller_id, first=need.first, today=today)
        Restatement.objects.filter(pk=seller_id, changes=need.changes).delete()
    return True
