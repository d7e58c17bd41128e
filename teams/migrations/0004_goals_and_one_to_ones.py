"""Goals with a day, and what is written and agreed in one-to-ones."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0003_short_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgreedAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=200, verbose_name="action")),
                ("due", models.DateField(verbose_name="by")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="actions",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreed action",
                "verbose_name_plural": "agreed actions",
                "ordering": ["due", "id"],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "note of a one-to-one",
                "verbose_name_plural": "notes of one-to-ones",
                "ordering": ["-day", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("ssi", "Social Selling Index"),
                            ("brand", "Professional brand"),
                            ("find", "Finding the right people"),
                            ("engage", "Engaging with insights"),
                            ("relate", "Building relationships"),
                        ],
                        default="ssi",
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("target", models.SmallIntegerField(verbose_name="target")),
                (
                    "until",
                    models.DateField(
                        help_text="The first day that does not count any more.", verbose_name="until"
                    ),
                ),
                ("set_on", models.DateField(verbose_name="set on")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="taken back on")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "seller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="set by",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="goals",
                        to="teams.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "goal",
                "verbose_name_plural": "goals",
                "ordering": ["until", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seller", None), ("team__isnull", False)),
                            models.Q(("seller__isnull", False), ("team", None)),
                            _connector="OR",
                        ),
                        name="goal_of_a_seller_or_a_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__range", (1, 10000))), name="goal_target_in_range"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("set_on"))), name="goal_lasts_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["ssi", "brand", "find", "engage", "relate"])),
                        name="goal_part_is_known",
                    ),
                ],
            },
        ),
    ]
