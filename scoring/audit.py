"""Checks stored numbers against what the activities say, by the pure module."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import isclose
from typing import Any

from scoring import past, roster
from scoring.formula.decay import RunningSum, raw_by_day
from scoring.formula.history import History
from scoring.formula.pillar import score, scores
from scoring.models import Activity, PillarSum, Restatement, Score, Tally
from scoring.recompute import ONE_DAY, WEEK, kept, scored_days, sum_values
from scoring.rulebook import Rulebook, kind_codes

SUMS_AGREE_TO = 1e-9


@dataclass(frozen=True)
class Difference:
    """Something that is stored, and what it should be."""

    seller_id: int
    what: str
    day: date | None
    stored: Any
    expected: Any

    def __str__(self) -> str:
        return (
            f"seller {self.seller_id}, {self.what}, {self.day}: "
            f"stored {self.stored}, should be {self.expected}"
        )


def differences(seller_id: int, *, rules: Rulebook, today: date) -> Iterator[Difference]:
    """Compare a seller's tallies, scores and running sums with what the activities say."""
    acts = _tallies_by_activities(seller_id)
    yield from _tally_differences(seller_id, acts)
    history = replace(past.history_of(seller_id), tallies=acts)
    if not Restatement.objects.filter(pk=seller_id).exists():
        yield from _score_differences(seller_id, history, rules=rules, today=today)
        yield from _sum_differences(seller_id, history, rules=rules)


def score_differences(seller_id: int, *, rules: Rulebook, today: date) -> Iterator[Difference]:
    """Compare a seller's scores with what the formulas make of tallies, items and leave."""
    return _score_differences(seller_id, past.history_of(seller_id), rules=rules, today=today)


def _tallies_by_activities(seller_id: int) -> dict[str, dict[date, int]]:
    counted: dict[str, Counter[date]] = {}
    for code, day, quantity in (
        Activity.objects.of(seller_id).live().values_list("kind__code", "day", "quantity")
    ):
        counted.setdefault(code, Counter())[day] += quantity
    return {code: dict(by_day) for code, by_day in counted.items()}


def _tally_differences(seller_id: int, acts: dict[str, dict[date, int]]) -> Iterator[Difference]:
    codes = kind_codes()
    rows = Tally.objects.filter(seller=seller_id).values_list("kind_id", "day", "quantity")
    stored = {(codes[kind], day): quantity for kind, day, quantity in rows}
    expected = {(code, day): quantity for code, by_day in acts.items() for day, quantity in by_day.items()}
    for code, day in sorted(stored.keys() | expected.keys()):
        was, should = stored.get((code, day)), expected.get((code, day))
        if was != should:
            yield Difference(seller_id, f"tally of {code}", day, was, should)


def _score_differences(
    seller_id: int, history: History, *, rules: Rulebook, today: date
) -> Iterator[Difference]:
    """Days that lack a score, or have one too many, or another one than the rule says.

    The newest stored day is judged by the rule itself, all others by the pure module's single pass.
    """
    fields = ("day", *Score.PARTS, "change", "formula_id", "team_id")
    rows = Score.objects.of(seller_id).filter(day__in=scored_days(seller_id, today=today))
    stored = {row[0]: row[1:] for row in rows.values_list(*fields)}
    newest = max(stored, default=None)
    memberships = roster.memberships_of([seller_id]).get(seller_id, [])
    expected: dict[date, Any] = {}
    for day, found in _expected_scores(seller_id, history, newest=newest, rules=rules, today=today):
        before = expected.get(day - WEEK)
        change = None if before is None else found.ssi - before[4]
        expected[day] = (*found, change, rules.on(day).pk, roster.team_on(memberships, day))
    for day in sorted(stored.keys() | expected.keys()):
        was, should = stored.get(day), expected.get(day)
        # The oldest days wait to be thinned out until the next night is published.
        if was != should and not (should is None and not kept(day, today=today)):
            yield Difference(seller_id, "score", day, was, should)
    if newest is not None:
        should = score(history, on=newest, formula=rules.formula_on(newest))
        if stored[newest][:5] != tuple(should):
            yield Difference(seller_id, "score by the rule", newest, stored[newest][:5], tuple(should))


def _expected_scores(
    seller_id: int, history: History, *, newest: date | None, rules: Rulebook, today: date
) -> Iterator[tuple[date, Any]]:
    joined = roster.first_memberships([seller_id]).get(seller_id)
    began, left = past.first_day(history, joined_team=joined), roster.left_on(seller_id)
    # Today's score may wait for the night; nothing before the newest stored day may be missing.
    last = min(newest or today, today if left is None else left - ONE_DAY)
    if began is None or began > last:
        return
    for day, raw in raw_by_day(history, first=began, last=last, formula_on=rules.formula_on):
        if kept(day, today=today):
            yield day, scores(raw, formula=rules.formula_on(day))


def _sum_differences(seller_id: int, history: History, *, rules: Rulebook) -> Iterator[Difference]:
    joined = roster.first_memberships([seller_id]).get(seller_id)
    began = past.first_day(history, joined_team=joined)
    for row in PillarSum.objects.filter(seller=seller_id, formula__in=rules.keys()):
        version = rules.version(row.formula_id)
        running = RunningSum.of(history, formula=version.formula, landmark=row.landmark)
        kept_on = sum_values(history, version=version, began=began, today=row.held_from)
        expected = kept_on | dict(running.sums) | {"newest": running.newest, "landmark": row.landmark}
        for name, should in expected.items():
            was = getattr(row, name)
            if was != should and not (
                isinstance(was, float) and isclose(was, should, rel_tol=SUMS_AGREE_TO, abs_tol=SUMS_AGREE_TO)
            ):
                yield Difference(seller_id, f"running sum: {name}", row.newest, was, should)
