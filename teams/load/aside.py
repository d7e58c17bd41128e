"""Lays indexes, keys and triggers of tables aside while these are filled: made later, they cost a fraction.

Everything happens in the transaction of the load. When that is interrupted, they were never gone.
"""

from collections.abc import Iterable

from django.db import connection, models

# A key that a foreign key of any table refers to stays; ranges and "not null" are checked row by row.
CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I ', conrelid::regclass, conname) || pg_get_constraintdef(oid)
FROM pg_constraint AS held
WHERE conrelid::regclass::text = ANY(%s) AND (contype = 'f' OR contype IN ('p', 'u', 'x') AND NOT EXISTS (
    SELECT FROM pg_constraint AS other WHERE other.contype = 'f' AND other.conindid = held.conindid
))
ORDER BY contype = 'f', conrelid::regclass::text, conname
"""
INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid::regclass::text = ANY(%s) AND NOT EXISTS (
    SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x')
)
ORDER BY indexrelid::regclass::text
"""
ON_SQLITE = """
SELECT 'DROP ' || type || ' "' || name || '"', sql
FROM sqlite_master
WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({})
ORDER BY type, name
"""
MEMORY = "256MB"  # for sorting each index, on the server


def lay_aside(tables: Iterable[type[models.Model]]) -> list[str]:
    """Drop what would be kept up with each row; gives the statements that make it all again, in order."""
    names = [model._meta.db_table for model in tables]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
            connection.check_constraints()  # a table with a check still to come cannot be altered
            cursor.execute(CONSTRAINTS, [names])
            found = cursor.fetchall()
            cursor.execute(INDEXES, [names])
            # Foreign keys come last: looking up what they refer to wants the indexes.
            found = cursor.fetchall() + found
        else:
            cursor.execute(ON_SQLITE.format(", ".join(["%s"] * len(names))), names)
            found = cursor.fetchall()
        for drop, _make in found:
            cursor.execute(drop)
    return [make for _drop, make in found]


def give_back(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
