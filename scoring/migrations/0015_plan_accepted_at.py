"""A plan knows the moment at which it was accepted: what was done later on that day is no change of history."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0014_trials")]

    operations = [
        # First without auto_now_add, which would give the plans that are there the moment of this migration.
        migrations.AddField("acceptedplan", "accepted_at", models.DateTimeField(null=True)),
        migrations.AlterField(
            "acceptedplan", "accepted_at", models.DateTimeField(auto_now_add=True, null=True)
        ),
    ]
