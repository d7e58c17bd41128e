"""A part of a night keeps its places beside its scores: ranking writes them alone, and does not write both."""

from django.db import migrations, models


def lay_out(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Not compressible.
        schema_editor.execute("ALTER TABLE scoring_runchunk ALTER places SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0012_plans")]

    operations = [
        migrations.AddField("runchunk", "places", models.BinaryField(null=True)),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
