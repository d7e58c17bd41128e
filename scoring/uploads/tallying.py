# ruff: noqa: S608 - the names in the statements are those of models
"""The tallies of one seller, by many acts at once: added to and taken from, never counted again.

A tally is the judge, and may know of acts whose rows are purged.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection

from scoring.models import Tally

Cell = tuple[date, int]  # day, kind


def add(seller_id: int, acts: Iterable[tuple[date, int, int]]) -> None:
    """Count more acts: day, kind and quantity of each."""
    table = connection.ops.quote_name(Tally._meta.db_table)
    statement = f"""
        INSERT INTO {table} (seller_id, day, kind_id, quantity) VALUES (%s, %s, %s, %s)
        ON CONFLICT (seller_id, day, kind_id) DO UPDATE SET quantity = {table}.quantity + EXCLUDED.quantity
    """
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [(seller_id, day.isoformat(), kind, n) for (day, kind), n in _cells(acts)]
        )


def take(seller_id: int, acts: Iterable[tuple[date, int, int]]) -> None:
    """Count fewer acts; a tally of nothing goes."""
    cells = [(n, seller_id, day.isoformat(), kind) for (day, kind), n in _cells(acts)]
    table = connection.ops.quote_name(Tally._meta.db_table)
    of_cell = "seller_id = %s AND day = %s AND kind_id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {table} WHERE quantity <= %s AND {of_cell}", cells)
        cursor.executemany(f"UPDATE {table} SET quantity = quantity - %s WHERE {of_cell}", cells)


def _cells(acts: Iterable[tuple[date, int, int]]) -> list[tuple[Cell, int]]:
    sums: Counter[Cell] = Counter()
    for day, kind, quantity in acts:
        sums[day, kind] += quantity
    return sorted(sums.items())
