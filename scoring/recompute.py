"""The one door through which scores change: restate a seller from a day on, or score a day for many."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Max, Q, Value
from django.db.models.functions import Least

from scoring import past, roster
from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import RunningSum, raw_by_day
from scoring.formula.history import History
from scoring.formula.pillar import PillarScores, scores
from scoring.models import PillarSum, Restatement, Run, Score
from scoring.rulebook import Rulebook, Version

DAYS_KEPT = 400
ONE_DAY = timedelta(days=1)
ROWS_AT_ONCE = 1000


def restate(seller_id: int, *, first: date, today: date) -> None:
    """Score a seller anew from a day through today, and rebuild the running sums, all from the tallies.

    Whoever waited for the lock may bring an old today: a newer day that is scored already is restated too.
    Twice gives the same rows as once. Days before the first activity, holding or membership, and those on or
    after the day of leaving, end up without a score; earlier days that still lack one get theirs.
    """
    with transaction.atomic():
        roster.lock([seller_id])
        need = Restatement.objects.filter(pk=seller_id).first()
        today = max(today, _newest_day(seller_id) or today)
        rules = Rulebook()
        history = past.history_of(seller_id)
        memberships = roster.memberships_of([seller_id]).get(seller_id, [])
        began = past.first_day(history, joined_team=memberships[0][0].first if memberships else None)
        left = roster.left_on(seller_id)
        last = today if left is None else min(today, left - ONE_DAY)
        stale = Score.objects.of(seller_id).filter(Q(day__gt=last) | Q(day__lt=began or date.max))
        stale.delete()
        start = max(began or first, min(first, _first_unscored(seller_id, before=first) or date.min))
        if began is not None:
            found = _scores_by_day(history, first=start, last=last, rules=rules, today=today)
            store(
                [
                    _row(seller_id, day, parts, version=rules.on(day), team=roster.team_on(memberships, day))
                    for day, parts in found
                ]
            )
        keep_sum(seller_id, history, version=rules.on(today), today=today)
        # A sum under another version no longer says what the tallies say; who needs it builds it anew.
        PillarSum.objects.filter(seller=seller_id).exclude(formula=rules.on(today).pk).delete()
        # Every write takes these rows: a ranking that began before it waits, and the mark is not lost.
        Run.objects.filter(day__gte=start, day__lt=today).update(ranks_stale=True)
        if need is not None and need.first >= start:
            Restatement.objects.filter(pk=seller_id, changes=need.changes).delete()


def _newest_day(seller_id: int) -> date | None:
    return Score.objects.of(seller_id).aggregate(newest=Max("day"))["newest"]


def _first_unscored(seller_id: int, *, before: date) -> date | None:
    """The day after the newest score before a day; None when there is no such score."""
    newest = Score.objects.of(seller_id).filter(day__lt=before).aggregate(newest=Max("day"))["newest"]
    return newest + ONE_DAY if newest else None


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
    """Write scores, over what stands; ranks of a published night stay as they were."""
    Score.objects.bulk_create(
        rows,
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["seller_id", "day"],
        update_fields=[*Score.PARTS, "formula", "team"],
    )


def keep_sum(seller_id: int, history: History, *, version: Version, today: date) -> None:
    """Rebuild the running sum under a formula from the tallies."""
    running = RunningSum.of(history, formula=version.formula, landmark=today)
    PillarSum.objects.bulk_create(
        [
            PillarSum(
                seller_id=seller_id,
                formula_id=version.pk,
                landmark=running.landmark,
                newest=running.newest,
                **running.sums,
            )
        ],
        update_conflicts=True,
        unique_fields=["seller", "formula"],
        update_fields=["landmark", "newest", *PILLARS],
    )


def ask(seller_id: int, *, first: date) -> None:
    """Record, in the transaction of a change, that a seller's scores must be restated from a day on."""
    blank = Restatement(seller_id=seller_id, first=first, changes=0)
    Restatement.objects.bulk_create([blank], ignore_conflicts=True)
    Restatement.objects.filter(pk=seller_id).update(
        first=Least("first", Value(first)), changes=F("changes") + 1
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
