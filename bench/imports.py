"""Goal 10: an import of CSV against DictReader with bulk_create, both into copies of the same filled tables.

What is timed is `manage.py import_activities` until acts and tallies are right and every restatement is asked
for; what these then take is told beside it, from a sample of sellers. The memory is that of the command in a
process of its own.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from django.core.management import call_command
from django.db import connection

from bench.alone import peak
from bench.database import Databases, load, settle
from bench.floors import execute
from bench.harness import Figure, Goal, Pairs, Size, check, spread, stopwatch
from bench.peers import bulk_import
from scoring import roster
from scoring.management.commands.import_activities import Command
from scoring.models import Kind
from ssi_dashboard import clock

GOAL = Goal(2.5, stretch=5, at_least=True)
MEMORY = Goal(300)
KNOWN_SHARE = 0.12
HEADER = ("seller", "kind", "day", "until", "quantity", "network", "link", "note")


@dataclass(frozen=True)
class Load:
    """Rows of the file; sellers and days of logs, which make the acts that the tables hold."""

    rows: int
    sellers: int
    days: int


FULL, SHORT = Load(1_000_000, 20_000, 90), Load(40_000, 2_000, 110)

Fresh = Callable[[], AbstractContextManager[object]]


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    asked = FULL if size.full else SHORT
    name = databases.loaded(asked.sellers, days=asked.days, activity_days=asked.days)
    with databases.using(name):
        files = _Files(databases.folder, asked.rows)
    yield from _measured("PostgreSQL", lambda: databases.copied(name), files, size)
    yield _memory(databases, name, files)
    with databases.sqlite("imports") as base:
        load(asked.sellers, days=asked.days, activity_days=asked.days)
        _as_from_a_file()
        settle()
        yield from _measured("SQLite", lambda: databases.sqlite_copied(base), files, size)


class _Files:
    """A file of new and known rows, made once; the database is given known rows that came from a file."""

    def __init__(self, folder: Path, rows: int) -> None:
        _as_from_a_file()
        settle()
        self.path = folder / "acts.csv"
        self.known = round(rows * KNOWN_SHARE)
        self.new = rows - self.known
        self.held = execute("SELECT count(*) FROM scoring_activity")[0][0]
        with self.path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(HEADER)
            rows_of_both = [*_new_rows(self.new), *_known_rows(self.known)]
            Random(10).shuffle(rows_of_both)
            writer.writerows(rows_of_both)

    def check(self) -> None:
        """Every new row is an act, no known one is twice, and the tallies say what the acts say."""
        check("acts", execute("SELECT count(*) FROM scoring_activity"), [(self.held + self.new,)])
        tallies, acts = (
            execute(f"SELECT sum(quantity) FROM scoring_{table}") for table in ("tally", "activity")
        )
        check("the sum of the tallies", tallies, acts)


def _as_from_a_file() -> None:
    statement = """
        UPDATE scoring_activity AS a SET source = 'file', occurrence = n.n
        FROM (
            SELECT id, row_number() OVER (PARTITION BY seller_id, content ORDER BY id) AS n
            FROM scoring_activity
        ) n WHERE n.id = a.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _new_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Rows that are like none that is held: nobody of the load does so much of anything in a day."""
    chance, today = Random(11), clock.today()
    emails = list(roster.sellers().order_by("pk").values_list("user__email", flat=True))
    kinds = [(kind.code, kind.network_codes) for kind in Kind.objects.filter(nature="event").order_by("pk")]
    for number in range(count):
        code, networks = chance.choice(kinds)
        day = today - timedelta(days=chance.randrange(90))
        link = f"https://social.example/new/{number}" if chance.random() < 0.2 else ""
        row = (chance.choice(emails), code, day.isoformat(), "", str(chance.randint(500, 1000)))
        yield (*row, chance.choice(networks), link, "")


def _known_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Rows that are held already, each the first of its content."""
    statement = """
        SELECT u.email, k.code, a.day, '', a.quantity, a.network, a.link, a.note FROM scoring_activity a
        JOIN scoring_kind k ON k.id = a.kind_id JOIN teams_seller s ON s.id = a.seller_id
        JOIN teams_user u ON u.id = s.user_id WHERE a.occurrence = 1 ORDER BY a.content LIMIT %s
    """
    yield from (tuple(map(str, row)) for row in execute(statement, [count]))


class _Import(Command):
    """The command, with a sample of the restatements that it does at its end; these are timed apart."""

    SAMPLE = 50
    restating = 0.0  # seconds, for all of them

    def _settle(self, seller_ids: Sequence[int], today: date) -> None:
        some = seller_ids[: self.SAMPLE]
        with stopwatch() as self._took:
            super()._settle(some, today)
        self.restating = self._took[0] * len(seller_ids) / len(some)

    def take(self, path: Path) -> float:
        """Import a file; gives the seconds without the restatements."""
        with stopwatch() as whole:
            call_command(self, str(path), stdout=io.StringIO(), stderr=io.StringIO())
        return whole[0] - self._took[0]


def _measured(database: str, fresh: Fresh, files: _Files, size: Size) -> Iterator[Figure]:
    pairs, command = Pairs(), _Import()
    for _ in range(size.slow_runs):
        with fresh():
            pairs.ours.append(command.take(files.path))
            files.check()
        with fresh():
            with stopwatch() as took:
                bulk_import.take_in(files.path)
            files.check()
        pairs.floor.append(took[0])
    rows = files.new + files.known
    note = f"{pairs.told}; {rows:,} rows into {files.held:,}; {rows / median(pairs.ours):,.0f} rows a second"
    what = f"Import on {database}, against DictReader and bulk_create"
    yield Figure("10", what, pairs.times_faster, goal=GOAL, note=note)
    note = f"extrapolated from {command.SAMPLE} sellers"
    what = f"Restating all sellers of the file on {database}"
    yield Figure("10", what, spread([command.restating]), "s", note=note)


def _memory(databases: Databases, name: str, files: _Files) -> Figure:
    with databases.copied(name) as copy:
        most = peak("imports", str(files.path), address=databases.address(copy))
    return Figure("10", "Memory of the import", spread([most]), "MB", MEMORY)


def alone(path: str) -> None:
    _Import().take(Path(path))
