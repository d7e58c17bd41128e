"""Goal 6: one activity logged, with its tally, cap, sum and score, against a bare INSERT; both committed.

What counts is the server's time, as it says itself: parsing, planning, executing, waiting for the
disk. The time of the driver and of Python is told beside it. An act and an INSERT take turns one by one, so
that each finds a server that has rested as long: inserts in a row would have its code in the processor's
caches, as no act ever has.
"""

import uuid
from collections.abc import Callable, Iterator
from datetime import date
from math import isclose
from random import Random
from statistics import median

from django.db import connection
from django.utils.timezone import now

from bench.database import Databases, settle
from bench.harness import Figure, Goal, Pairs, Size, check, in_turn, seconds, spread, stopwatch
from bench.nights import Nights
from bench.statements import server_seconds
from scoring import intake, past, roster
from scoring.formula.decay import RunningSum
from scoring.formula.pillar import score
from scoring.models import Activity, Kind, PillarSum, Score, Tally
from scoring.rulebook import Rulebook

GOAL = Goal(4, stretch=2)
AT_ONCE = 50
CHECKED = 20
TEN_MILLION = 10_000_000


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    with databases.copied(databases.aged(size.sellers)):
        today = Nights().day
        settle()
        writes = _Writes(today)
        writes.check()
        pairs = writes.in_rounds(size.runs)
        kept = (median(pairs.ours) - median(pairs.floor)) * TEN_MILLION
        yield Figure(
            "6",
            "One activity logged, against a bare INSERT",
            pairs.ratio,
            goal=GOAL,
            note=f"{pairs.told} of the server, {writes.statements} statements; "
            f"{seconds(writes.whole)} with Python; {size.sellers:,} sellers",
        )
        yield Figure(
            "2",
            "What tallies, sums and scores cost the server in 10 M single writes",
            spread([kept / 3600]),
            unit="h",
            note="from the figures of goal 6",
        )


class _Writes:
    def __init__(self, today: date) -> None:
        self._today = today
        self._chance = Random(6)
        self._kinds = list(Kind.objects.filter(nature="event"))
        self._sellers = list(roster.active_on(today).values_list("pk", flat=True))
        self.statements = 0
        self._took: list[float] = []

    def in_rounds(self, runs: int) -> Pairs:
        """Log acts through the product's door, and insert; gives the server's medians of rounds of each."""
        pairs = Pairs()
        for _ in range(runs):
            one_by_one = in_turn(self._log, self._insert_one, runs=AT_ONCE)
            pairs.ours.append(median(one_by_one.ours))
            pairs.floor.append(median(one_by_one.floor))
        return pairs

    def _log(self) -> float:
        with stopwatch() as took:
            told = _told_of(self._record)
        self.statements = len(told)
        self._took.append(took[0])
        return sum(told)

    def _insert_one(self) -> float:
        return sum(_told_of(self._insert))

    @property
    def whole(self) -> float:
        return median(self._took)

    def _record(self) -> Activity:
        entry = intake.Entry(kind=self._chance.choice(self._kinds), day=self._today, network="linkedin")
        seller = self._chance.choice(self._sellers)
        return intake.record(seller, entry, token=uuid.uuid4(), today=self._today)

    def _insert(self) -> None:
        statement = """
            INSERT INTO scoring_activity (seller_id, kind_id, network, day, quantity, link, note, source,
                                          token, content, created_at, version)
            VALUES (%s, %s, 'linkedin', %s, 1, '', '', 'hand', %s, %s, %s, 0)
        """
        kind, seller = self._chance.choice(self._kinds), self._chance.choice(self._sellers)
        with connection.cursor() as cursor:
            cursor.execute(statement, [seller, kind.pk, self._today, uuid.uuid4(), uuid.uuid4(), now()])

    def check(self) -> None:
        """What is logged shows at once in tally, sum and score."""
        for _ in range(CHECKED):
            act = self._record()
            cell = Tally.objects.filter(seller=act.seller_id, kind=act.kind_id, day=act.day)
            acts = Activity.objects.of(act.seller_id).live().filter(kind=act.kind_id, day=act.day)
            check("a tally", cell.get().quantity >= acts.count())
            self._check_score(act.seller_id)

    def _check_score(self, seller: int) -> None:
        """Score and sums are those that the pure module computes from the tallies."""
        history, version = past.history_of(seller), Rulebook().on(self._today)
        row = Score.objects.get(seller=seller, day=self._today)
        found = tuple(getattr(row, part) for part in Score.PARTS)
        check("a score", found, tuple(score(history, on=self._today, formula=version.formula)))
        kept = PillarSum.objects.get(seller=seller, formula=version.pk)
        sums = RunningSum.of(history, formula=version.formula, landmark=kept.landmark).sums
        for pillar, expected in sums.items():
            check("a sum", isclose(getattr(kept, pillar), expected, rel_tol=1e-9, abs_tol=1e-9))


def _told_of(write: Callable[[], object]) -> list[float]:
    """What the server says of each statement of a write."""
    with server_seconds() as told:
        write()
    return told
