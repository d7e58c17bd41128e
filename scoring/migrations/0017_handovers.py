"""What a part of a night hands on has rows of its own.

A night under way begins anew: what it has left stood in the rows of its parts.
"""

import django.db.models.deletion
from django.db import migrations, models


def begin_anew(apps, schema_editor):
    apps.get_model("scoring", "Run").objects.filter(state="running").update(state="due")


def lay_out(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Not compressible.
        schema_editor.execute("ALTER TABLE scoring_handover ALTER data SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0016_sums_packed")]

    operations = [
        migrations.RunPython(begin_anew, begin_anew),
        migrations.RemoveField("runchunk", "packed"),
        migrations.RemoveField("runchunk", "places"),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "chunk_id", "of", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "of",
                    models.CharField(choices=[("scores", "scores"), ("places", "places")], max_length=6),
                ),
                ("data", models.BinaryField(null=True)),
                (
                    "chunk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="handovers",
                        to="scoring.runchunk",
                    ),
                ),
            ],
            options={"verbose_name": "handover of a part", "verbose_name_plural": "handovers of parts"},
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
