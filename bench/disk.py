"""Goal 12: bytes on disk for a score, a tally and running sums, with their keys, and what a year comes to."""

from collections.abc import Iterator

from bench.database import DAYS, Databases, settle
from bench.floors import execute
from bench.harness import Figure, Goal, Size, spread
from scoring.models import Run, Tally
from scoring.models.run import RunState

SCORE, TALLY = Goal(130), Goal(80)
GIGABYTE = 2**30


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    sellers = size.fewer if not size.full else size.sellers
    with databases.copied(databases.aged(sellers)):
        settle()
        nights = Run.objects.filter(state=RunState.COMPLETE).count()
        score, tally, sums = map(_bytes_a_row, ("scoring_score", "scoring_tally", "scoring_pillarsum"))
        cells = Tally.objects.count() / sellers / DAYS
    year = 365 * sellers * (score + tally * cells) / GIGABYTE
    note = f"{nights} nights of {sellers:,} sellers"
    yield Figure("12", "A seller and day in Score, with its key", spread([score]), "bytes", SCORE, note)
    yield Figure("12", "Running sums of a seller, with their key", spread([sums]), "bytes")
    note = f"{cells:.2f} cells a seller and day"
    yield Figure("12", "A tally cell, with its key", spread([tally]), "bytes", TALLY, note)
    what = f"A year of {sellers:,} sellers: scores and tallies"
    yield Figure("12", what, spread([year]), "GiB", note="by calculation")


def _bytes_a_row(table: str) -> float:
    sizes = f"pg_table_size('{table}') + pg_indexes_size('{table}')"
    return float(execute(f"SELECT ({sizes})::float / count(*) FROM {table}")[0][0])
