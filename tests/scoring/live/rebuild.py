"""One more act, and what a rebuild of all rows says to it."""

import uuid

import pytest
from django.db import transaction

from scoring import live, night, past, recompute, roster
from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import Clock, RunningSum
from scoring.live import Act
from scoring.models import Kind, PillarSum, Score, Tally
from scoring.rulebook import Rulebook
from tests.moments import NOON, TODAY, days_ago


def add(seller, code="comment_posted", day=TODAY, quantity=3, *, today=TODAY):
    """Count an act and score it, as `intake.record` does; says whether that went without a rebuild."""
    with transaction.atomic():
        roster.lock([seller])
        act = Act(Kind.objects.get(code=code), day, quantity, today)
        is_scored = live.add(seller, act, live.read(seller, act, token=uuid.uuid4()))
        if not is_scored:
            recompute.restate(seller, first=day, today=today)
    return is_scored


def catch_up(seller):
    Score.objects.of(seller).delete()
    recompute.restate(seller, first=days_ago(30), today=days_ago(3))
    for back in (2, 1, 0):
        pass_night(days_ago(back))


def pass_night(day):
    night.complete(night.run_again(day), now=NOON, today=day)


def let_rest(seller):
    """Let somebody have done and held nothing new for twenty days."""
    Tally.objects.filter(seller=seller, day__gt=days_ago(20)).delete()
    recompute.restate(seller, first=days_ago(100), today=TODAY)
    PillarSum.objects.filter(seller=seller).update(held_from=days_ago(20))


def put_tally(seller, code, day, quantity):
    Tally.objects.create(seller=seller, kind=Kind.objects.get(code=code), day=day, quantity=quantity)


def assert_as_rebuilt(seller, *, today=TODAY):
    scores = Score.objects.of(seller).order_by("day")
    stored, worth = list(scores.values()), worth_of(seller, today=today)

    recompute.restate(seller, first=days_ago(100), today=today)

    assert list(scores.values()) == stored
    rebuilt = worth_of(seller, today=today)
    assert rebuilt.keys() == worth.keys()
    for formula, (said, points) in worth.items():
        assert points == pytest.approx(rebuilt[formula][1], abs=1e-9)
        # Items that ended since are added up anew by whoever needs them.
        assert said in (rebuilt[formula][0], (*rebuilt[formula][0][:2], None))


def worth_of(seller, *, today):
    """What the sums say of a day: in words that are exact, and in points, by formula."""
    rules = Rulebook()
    versions = [rules.on(today), *rules.after(today)]
    leave = past.history_of(seller).leave
    found = {}
    for row in PillarSum.objects.filter(seller=seller, formula__in=[version.pk for version in versions]):
        sums = {pillar: getattr(row, pillar) for pillar in PILLARS}
        running = RunningSum(landmark=row.landmark, newest=row.newest, sums=sums)
        points = running.event_raw(today, clock=Clock(leave), formula=rules.of(row.formula_id))
        is_of_today = row.held_until is None or today < row.held_until
        held = [getattr(row, name) for name in PillarSum.HELD] if is_of_today else None
        found[row.formula_id] = (row.newest, row.began, held), list(points.values())
    return found
