"""What PostgreSQL says of the sessions of a worker, by its name, and how to make them wait."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from scoring import roster
from scoring.models import PillarSum

READING = f'LOCK TABLE "{PillarSum._meta.db_table}" IN ACCESS EXCLUSIVE MODE'
WRITING = f"SELECT pg_advisory_xact_lock({roster.LOCKS}, 0)"  # the lock of the first sellers' bucket


@contextmanager
def holding(what: str) -> Iterator[None]:
    """Hold up whoever reads sums (READING), which keeps no lock of its own, or writes a part (WRITING)."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(what)
        yield
        other.rollback()
    finally:
        other.close()


def is_held_up(worker: str) -> bool:
    return _count(worker, "wait_event_type = 'Lock'") > 0


def is_answered(worker: str) -> bool:
    return _count(worker, "state = 'active'") == 0


def is_left_alone(worker: str) -> bool:
    """Whether the server has answered, and hears nothing more, in the middle of a transaction."""
    return _count(worker, "state = 'idle in transaction'") > 0


def is_in_transaction(worker: str) -> bool:
    return _count(worker, "xact_start IS NOT NULL") > 0


def is_gone(worker: str) -> bool:
    return _count(worker, "true") == 0


def _count(worker: str, condition: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "  # noqa: S608 - the conditions are those above
            f"WHERE datname = current_database() AND application_name = %s AND {condition}",
            [worker],
        )
        return int(cursor.fetchone()[0])
