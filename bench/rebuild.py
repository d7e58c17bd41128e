"""Goal 5: the sums of a new formula, built from all tallies while the site serves boards.

Both the rebuild and its floor, one GROUP BY over the tallies, run beside twenty board requests a second.
"""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from bench import web
from bench.database import Databases, settle
from bench.floors import group_by
from bench.harness import Figure, Goal, Pairs, Size, check, percentile, seconds, spread, stopwatch
from bench.http import Board
from bench.nights import two_workers
from scoring import night, past
from scoring.formula.decay import RunningSum
from scoring.models import Formula, PillarSum, Tally
from scoring.rulebook import Rulebook
from ssi_dashboard import clock

AGAINST_GROUP_BY = Goal(1.2, stretch=0.6)
SLOWER = Goal(2)
PER_SECOND = 20
IDLE_SECONDS, IDLE_SECONDS_FULL = 5, 20
PAGES = 100
CHECKED = 20


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    with databases.copied(databases.loaded(size.sellers)) as name:
        rebuild = _Rebuild()
        rebuild.check()
        settle()
        with web.serving(databases.address(name)):
            pages = Board().pages(PAGES)
            web.load(pages, count=4 * PAGES, status=200)  # what was never asked for says nothing of idle
            idle = _idle(pages, IDLE_SECONDS_FULL if size.full else IDLE_SECONDS)
            pairs, busy = _measured(rebuild, pages, size.slow_runs)
    yield Figure(
        "5",
        f"All sums of a new formula, against GROUP BY over {rebuild.cells:,} tallies",
        pairs.ratio,
        goal=AGAINST_GROUP_BY,
        note=f"{pairs.told}; {PER_SECOND} boards a second beside both; {size.sellers:,} sellers, two workers",
    )
    yield Figure(
        "5",
        "p99 of boards during the rebuild, against idle",
        spread([percentile(took, 0.99) / percentile(idle, 0.99) for took in busy]),
        goal=SLOWER,
        note=f"idle p99 {seconds(percentile(idle, 0.99))}, p50 {seconds(percentile(idle, 0.5))}",
    )


def _idle(pages: list[bytes], length: int) -> list[float]:
    with web.Visitors(pages, PER_SECOND) as visitors:
        time.sleep(length)
    return visitors.took


def _measured(rebuild: "_Rebuild", pages: list[bytes], runs: int) -> tuple[Pairs, list[list[float]]]:
    pairs, busy = Pairs(), []
    for _ in range(runs):
        with web.Visitors(pages, PER_SECOND) as visitors:
            pairs.ours.append(rebuild.build())
        busy.append(visitors.took)
        rebuild.forget()
        with web.Visitors(pages, PER_SECOND):
            pairs.floor.append(rebuild.floor())
    return pairs, busy


def _build(formula: int, first: int, last: int, *, today: date) -> None:
    night.build_sums(formula, first, last, today=today)


class _Rebuild:
    """A formula that takes effect tomorrow, with other points and another half-life."""

    def __init__(self) -> None:
        self._today = clock.today()
        self._old = Rulebook().on(self._today)
        draft = Formula.objects.get(pk=self._old.pk).copy(name="Next", by=None)
        draft.half_life_days = 45
        draft.save()
        draft.kinds.filter(kind__code="comment_posted").update(points=6)
        draft.put_in_force(self._today + timedelta(days=1), today=self._today)
        self._formula = draft.pk
        self.floor = group_by(self._old.pk, self._today)
        self.cells = Tally.objects.count()

    def build(self) -> float:
        """By a process a core, as the worker that is shipped has them; gives the seconds."""
        with two_workers() as pool, stopwatch() as took:
            missing = night.missing_sums(today=self._today)
            pool.starmap(partial(_build, today=self._today), missing, chunksize=1)
        return took[0]

    def forget(self) -> None:
        PillarSum.objects.filter(formula=self._formula).delete()
        settle()

    def check(self) -> None:
        """The new sums are what the pure module says, and the old ones stay as they were."""
        if not PillarSum.objects.filter(formula=self._old.pk).exists():
            night.build_sums(self._old.pk, 0, 1 << 30, today=self._today)
        old = PillarSum.objects.filter(formula=self._old.pk)
        before = list(old.order_by("seller_id").values_list()[:1000])
        self.build()
        check("the sums in force", list(old.order_by("seller_id").values_list()[:1000]), before)
        check("sums of the new formula", PillarSum.objects.filter(formula=self._formula).count(), old.count())
        formula = Rulebook().of(self._formula)
        for row in PillarSum.objects.filter(formula=self._formula).order_by("?")[:CHECKED]:
            history = past.history_of(row.seller_id)
            found = RunningSum.of(history, formula=formula, landmark=row.landmark).sums
            check(
                "a sum",
                [round(getattr(row, name), 6) for name in found],
                [round(found[name], 6) for name in found],
            )
        self.forget()
