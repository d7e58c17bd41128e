"""PostgreSQL keeps the numbers of a running sum once more, packed as a night reads them (scoring/columns.py).

A night under way begins anew: what its ranking left for those who write has another form now.
"""

from django.db import migrations

FLOATS = ("brand", "find", "engage", "relate", "held_brand", "held_find", "held_engage", "held_relate")
NO_DAY = "DATE '0001-01-01' - 1"
PACKED = " || ".join(
    [
        "int4send(seller_id)",
        *(f"float8send({name})" for name in FLOATS),
        "date_send(landmark)",
        f"date_send(coalesce(newest, {NO_DAY}))",
        "date_send(held_from)",
        f"date_send(coalesce(held_until, {NO_DAY}))",
        f"date_send(coalesce(began, {NO_DAY}))",
        "int4send(writes)",
    ]
)


def pack(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"ALTER TABLE scoring_pillarsum ADD COLUMN packed bytea GENERATED ALWAYS AS ({PACKED}) STORED"
        )


def unpack(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE scoring_pillarsum DROP COLUMN packed")


def begin_anew(apps, schema_editor):
    apps.get_model("scoring", "Run").objects.filter(state="running").update(state="due")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0015_plan_accepted_at")]

    operations = [
        migrations.RunPython(begin_anew, migrations.RunPython.noop),
        migrations.RunPython(pack, unpack),
    ]
