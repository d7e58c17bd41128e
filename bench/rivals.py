"""Goal 2: the night against what peers do each night, on the same activities.

The slow ones are timed on a stated sample of sellers and extrapolated; Odoo's in one run.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median

from bench.database import Databases, settle
from bench.floors import execute
from bench.harness import Figure, Goal, Size, check, in_turn, seconds, spread, stopwatch, timed
from bench.nights import Nights, check_night
from bench.peers import orm
from bench.peers.discourse import Discourse
from bench.peers.odoo import Odoo
from scoring import roster
from scoring.models import Kind, Score
from scoring.rulebook import Rulebook

ACTIVITY_DAYS = 90
SHORT, FULL = 20_000, 100_000  # sellers: a peer's night takes a while
ORM_SAMPLE, ONE_BY_ONE_SAMPLE, BATCH_SAMPLE = 500, 50, 500
AGAINST_DISCOURSE = Goal(40, stretch=100, at_least=True)
AGAINST_ORM = Goal(300, at_least=True)


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    sellers = min(size.sellers, FULL if size.full else SHORT)
    with databases.copied(databases.loaded(sellers, activity_days=ACTIVITY_DAYS)):
        nights = Nights()
        today = nights.day
        rivals = _Rivals(sellers, today)
        yield from rivals.discourse(nights.pass_by(7), size)
        yield from rivals.orm(size)
        yield from rivals.odoo()


class _Rivals:
    def __init__(self, sellers: int, today: date) -> None:
        self._sellers = sellers
        self._today = today
        self._acts = execute("SELECT count(*) FROM scoring_activity")[0][0]
        self._night = 0.0  # ours, the median

    def discourse(self, nights: Nights, size: Size) -> Iterator[Figure]:
        version = Rulebook().on(self._today)
        peer = Discourse(version.formula, today=self._today)
        peer.prepare()
        check_night(nights.day)
        with nights.by_two() as next_night:
            pairs = in_turn(next_night, timed(peer.nightly), runs=size.slow_runs, before=settle)
        self._check_discourse(peer)
        self._night = median(pairs.ours)
        yield Figure(
            "2",
            "Night against Discourse's nightly pattern",
            pairs.times_faster,
            goal=AGAINST_DISCOURSE,
            note=f"{pairs.told}; {self._with}",
        )
        hourly = [timed(peer.hourly)() for _ in range(size.slow_runs)]
        yield self._told("Night against Discourse's hourly pattern", hourly)

    def _check_discourse(self, peer: Discourse) -> None:
        """Its view of all time adds up to what was done."""
        worth = " ".join(f"WHEN {kind} THEN {points}" for kind, points in peer.points.items())
        done = execute(
            f"SELECT sum(quantity * CASE kind_id {worth} END) FROM scoring_activity WHERE deleted_at IS NULL"
        )
        check("Discourse's total", execute("SELECT sum(total_score) FROM peer_all_time"), done)

    def orm(self, size: Size) -> Iterator[Figure]:
        took = [self._by_orm() for _ in range(size.slow_runs)]
        yield self._told("Night against the best ORM loop", took, sample=ORM_SAMPLE, goal=AGAINST_ORM)

    def _by_orm(self) -> float:
        """For all sellers, as long as it takes for some that chance has chosen."""
        keys = list(roster.sellers().order_by("?").values_list("pk", flat=True)[:ORM_SAMPLE])
        day = self._today + timedelta(days=400)
        with stopwatch() as took:
            rows = orm.score_all(keys, day=day, version=Rulebook().on(self._today))
        check("rows of the ORM loop", len(rows), len(keys))
        Score.objects.on(day).delete()
        return took[0] * self._sellers / len(keys)

    def odoo(self) -> Iterator[Figure]:
        kinds = list(Kind.objects.filter(nature="event").values_list("pk", flat=True))
        some = self._odoo(ONE_BY_ONE_SAMPLE, kinds)
        one_by_one = timed(some.one_by_one)() * self._sellers / ONE_BY_ONE_SAMPLE
        counted = some.values()
        yield self._told("Night against Odoo's goals one by one", [one_by_one], sample=ONE_BY_ONE_SAMPLE)
        more = self._odoo(BATCH_SAMPLE, kinds)
        took = timed(more.in_batch)()
        batched = more.values()
        check("goals in batch", {goal: batched[goal] for goal in counted}, counted)
        factor = self._sellers / BATCH_SAMPLE
        linear = (took - more.matching_seconds) * factor
        yield self._told(
            "Night against Odoo's goals in batch, without matching", [linear], sample=BATCH_SAMPLE
        )
        whole = linear + more.matching_seconds * factor**2
        yield self._told("Night against Odoo's goals in batch, with matching", [whole], sample=BATCH_SAMPLE)

    def _odoo(self, sample: int, kinds: list[int]) -> Odoo:
        keys = list(roster.sellers().order_by("pk").values_list("pk", flat=True)[:sample])
        return Odoo(keys, kinds, first=self._today - timedelta(days=ACTIVITY_DAYS), today=self._today)

    def _told(
        self, what: str, took: list[float], *, sample: int | None = None, goal: Goal | None = None
    ) -> Figure:
        note = f"{seconds(median(took))}; {self._with}"
        if sample:
            note += f"; extrapolated from {sample} sellers"
        return Figure("2", what, spread([each / self._night for each in took]), goal=goal, note=note)

    @property
    def _with(self) -> str:
        return f"{self._sellers:,} sellers, {self._acts:,} activities"
