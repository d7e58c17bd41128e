import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CAUSES = [
    ("late", "Logged late"),
    ("changed", "Activity changed"),
    ("deleted", "Activity deleted"),
    ("restored", "Activity restored"),
    ("item", "Profile item"),
    ("import", "Import"),
    ("undone", "Import undone"),
    ("leave", "Leave"),
    ("member", "Membership"),
    ("leaving", "Day of leaving"),
    ("several", "Several changes"),
    ("anew", "Computed anew"),
]


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("scoring", "0010_days_first"),
        ("teams", "0003_short_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="restatement",
            name="cause",
            field=models.CharField(choices=CAUSES, default="anew", max_length=8, verbose_name="what"),
        ),
        migrations.AddField(
            model_name="restatement",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="made by",
            ),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("cause", models.CharField(choices=CAUSES, max_length=8, verbose_name="what")),
                ("first", models.DateField(verbose_name="first changed day")),
                ("last", models.DateField(verbose_name="last changed day")),
                ("days", models.PositiveIntegerField(verbose_name="changed days")),
                ("most", models.IntegerField(verbose_name="largest change")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first__lte", models.F("last")),
                            ("days__gte", 1),
                            models.Q(("most", 0), _negated=True),
                        ),
                        name="correction_says_something",
                    )
                ],
            },
        ),
    ]
