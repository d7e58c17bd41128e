"""No key of an act is looked up twice, and a token is kept only where there is one."""

import django.db.models.deletion
from django.db import migrations, models


def rank_everything_again(apps, schema_editor):
    """Nights before this have no standings of lists yet: the next tick makes them."""
    apps.get_model("scoring", "Run").objects.filter(state="complete").update(ranks_stale=True)


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0005_standings"),
        ("teams", "0003_short_keys"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="activity",
            name="activity_same_token_same_act",
        ),
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="scoring.kind",
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="activity",
            name="seller",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="activities",
                to="teams.seller",
                verbose_name="seller",
            ),
        ),
        migrations.AlterField(
            model_name="tally",
            name="kind",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                to="scoring.kind",
            ),
        ),
        migrations.AlterField(
            model_name="tally",
            name="seller",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="tallies",
                to="teams.seller",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token__isnull", False)),
                fields=("seller", "token"),
                name="activity_same_token_same_act",
            ),
        ),
        migrations.RunPython(rank_everything_again, migrations.RunPython.noop),
    ]
