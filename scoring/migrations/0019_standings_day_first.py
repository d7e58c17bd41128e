"""The key of a standing begins with its day, too: a night appends to it, however many nights there were.

On SQLite a table gets another key by being made anew, as it is for a constraint.
"""

from django.db import migrations, models

ONE_KEY = "ALTER TABLE scoring_standing DROP CONSTRAINT scoring_standing_pkey, ADD PRIMARY KEY ({})"


def key_by(columns):
    def lay_out(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(ONE_KEY.format(columns))

    return lay_out


class Migration(migrations.Migration):
    dependencies = [("scoring", "0018_scored_from")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "standing",
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "of", "key", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ]
        ),
        migrations.RunPython(key_by('day, "of", key'), key_by('"of", key, day')),
        migrations.RemoveIndex("standing", "standing_day"),
        migrations.AddConstraint(
            "standing", models.CheckConstraint(condition=models.Q(n__gte=1), name="standing_of_somebody")
        ),
    ]
