"""No two memberships of a seller overlap, whoever writes them.

PostgreSQL has a constraint for it (a key is a range of one, so no extension is needed); SQLite has triggers.
A later migration that rebuilds the table on SQLite must make the triggers anew.
"""

from django.db import migrations

POSTGRESQL = """
ALTER TABLE teams_membership ADD CONSTRAINT membership_no_overlap EXCLUDE USING gist (
    int8range(seller_id, seller_id, '[]') WITH &&, daterange(first, until) WITH &&
)
"""
SQLITE = """
CREATE TRIGGER membership_no_overlap_{event} BEFORE {event} ON teams_membership
WHEN EXISTS (
    SELECT 1 FROM teams_membership AS other
    WHERE other.seller_id = NEW.seller_id AND other.id IS NOT NEW.id
      AND (NEW.until IS NULL OR other.first < NEW.until)
      AND (other.until IS NULL OR other.until > NEW.first)
)
BEGIN SELECT RAISE(ABORT, 'membership_no_overlap'); END
"""


def forbid_overlaps(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(SQLITE.format(event=event))


def allow_overlaps(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE teams_membership DROP CONSTRAINT membership_no_overlap")
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER membership_no_overlap_{event}")


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]
    operations = [migrations.RunPython(forbid_overlaps, allow_overlaps)]
