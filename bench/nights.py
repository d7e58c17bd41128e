"""Nights by the product's own doors, one day after the other, and whether one is right."""

import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from multiprocessing.pool import Pool
from multiprocessing.synchronize import Barrier
from random import Random

from django.db import close_old_connections, connection, connections
from django.utils.timezone import now

from bench.floors import execute
from bench.harness import Timed, check, stopwatch
from scoring import night, past, roster
from scoring.formula.pillar import score
from scoring.models import Run, Score
from scoring.models.run import RunState
from scoring.rulebook import Rulebook
from ssi_dashboard import clock
from ssi_dashboard.loaded import keep_what_is_loaded
from teams.tree import Tree

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
SAMPLE = 25
WORKERS = 2
SECONDS_TO_START = 60  # a worker that fails at its start must not keep the command waiting


class Nights:
    """The nights of the current database, each on the day after the last."""

    def __init__(self) -> None:
        self.day = night.published_day() or clock.today() - ONE_DAY

    def pass_by(self, days: int) -> "Nights":
        for _ in range(days):
            self.next()
        return self

    def next(self) -> float:
        """Score, rank and publish the next day, in this process alone; gives the seconds."""
        self.day += ONE_DAY
        with stopwatch() as took:
            (run,) = night.open_runs(today=self.day)
            night.complete(run, now=now(), today=self.day)
        check(f"the run of {self.day}", Run.objects.get(pk=run.pk).state, RunState.COMPLETE)
        return took[0]

    @contextmanager
    def by_two(self) -> Iterator[Timed]:
        """Give what does the same by a process a core; these stay from night to night, as shipped."""
        with two_workers() as pool:
            yield partial(self._next_by, pool)

    def _next_by(self, pool: Pool) -> float:
        self.day += ONE_DAY
        with stopwatch() as took:
            (run,) = night.open_runs(today=self.day)
            night.start(run, now=now())
            while parts := night.waiting_chunks(run, now=now()):
                pool.map(partial(_work, day=self.day), parts, chunksize=1)
                night.advance(run, now=now())
        check(f"the run of {self.day}", Run.objects.get(pk=run.pk).state, RunState.COMPLETE)
        return took[0]


@contextmanager
def two_workers() -> Iterator[Pool]:
    """Processes that are up and wait for work, as many as the shipped worker has on two cores.

    They have their connections and the rule book, as workers have whom the beat asks every hour.
    """
    connections.close_all()  # a connection is of one process
    context = get_context("fork")
    ready = context.Barrier(WORKERS + 1, timeout=SECONDS_TO_START)
    with context.Pool(WORKERS, _get_ready, [ready]) as pool:
        ready.wait()
        night.published_day()
        yield pool
        # Terminated while they wait for work, workers may die holding the lock that the others wait for.
        pool.close()
        pool.join()


def _get_ready(ready: Barrier) -> None:
    # The command's own way to end, which stops its servers, is not that of its workers.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    keep_what_is_loaded()  # as a worker does at its start
    night.missing_sums(today=clock.today())
    ready.wait()


def _work(part: int, *, day: date) -> None:
    close_old_connections()  # as before each task: SQLite's are opened anew
    check(f"part {part} is done", night.work(part, now=now(), today=day) is not None, True)


def repeat_scores(day: date, ago: Iterable[int]) -> None:
    """Give earlier days that have none the scores of a day, places left out: how many there are counts."""
    columns = "seller_id, brand, find, engage, relate, ssi, formula_id, team_id, rank, position"
    with connection.cursor() as cursor:
        for then in (day - days * ONE_DAY for days in ago):
            if not Score.objects.on(then).exists():  # the first night closes the day before it
                cursor.execute(
                    f"INSERT INTO scoring_score (day, {columns}) "
                    f"SELECT %s, {columns} FROM scoring_score WHERE day = %s",
                    [then, day],
                )


def check_night(day: date) -> int:
    """Hold a published night against plain SQL and the pure formula; gives how many were scored."""
    rows = Score.objects.on(day).count()
    check("sellers scored", rows, roster.active_on(day).count())
    for rank, position, among in (
        ("rank", "position", ""),
        ("industry_rank", "industry_position", "industry_id"),
    ):
        check(f"{rank}s that differ", _differing(rank, among, day), 0)
        check(f"{position}s taken twice", _taken_twice(position, among, day), 0)
    check("weekly changes that differ", _changes_differing(day), 0)
    chance = Random(day.toordinal())
    keys = list(Score.objects.on(day).values_list("seller_id", flat=True)[: 50 * SAMPLE])
    _check_scores(chance.sample(keys, min(SAMPLE, len(keys))), day)
    _check_team_ranks(chance.choice(keys), day)
    return rows


def _differing(rank: str, among: str, day: date) -> int:
    parted = f"PARTITION BY p.{among}" if among else ""
    statement = f"""
        SELECT count(*) FROM (
            SELECT s.{rank} AS stored, rank() OVER ({parted} ORDER BY s.ssi DESC) AS found
            FROM scoring_score s JOIN teams_seller p ON p.id = s.seller_id
            WHERE s.day = %s AND p.shown_on_boards {f"AND p.{among} IS NOT NULL" if among else ""}
        ) ranked WHERE stored IS NULL OR stored <> found
    """
    return execute(statement, [_stored(day)])[0][0]


def _taken_twice(position: str, among: str, day: date) -> int:
    group = f"p.{among}, " if among else ""
    statement = f"""
        SELECT count(*) FROM (
            SELECT 1 FROM scoring_score s JOIN teams_seller p ON p.id = s.seller_id
            WHERE s.day = %s AND s.{position} IS NOT NULL GROUP BY {group}s.{position} HAVING count(*) > 1
        ) twice
    """
    return execute(statement, [_stored(day)])[0][0]


def _changes_differing(day: date) -> int:
    statement = """
        SELECT count(*) FROM scoring_score s
        LEFT JOIN scoring_score w ON w.seller_id = s.seller_id AND w.day = %s
        WHERE s.day = %s AND coalesce(s.change, -20000) <> coalesce(s.ssi - w.ssi, -20000)
    """
    return execute(statement, [_stored(day - WEEK), _stored(day)])[0][0]


def _stored(day: date) -> date | str:
    return day.isoformat() if connection.vendor == "sqlite" else day


def _check_scores(sellers: list[int], day: date) -> None:
    formula = Rulebook().formula_on(day)
    stored = {row.seller_id: row for row in Score.objects.on(day).filter(seller__in=sellers)}
    for seller, history in past.histories_of(sellers).items():
        found = tuple(getattr(stored[seller], part) for part in Score.PARTS)
        check(f"the score of seller {seller}", found, tuple(score(history, on=day, formula=formula)))


def _check_team_ranks(seller: int, day: date) -> None:
    """In the team, the one above and the one above that, each with all that is below."""
    tree, row = Tree(), Score.objects.get(seller=seller, day=day)
    if row.rank is None:
        return
    above = {team.pk: team.parent_id for _depth, team in tree.walk()}
    team = row.team_id
    for rank in ("team_rank", "parent_rank", "grandparent_rank"):
        if team is None:
            check(f"{rank} where there is no such team", getattr(row, rank), None)
            continue
        shown = Score.objects.on(day).filter(seller__shown_on_boards=True, team__in=tree.below(team))
        check(f"{rank} of seller {seller}", getattr(row, rank), 1 + shown.filter(ssi__gt=row.ssi).count())
        team = above[team]
