"""Uploads are taken back in any order, and it is as if they had never been."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import intake, recompute, uploads
from scoring.archive.found import TableRow
from scoring.models import Activity, Holding, Kind, Restatement, Score, Tally, Trace, Upload
from teams.models import Membership
from tests.moments import NOON, TODAY, days_ago
from tests.scoring.uploads.bringing import act, bring, item, link_mark

KINDS = ("comment_posted", "content_shared")
LINKS = ("", "https://a.example/1", "https://a.example/2")


@dataclass(frozen=True)
class Step:
    """Something that happens: an upload comes, one is taken back, or somebody logs by hand."""

    what: str
    rows: tuple = ()
    which: int = 0
    items: tuple = ()


# A later archive may tell the kind, the day and the link of the same mark differently.
marks = st.tuples(st.integers(0, 5), st.sampled_from(KINDS), st.integers(0, 1), st.sampled_from(LINKS))
undated = st.integers(0, 4)
networks = st.sampled_from(("", "linkedin"))
table_rows = st.tuples(st.sampled_from(KINDS), st.integers(0, 1), st.integers(1, 2), networks)
entries = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 1),
    st.integers(1, 3),
    networks,
    st.sampled_from(LINKS),
)
logged = st.builds(Step, st.just("by hand"), rows=entries.map(lambda entry: (entry,)))
steps = st.lists(
    st.one_of(
        st.builds(
            Step,
            st.just("upload"),
            rows=st.lists(marks, max_size=5).map(tuple),
            items=st.sampled_from(((), ("profile_photo",))),
        ),
        st.builds(Step, st.just("likes"), rows=st.lists(undated, max_size=4, unique=True).map(tuple)),
        st.builds(Step, st.just("undo"), which=st.integers(0, 9)),
        logged,
    ),
    min_size=2,
    max_size=9,
)

mixed = st.lists(
    st.one_of(
        st.builds(Step, st.just("upload"), rows=st.lists(marks, max_size=4).map(tuple)),
        st.builds(Step, st.just("table"), rows=st.lists(table_rows, max_size=4).map(tuple)),
        st.builds(Step, st.just("undo"), which=st.integers(0, 9)),
    ),
    min_size=2,
    max_size=7,
)


@dataclass
class World:
    """What happened to a seller, one day after the other."""

    seller: int
    standing: list = field(default_factory=list)  # uploads, with the step that brought each

    def do(self, number: int, step: Step) -> None:
        today = TODAY - timedelta(days=20 - number)
        if step.what == "by hand":
            self._log(*step.rows[0])
        elif step.what == "undo" and self.standing:
            upload, _number, _step = self.standing.pop(step.which % len(self.standing))
            uploads.undo(upload.pk, now=NOON)
        elif step.what in ("upload", "likes", "table"):
            upload = bring(
                self.seller,
                [*self._found(step), *map(item, step.items)],
                items=step.items,
                format={"upload": "linkedin", "likes": "x", "table": "plain"}[step.what],
                today=today,
                at=NOON + timedelta(minutes=number),
                settle=False,
            )
            self.standing.append((upload, number, step))

    def _log(self, kind, day, quantity, network, link) -> None:
        kind = Kind.objects.get(code=kind)
        entry = intake.Entry(kind=kind, day=days_ago(30 + day), quantity=quantity, network=network, link=link)
        intake.record(self.seller, entry, token=uuid4(), today=TODAY)

    def _found(self, step):
        if step.what == "likes":
            return [
                act(f"like {n}", kind="post_recommended", day=None, network="x", file="like.js")
                for n in step.rows
            ]
        if step.what == "table":
            return [
                TableRow(
                    "activities.csv",
                    line,
                    {
                        "kind": kind,
                        "day": days_ago(30 + day).isoformat(),
                        "quantity": str(quantity),
                        "network": network,
                    },
                )
                for line, (kind, day, quantity, network) in enumerate(step.rows, start=2)
            ]
        return [
            act(
                f"{mark}",
                kind=kind,
                day=days_ago(30 + day),
                link=link and link_mark(self.seller, link),
            )
            for mark, kind, day, link in step.rows
        ]


def state(seller: int):
    """Acts, tallies, items and scores of a seller, whatever the keys of their rows are."""
    acts = Counter(
        Activity.objects.filter(seller=seller).values_list("kind__code", "day", "quantity", "source")
    )
    tallies = set(Tally.objects.filter(seller=seller).values_list("kind__code", "day", "quantity"))
    held = set(Holding.objects.filter(seller=seller).values_list("kind__code", "first", "until"))
    scores = list(Score.objects.of(seller).order_by("day").values_list("day", *Score.PARTS))
    assert sum(n * quantity for (_k, _d, quantity, _s), n in acts.items()) == sum(t[2] for t in tallies)
    assert not Restatement.objects.exists()
    return acts, tallies, held, scores


def as_if_never(seller: int, happened: list[tuple[int, Step]]):
    """The state that everything but what was taken back ends in, from the start."""
    with transaction.atomic():
        Trace.objects.all().delete()
        for model in (Activity, Tally, Holding):
            model.objects.filter(seller=seller).delete()
        Upload.objects.all().delete()
        world = World(seller)
        for number, step in happened:
            world.do(number, step)
        recompute.restate(seller, first=recompute.EARLIEST, today=TODAY)
        found = state(seller)
        transaction.set_rollback(True)
    return found


def run(seller: int, steps: list[Step]) -> None:
    with transaction.atomic():
        recompute.restate(seller, first=recompute.EARLIEST, today=TODAY)
        world, happened = World(seller), []
        for number, step in enumerate(steps):
            world.do(number, step)
            happened.append((number, step))
        recompute.settle(seller, today=TODAY)
        left = {number for _upload, number, _step in world.standing}
        stays = [(number, step) for number, step in happened if step.what == "by hand" or number in left]
        assert state(seller) == as_if_never(seller, stays)
        transaction.set_rollback(True)


SLOW = settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def newcomer(ana):
    """Ana has few days with a score, so that many lives of hers are lived through quickly."""
    Membership.objects.update(first=days_ago(40))
    recompute.settle(ana.seller.pk, today=TODAY)
    return ana.seller.pk


@SLOW
@given(steps=steps)
def test_what_was_taken_back_has_never_been(newcomer, steps):
    run(newcomer, steps)


@SLOW
@given(
    by_hand=st.lists(st.builds(Step, st.just("by hand"), rows=entries.map(lambda e: (e,))), max_size=3),
    steps=mixed,
)
def test_tables_and_archives_are_taken_back_beside_each_other(newcomer, by_hand, steps):
    run(newcomer, [*by_hand, *steps])
