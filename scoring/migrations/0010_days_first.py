"""The key of a score begins with its day on SQLite too: a night appends to it, and reads a day, not a history.

PostgreSQL has had it so since 0005. On SQLite a table gets another key by being made anew, as it is when a
constraint is taken away.
"""

from django.db import migrations, models

IN_RANGE = models.CheckConstraint(
    condition=models.Q(
        ("brand__range", (0, 10000)),
        ("engage__range", (0, 10000)),
        ("find__range", (0, 10000)),
        ("relate__range", (0, 10000)),
        ("ssi__range", (0, 10000)),
    ),
    name="score_in_range",
)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0009_run_replay")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "score",
                    "pk",
                    models.CompositePrimaryKey(
                        "day", "seller_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
            ]
        ),
        migrations.RemoveConstraint("score", "score_in_range"),
        migrations.AddConstraint("score", IN_RANGE),
    ]
