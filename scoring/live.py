"""One more act, scored in a few statements however much its seller did before.

What only adds needs no rebuild: the act raises its tally, the running sums by what its cap period then
counts, and the scores of the days since. Where the rows that are stored cannot stand for the seller's past,
it must be restated from the tallies instead (`scoring/recompute.py`); either way ends in the same scores.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q

from scoring import corrections, recompute, roster
from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import Clock, RunningSum
from scoring.formula.history import Span
from scoring.formula.periods import cap_period_start, days_between
from scoring.formula.pillar import scores
from scoring.models import Kind, PillarSum, Run, Score, Tally
from scoring.models.correction import Cause
from scoring.recompute import ONE_DAY, WEEK
from scoring.rulebook import Rulebook

FURTHEST_BACK = WEEK  # each day since the act is a statement of its own
OF_SUMS = [field.attname for field in PillarSum._meta.concrete_fields]


@dataclass(frozen=True)
class Act:
    """So many times of an event kind on a day, as it becomes known today."""

    kind: Kind
    day: date
    quantity: int
    today: date

    @property
    def days(self) -> list[date]:
        """The days whose scores it changes, in order."""
        return list(days_between(self.day, self.today))


@dataclass(frozen=True)
class Stored:
    """What is stored of a seller, as far as one more act needs it.

    rules are those of all days; known is the key of the act that came with the same token before. tallies are
    those of the act's kind in its cap period, up to its day; sums are by the key of their formula; formula
    and team say of each day with a score what it was scored by, and for whom; index says its SSI in
    hundredths, and that of the days a week before.
    """

    rules: Rulebook
    known: int | None
    left_on: date | None
    waits: bool
    leave: list[Span]
    tallies: dict[date, int]
    sums: dict[int, PillarSum]
    index: dict[date, int]
    formula: dict[date, int]
    team: dict[date, int | None]


def add(seller_id: int, act: Act, stored: Stored) -> bool:
    """Count a new act and score its seller from its day on; says whether it could.

    Where it could not, the act is counted, and the seller is still to be restated from its day on. For
    whoever holds the seller (`roster.lock`), in the transaction that takes the act in, with what was stored
    before it.
    """
    _count(seller_id, act, stored.tallies.get(act.day, 0) + act.quantity)
    if not serves(stored, act):
        return False
    running = _with_act(stored, act)
    for pk, kept in running.items():
        values = {"landmark": kept.landmark, "newest": kept.newest, **kept.sums}
        recompute.write_sum(seller_id, stored.rules.version(pk), values)
    _score(seller_id, act, running[stored.rules.on(act.today).pk], stored)
    teams = {stored.team[day] for day in act.days}
    recompute.tell([seller_id], teams={team for team in teams if team is not None})
    return True


def read(seller_id: int, act: Act, *, token: uuid.UUID) -> Stored:
    """Read what is stored of a seller whom the caller holds; the token is that of the act's form."""
    rules = Rulebook()
    people = roster.sellers().filter(pk=seller_id).order_by()
    people = people.annotate(
        known=FilteredRelation("activities", condition=Q(activities__token=token)),
        kept=FilteredRelation("pillar_sums", condition=Q(pillar_sums__formula__in=rules.keys())),
    )
    # One row for each leave under each sum, one for who has neither.
    rows = people.values_list(
        "known__pk",
        "left_on",
        "restatement__first",
        "leaves__first",
        "leaves__until",
        *(f"kept__{name}" for name in OF_SUMS),
    )
    found = list(rows)
    known, left_on, restatement, *_others = found[0]
    leave = dict.fromkeys(Span(*row[3:5]) for row in found if row[3] is not None)
    sums = {row[5]: PillarSum(**dict(zip(OF_SUMS, row[5:], strict=True))) for row in found if row[5]}
    scored = _scored(seller_id, act)
    return Stored(
        rules=rules,
        known=known,
        left_on=left_on,
        waits=restatement is not None,
        leave=list(leave),
        tallies=_tallies(seller_id, act, rules=rules),
        sums=sums,
        index=_index(scored),
        formula={row.day: row.formula_id for row in scored},
        team={row.day: row.team_id for row in scored},
    )


def _tallies(seller_id: int, act: Act, *, rules: Rulebook) -> dict[date, int]:
    days = (_earliest(act, rules=rules), act.day)
    cells = Tally.objects.filter(seller=seller_id, kind=act.kind, day__range=days)
    return dict(cells.values_list("day", "quantity"))


