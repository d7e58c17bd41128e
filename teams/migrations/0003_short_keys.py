"""Keys of four bytes: they are in every score and tally, and two thousand million sellers are enough."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0002_one_team_a_day"), ("scoring", "0004_activity_version")]

    operations = [
        migrations.AlterField("seller", "id", models.AutoField(primary_key=True, serialize=False)),
        migrations.AlterField("team", "id", models.AutoField(primary_key=True, serialize=False)),
    ]
