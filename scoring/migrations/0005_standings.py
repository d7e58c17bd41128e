"""What a published night says of whole lists, and rows so laid out that a night of a million is written at once.

The running sums are derived: their table is made anew, and the next night builds them from the tallies.
"""

import django.db.models.deletion
from django.db import migrations, models

ON_POSTGRESQL = (
    # A night appends to a key that begins with the day.
    "ALTER TABLE scoring_score DROP CONSTRAINT scoring_score_pkey",
    "ALTER TABLE scoring_score ADD PRIMARY KEY (day, seller_id)",
    # A write finds room beside the old row, and no index needs to hear of it.
    "ALTER TABLE scoring_pillarsum SET (fillfactor = 70)",
    # Read in slices, and not compressible.
    'ALTER TABLE scoring_standing ALTER "order" SET STORAGE EXTERNAL',
    "ALTER TABLE scoring_standing ALTER above SET STORAGE EXTERNAL",
    "ALTER TABLE scoring_runchunk ALTER packed SET STORAGE EXTERNAL",
)
BACK = (
    "ALTER TABLE scoring_score DROP CONSTRAINT scoring_score_pkey",
    "ALTER TABLE scoring_score ADD CONSTRAINT scoring_score_pkey PRIMARY KEY (seller_id, day)",
)


def lay_out(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ON_POSTGRESQL:
            schema_editor.execute(statement)


def lay_back(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in BACK:
            schema_editor.execute(statement)


def reference(to, *, null=False, **options):
    nothing = django.db.models.deletion.DO_NOTHING
    return models.ForeignKey(
        db_constraint=False, db_index=False, null=null, on_delete=nothing, to=to, **options
    )


def place(label):
    return models.IntegerField(null=True, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0004_activity_version"), ("teams", "0003_short_keys")]

    operations = [
        migrations.AlterField("formula", "id", models.SmallAutoField(primary_key=True, serialize=False)),
        migrations.DeleteModel("PillarSum"),
        migrations.CreateModel(
            name="PillarSum",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "formula_id",
                        "seller_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("brand", models.FloatField(default=0)),
                ("find", models.FloatField(default=0)),
                ("engage", models.FloatField(default=0)),
                ("relate", models.FloatField(default=0)),
                ("held_brand", models.FloatField(default=0)),
                ("held_find", models.FloatField(default=0)),
                ("held_engage", models.FloatField(default=0)),
                ("held_relate", models.FloatField(default=0)),
                ("landmark", models.DateField()),
                ("newest", models.DateField(null=True)),
                ("held_from", models.DateField()),
                ("held_until", models.DateField(null=True)),
                ("began", models.DateField(null=True)),
                ("writes", models.IntegerField(default=0)),
                ("formula", reference("scoring.formula")),
                ("seller", reference("teams.seller", related_name="pillar_sums")),
            ],
            options={"verbose_name": "running sum", "verbose_name_plural": "running sums"},
        ),
        migrations.AddConstraint(
            "pillarsum",
            models.CheckConstraint(
                condition=models.Q(
                    ("brand__gte", 0), ("engage__gte", 0), ("find__gte", 0), ("relate__gte", 0)
                ),
                name="pillar_sum_never_below_zero",
            ),
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "of",
                        "key",
                        "day",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("all", "everybody"), ("industry", "industry"), ("team", "team")],
                        max_length=8,
                    ),
                ),
                ("key", models.IntegerField()),
                ("day", models.DateField()),
                ("n", models.IntegerField()),
                ("brand", models.SmallIntegerField()),
                ("find", models.SmallIntegerField()),
                ("engage", models.SmallIntegerField()),
                ("relate", models.SmallIntegerField()),
                ("ssi", models.SmallIntegerField()),
                ("order", models.BinaryField(null=True)),
                ("above", models.BinaryField(null=True)),
            ],
            options={"verbose_name": "standing of a list", "verbose_name_plural": "standings of lists"},
        ),
        migrations.AddIndex("standing", models.Index(fields=["day"], name="standing_day")),
        migrations.RemoveIndex("score", "score_day_team"),
        migrations.AlterField(
            "score",
            "formula",
            reference("scoring.formula", verbose_name="formula version"),
        ),
        migrations.AlterField("score", "seller", reference("teams.seller", related_name="scores")),
        migrations.AlterField(
            "score",
            "team",
            reference("teams.team", null=True, verbose_name="team"),
        ),
        migrations.AddField("score", "industry_rank", place("rank in the industry")),
        migrations.AddField("score", "industry_position", place("position in the industry")),
        migrations.AddField("score", "team_rank", place("rank in the team")),
        migrations.AddField("score", "team_position", place("position in the team")),
        migrations.AddField("score", "parent_rank", place("rank in the team above")),
        migrations.AddField("score", "parent_position", place("position in the team above")),
        migrations.AddField("score", "grandparent_rank", place("rank two teams above")),
        migrations.AddField("score", "grandparent_position", place("position two teams above")),
        migrations.AddField(
            "score",
            "change",
            models.SmallIntegerField(null=True, verbose_name="change in a week"),
        ),
        migrations.AddField(
            "runchunk",
            "step",
            models.CharField(choices=[("score", "score"), ("write", "write")], default="score", max_length=5),
        ),
        migrations.AddField("runchunk", "packed", models.BinaryField(null=True)),
        migrations.RunPython(lay_out, lay_back),
    ]