def _scored(seller_id: int, act: Act) -> list[Any]:
    """What is stored of the days that an act scores, the one before, and tomorrow.

    Nights leave no gap: whoever is scored for a later day than today is scored for that one.
    """
    rows = Score.objects.of_days(seller_id, act.day - ONE_DAY, act.today + ONE_DAY)
    return list(rows.values_list("day", "ssi", "change", "formula_id", "team_id", named=True))


def _index(scored: list[Any]) -> dict[date, int]:
    """The index of these days, and of those a week before: their change is against it."""
    week_before = {row.day - WEEK: row.ssi - row.change for row in scored if row.change is not None}
    return week_before | {row.day: row.ssi for row in scored}


def _earliest(act: Act, *, rules: Rulebook) -> date:
    """The first day that shares a cap with the act, under any of the formulas."""
    keys = rules.keys()
    kinds = [rules.of(pk).kinds.get(act.kind.code) for pk in keys]
    periods = [kind.cap_period for kind in kinds if kind and kind.cap_period]
    return min([act.day, *(cap_period_start(act.day, period) for period in periods)])


def serves(stored: Stored, act: Act) -> bool:
    """Whether the stored rows stand for all of the seller's past, so that the act can be added to them."""
    version = stored.rules.on(act.today)
    in_force = {version.pk, *(later.pk for later in stored.rules.after(act.today))}
    kept = stored.sums.get(version.pk)
    scored = [day for day in stored.formula if day >= act.day]
    return (
        kept is not None
        # Something changed that the rows do not say yet.
        and not stored.waits
        # Who has left gets no score, and loses those that are too many.
        and (stored.left_on is None or act.today < stored.left_on)
        # Many days are written faster together.
        and act.today - act.day <= FURTHEST_BACK
        # A sum stands as of its newest day: it cannot score the days before.
        and (kept.newest is None or kept.newest <= act.day)
        # The points of standing items must be those of all the days.
        and kept.held_from <= act.day
        and (kept.held_until is None or act.today < kept.held_until)
        # A sum under an older formula would be left behind.
        and stored.sums.keys() <= in_force
        # Each day since has its score already, by the formula of today, and no later day has one.
        and sorted(scored) == act.days
        and all(stored.formula[day] == version.pk for day in scored)
        # A gap before the act is closed on the occasion.
        and (act.day == kept.began or act.day - ONE_DAY in stored.formula)
    )


def _with_act(stored: Stored, act: Act) -> dict[int, RunningSum]:
    """The running sums with the act in them, by the key of their formula."""
    clock = Clock(stored.leave)
    return {
        pk: _running(row).with_act(
            act.kind.code,
            act.day,
            act.quantity,
            tallies=stored.tallies,
            clock=clock,
            formula=stored.rules.of(pk),
        )
        for pk, row in stored.sums.items()
    }


def _running(row: PillarSum) -> RunningSum:
    sums = {pillar: getattr(row, pillar) for pillar in PILLARS}
    return RunningSum(landmark=row.landmark, newest=row.newest, sums=sums)


def _count(seller_id: int, act: Act, quantity: int) -> None:
    """Make the tally of the act's kind and day say a quantity."""
    Tally.objects.bulk_create(
        [Tally(seller_id=seller_id, day=act.day, kind=act.kind, quantity=quantity)],
        update_conflicts=True,
        unique_fields=["seller_id", "day", "kind_id"],
        update_fields=["quantity"],
    )


def _score(seller_id: int, act: Act, running: RunningSum, stored: Stored) -> None:
    """Write the scores of the days since the act; places of a published night stay as they were."""
    clock, version = Clock(stored.leave), stored.rules.on(act.today)
    kept, index = stored.sums[version.pk], dict(stored.index)
    for day in act.days:
        events = running.event_raw(day, clock=clock, formula=version.formula)
        raw = {pillar: events[pillar] + getattr(kept, f"held_{pillar}") for pillar in PILLARS}
        found = scores(raw, formula=version.formula)
        index[day] = found.ssi
        change = found.ssi - index[day - WEEK] if day - WEEK in index else None
        Score.objects.of(seller_id).on(day).update(change=change, **found._asdict())
    if act.day < act.today:
        corrections.note(
            seller_id,
            {day: stored.index[day] for day in act.days},
            {day: index[day] for day in act.days},
            began=None,
            today=act.today,
            because=corrections.because(Cause.LATE),
        )
        # As in a restatement: a ranking that began before this waits, and the mark is not lost.
        Run.objects.filter(day__gte=act.day, day__lt=act.today).update(ranks_stale=True)
