"""Trials of formulas: the door. Nothing here reaches a score, a board, or a sum that the night reads."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from scoring import columns, night, roster
from scoring.formula.ranking import rank_array
from scoring.models import Formula, Score, Trial, TrialScore
from scoring.models.trial import TrialState
from scoring.rulebook import Rulebook, Version, pure
from scoring.trials import totals
from scoring.trials.effects import Effects, effects_of
from scoring.trials.numbers import numbers_of

AT_ONCE = 500  # sellers; with a year of daily tallies some ten megabytes
GROUPS = 20  # a worker goes on to something else after so many, for a night must not wait long
KEPT = timedelta(days=30)


class NotToBeTried(ValidationError):
    """There is nothing to compare with, or nothing that could still be decided."""


def ask(formula: Formula, *, by: Any, now: datetime, today: date) -> Trial:
    """Begin to try a formula that is not in force yet, in place of an earlier trial. Raises NotToBeTried."""
    if formula.effective_from is not None and formula.effective_from <= today:
        raise NotToBeTried(_("This version has been in force: its past is what boards showed."))
    day = night.published_day()
    sellers = Score.objects.on(day).count() if day else 0
    if day is None or not sellers:
        raise NotToBeTried(_("There is nothing to compare with before the first night is complete."))
    with transaction.atomic():
        Formula.objects.select_for_update().get(pk=formula.pk)
        Trial.objects.filter(formula=formula).delete()
        return Trial.objects.create(
            formula=formula,
            day=day,
            asked_at=now,
            asked_by=by,
            numbers=numbers_of(pure(formula)),
            sellers=sellers,
        )


def thin_out(*, now: datetime) -> None:
    """A trial says what people's index might be: it is kept for the decision only."""
    Trial.objects.filter(asked_at__lt=now - KEPT).delete()


def waiting() -> list[int]:
    return list(Trial.objects.filter(state=TrialState.RUNNING).values_list("pk", flat=True))


def is_current(trial: Trial) -> bool:
    """Whether it tried the numbers that the formula has now."""
    return bool(numbers_of(pure(trial.formula)) == trial.numbers)


def work(trial_id: int) -> bool:
    """Try the formula on the next groups of sellers; says whether some are left. Twice is once."""
    rules = Rulebook()
    for _group in range(GROUPS):
        trial = Trial.objects.filter(pk=trial_id, state=TrialState.RUNNING).select_related("formula").first()
        if trial is None:
            return False
        if not is_current(trial):
            _stop(trial)
            return False
        keys = _next(trial)
        if not keys.size:
            _finish(trial)
            return False
        tried = Version(pk=trial.formula_id, formula=pure(trial.formula), name=trial.formula.name)
        if not _keep(trial, keys, effects_of(keys, day=trial.day, tried=tried, rules=rules)):
            return False
    return True


def _stop(trial: Trial) -> None:
    with transaction.atomic():
        TrialScore.objects.filter(trial=trial).delete()
        Trial.objects.filter(pk=trial.pk, state=TrialState.RUNNING).update(state=TrialState.STALE)


def _next(trial: Trial) -> np.ndarray:
    """The next sellers with a score on the day, by key: ordered by the seller, they would be by name."""
    scored = Score.objects.on(trial.day).filter(seller__gt=trial.reached).order_by("seller_id")
    return columns.read(scored[:AT_ONCE], "seller_id")["seller_id"]


def _keep(trial: Trial, keys: np.ndarray, effects: Effects) -> bool:
    """Write a part, unless somebody else was faster."""
    with transaction.atomic():
        ours = Trial.objects.filter(pk=trial.pk, state=TrialState.RUNNING, reached=trial.reached)
        changed = ours.update(
            reached=int(keys[-1]), done=trial.done + keys.size, totals=totals.added(trial.totals, effects)
        )
        if not changed:
            return False
        columns.append(
            TrialScore,
            {
                "trial_id": trial.pk,
                "seller_id": effects.seller,
                "team_id": np.ma.masked_equal(effects.team, totals.NO_TEAM),
                "before": effects.before,
                "after": effects.after,
                "moved": np.abs(effects.after - effects.before),
            },
        )
    return True


def _finish(trial: Trial) -> None:
    """Rank those who are shown on boards by both indexes, and sum up."""
    with transaction.atomic():
        ended = Trial.objects.filter(pk=trial.pk, state=TrialState.RUNNING)
        if not ended.update(state=TrialState.DONE):
            return
        rows = TrialScore.objects.filter(trial=trial).order_by("seller_id")
        found = columns.read(rows, "seller_id", "team_id", "before", "after")
        shown = columns.read(roster.sellers().filter(shown_on_boards=True), "pk")["pk"]
        is_ranked = np.isin(found["seller_id"], shown)
        ranks = {f"rank_{when}": rank_array(found[when][is_ranked]) for when in ("before", "after")}
        key = {"trial_id": trial.pk, "seller_id": found["seller_id"][is_ranked]}
        columns.update(TrialScore, {**key, **ranks}, key=("trial_id", "seller_id"))
        summed = totals.told(found["team_id"], found["before"], found["after"])
        summed |= totals.told_of_ranks(ranks["rank_before"], ranks["rank_after"])
        Trial.objects.filter(pk=trial.pk).update(totals={**trial.totals, **summed})
