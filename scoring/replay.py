"""Replays the formulas over the stored past of many sellers, and holds the stored scores against it."""

import logging
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db import transaction

from scoring import audit, columns, recompute, roster, sums
from scoring.column_forms import NO_DAY
from scoring.models import Restatement, Run, Score
from scoring.models.run import RunState
from scoring.past_of_many import Past
from scoring.recompute import AHEAD, EARLIEST
from scoring.rulebook import Rulebook, Version
from scoring.sums import NEVER, Range

logger = logging.getLogger(__name__)

NO_SCORE = np.iinfo(np.int16).min
COMPARED = (*Score.PARTS, "formula_id")
SAMPLE = 25  # sellers a night
MOST_NAMED = 20  # differences that a run keeps


@dataclass(frozen=True)
class Difference:
    """A day whose stored score is not what the formula makes of the stored past; None: there is none.

    A score is told as its parts, in hundredths, and the key of its formula.
    """

    seller_id: int
    day: date
    stored: tuple[int, ...] | None
    expected: tuple[int, ...] | None

    def __str__(self) -> str:
        return f"seller {self.seller_id}, {self.day}: stored {self.stored}, should be {self.expected}"


def differences(seller_ids: Sequence[int], *, today: date) -> Iterator[Difference]:
    """Compare all scores of some sellers, whose keys are near each other, with a replay of their past.

    Who waits to be restated is left out. What seems to differ is looked at once more while nobody writes.
    """
    suspects = {found.seller_id for found in _differences(seller_ids, today=today)}
    if suspects:
        with transaction.atomic():
            roster.lock(suspects)
            yield from _differences(sorted(suspects), today=today)


def _differences(seller_ids: Sequence[int], *, today: date) -> Iterator[Difference]:
    waiting = set(Restatement.objects.filter(pk__in=seller_ids).values_list("pk", flat=True))
    keys = np.array(sorted(set(seller_ids) - waiting), dtype=np.int32)
    if not keys.size:
        return
    days = recompute.kept_days(first=EARLIEST, last=today + AHEAD, today=today)
    stored, past, rules = _stored(keys, days), Past(keys), Rulebook()
    first, last = _began(keys, rules.on(today), today), _last(keys, stored, days)
    for place, day in enumerate(days):
        at = np.flatnonzero((first <= day.toordinal()) & (day.toordinal() <= last))
        expected = np.full((keys.size, len(COMPARED)), NO_SCORE, dtype=np.int16)
        if at.size:
            version = rules.on(day)
            parts = past.parts_on(day, version=version) | {"formula_id": np.full(keys.size, version.pk)}
            expected[at] = np.column_stack([parts[name][at] for name in COMPARED])
        for number in np.flatnonzero((stored[place] != expected).any(axis=1)).tolist():
            yield Difference(int(keys[number]), day, _told(stored[place, number]), _told(expected[number]))


def _stored(keys: np.ndarray, days: Sequence[date]) -> np.ndarray:
    """The scores by day, seller and part; NO_SCORE where there is none."""
    rows = Range.around(keys).of(Score.objects.filter(day__in=days))
    found = columns.read(rows, "seller_id", "day", *COMPARED)
    number, ours = sums.numbers(found["seller_id"], keys)
    place = np.searchsorted([day.toordinal() for day in days], found["day"][ours])
    stored = np.full((len(days), keys.size, len(COMPARED)), NO_SCORE, dtype=np.int16)
    stored[place, number[ours]] = np.column_stack([found[name][ours] for name in COMPARED])
    return stored


def _began(keys: np.ndarray, version: Version, today: date) -> np.ndarray:
    """The first day of each seller that has a score, or NEVER."""
    return np.ma.filled(sums.build(keys, version=version, on=today)["began"], NEVER)


def _last(keys: np.ndarray, stored: np.ndarray, days: Sequence[date]) -> np.ndarray:
    """The newest day of each seller that must have a score: today's may wait for the night."""
    ordinals = np.array([day.toordinal() for day in days])
    newest = np.where(stored[:, :, 0] == NO_SCORE, NO_DAY, ordinals[:, None]).max(axis=0)
    left = columns.read(Range.around(keys).of(roster.sellers(), "pk"), "pk", "left_on")
    number, ours = sums.numbers(left["pk"], keys)
    ends = np.where(left["left_on"][ours] == NO_DAY, NEVER, left["left_on"][ours] - 1)
    newest[number[ours]] = np.minimum(newest[number[ours]], ends)
    return newest


def _told(score: np.ndarray) -> tuple[int, ...] | None:
    return None if score[0] == NO_SCORE else tuple(score.tolist())


def unchecked_run() -> Run | None:
    """The newest published night, unless a sample of it was replayed already."""
    newest = Run.objects.filter(state=RunState.COMPLETE).order_by("-day").first()
    return newest if newest and newest.replayed_at is None else None


def check_sample(run: Run, *, now: datetime, today: date, sample: int = SAMPLE) -> int:
    """Replay some sellers by chance with the pure module, and leave what was found on the run.

    A difference is an alarm: an error in the log, and a line on the first page of the administration. Gives
    how many there were.
    """
    keys = list(roster.sellers().order_by("pk").values_list("pk", flat=True))
    chosen = random.sample(keys, min(sample, len(keys)))
    rules = Rulebook()
    found: list[audit.Difference] = []
    for seller in chosen:
        with transaction.atomic():
            roster.lock([seller])
            if not Restatement.objects.filter(pk=seller).exists():
                found += audit.score_differences(seller, rules=rules, today=today)
    problem = "\n".join(map(str, found[:MOST_NAMED]))
    Run.objects.filter(pk=run.pk).update(
        replayed_at=now, replayed=len(chosen), replay_differences=len(found), replay_problem=problem
    )
    if found:
        logger.error(
            "replay of %s: %s differences in %s sellers: %s", run.day, len(found), len(chosen), problem
        )
    return len(found)
