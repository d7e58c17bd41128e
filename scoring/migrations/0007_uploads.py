"""What people bring in, traces of its rows, seats, and the words of senior positions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0006_leaner_acts"),
        ("teams", "0003_short_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SeniorityPhrase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "phrase",
                    models.CharField(
                        help_text="A question mark is any letter: C?O.",
                        max_length=60,
                        unique=True,
                        verbose_name="phrase",
                    ),
                ),
            ],
            options={
                "verbose_name": "phrase for a senior position",
                "verbose_name_plural": "phrases for senior positions",
                "ordering": ["phrase"],
            },
        ),
        migrations.AddField(
            model_name="holding",
            name="confirmed_on",
            field=models.DateField(blank=True, null=True, verbose_name="confirmed on"),
        ),
        migrations.AlterField(
            model_name="activity",
            name="source",
            field=models.CharField(
                choices=[("hand", "by hand"), ("file", "from a file"), ("arch", "from an archive")],
                default="hand",
                max_length=4,
                verbose_name="source",
            ),
        ),
        migrations.AlterField(
            model_name="holding",
            name="source",
            field=models.CharField(
                choices=[("hand", "by hand"), ("file", "from a file"), ("arch", "from an archive")],
                default="hand",
                max_length=4,
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="seat")),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "received"),
                            ("reading", "being read"),
                            ("previewed", "waiting for your confirmation"),
                            ("confirmed", "confirmed"),
                            ("taking", "being taken in"),
                            ("done", "taken in"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                            ("expired", "expired"),
                            ("undoing", "being taken back"),
                            ("undone", "taken back"),
                        ],
                        default="received",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("format", models.CharField(blank=True, max_length=20, verbose_name="format")),
                ("file", models.CharField(blank=True, editable=False, max_length=32)),
                ("size", models.PositiveBigIntegerField(verbose_name="size in bytes")),
                ("opted_in", models.JSONField(blank=True, default=list)),
                ("items", models.JSONField(blank=True, default=list, verbose_name="confirmed items")),
                ("report", models.JSONField(blank=True, default=dict, verbose_name="report")),
                ("held", models.JSONField(blank=True, default=list, editable=False)),
                ("problem", models.CharField(blank=True, max_length=40, verbose_name="problem")),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("attempt", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("day", models.DateField(null=True, verbose_name="taken in on")),
                ("newest_act", models.BigIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(verbose_name="received at")),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="brought by",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        help_text="None: the file of a whole organisation.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "upload",
                "verbose_name_plural": "uploads",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.UUIDField()),
                ("n", models.PositiveIntegerField()),
                ("day", models.DateField(null=True)),
                ("network", models.CharField(blank=True, max_length=10)),
                ("link", models.UUIDField(null=True)),
                ("undated", models.CharField(blank=True, max_length=60)),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="traces",
                        to="scoring.activity",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scoring.kind",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.seller",
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="traces",
                        to="scoring.upload",
                    ),
                ),
            ],
            options={
                "verbose_name": "trace of an act",
                "verbose_name_plural": "traces of acts",
            },
        ),
        migrations.AddField(
            model_name="holding",
            name="upload",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="holdings",
                to="scoring.upload",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("file", ""),
                    ("state__in", ("received", "reading", "confirmed", "taking", "previewed")),
                    _connector="OR",
                ),
                name="upload_file_only_while_it_is_open",
            ),
        ),
        migrations.AddIndex(
            model_name="trace",
            index=models.Index(
                condition=models.Q(("undated", ""), _negated=True),
                fields=["seller", "undated"],
                name="trace_undated",
            ),
        ),
        migrations.AddConstraint(
            model_name="trace",
            constraint=models.UniqueConstraint(
                fields=("seller", "mark", "n", "upload"), name="trace_once_an_upload"
            ),
        ),
    ]
