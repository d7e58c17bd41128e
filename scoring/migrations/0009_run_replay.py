from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("scoring", "0008_seniority_phrases")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="replayed_at",
            field=models.DateTimeField(null=True, verbose_name="sample replayed at"),
        ),
        migrations.AddField(
            model_name="run",
            name="replayed",
            field=models.PositiveIntegerField(default=0, verbose_name="sellers in the sample"),
        ),
        migrations.AddField(
            model_name="run",
            name="replay_differences",
            field=models.PositiveIntegerField(default=0, verbose_name="differences in the sample"),
        ),
        migrations.AddField(
            model_name="run",
            name="replay_problem",
            field=models.TextField(blank=True, verbose_name="what differs"),
        ),
    ]
