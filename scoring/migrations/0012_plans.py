import uuid

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("scoring", "0011_corrections"),
        ("teams", "0003_short_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptedPlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_on", models.DateField(verbose_name="accepted on")),
                ("first", models.DateField(verbose_name="from")),
                (
                    "until",
                    models.DateField(
                        help_text="The first day that is no longer planned.", verbose_name="until"
                    ),
                ),
                ("minutes", models.PositiveIntegerField(verbose_name="minutes")),
                ("target", models.PositiveSmallIntegerField(null=True, verbose_name="target")),
                ("predicted", models.PositiveSmallIntegerField(verbose_name="predicted")),
                ("idle", models.PositiveSmallIntegerField(verbose_name="with nothing done")),
                ("known", models.UUIDField(editable=False)),
                ("dropped_on", models.DateField(null=True, verbose_name="given up on")),
                ("closed_on", models.DateField(null=True, verbose_name="closed on")),
                ("result", models.PositiveSmallIntegerField(null=True, verbose_name="result")),
                ("restated", models.SmallIntegerField(null=True, verbose_name="history changed")),
                ("not_done", models.SmallIntegerField(null=True, verbose_name="not done")),
                ("besides", models.SmallIntegerField(null=True, verbose_name="done besides")),
                ("other_formula", models.SmallIntegerField(null=True, verbose_name="formula")),
                ("is_done", models.BooleanField(null=True, verbose_name="done fully")),
                (
                    "is_undisturbed",
                    models.BooleanField(null=True, verbose_name="done fully, and nothing else changed"),
                ),
                (
                    "formula",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="scoring.formula",
                        verbose_name="formula",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accepted_plans",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "accepted plan",
                "verbose_name_plural": "accepted plans",
                "ordering": ["-accepted_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HiddenTip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tip", models.CharField(max_length=8, verbose_name="tip")),
                ("until", models.DateField(verbose_name="until")),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hidden_tips",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "hidden tip",
                "verbose_name_plural": "hidden tips",
            },
        ),
        migrations.CreateModel(
            name="PlannedAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("times", models.PositiveSmallIntegerField(verbose_name="times")),
                ("minutes", models.PositiveIntegerField(verbose_name="minutes")),
                ("gain", models.SmallIntegerField(verbose_name="gain")),
                ("token", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "kind",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="scoring.kind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="acts",
                        to="scoring.acceptedplan",
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned act",
                "verbose_name_plural": "planned acts",
                "ordering": ["day", "kind_id"],
            },
        ),
        migrations.CreateModel(
            name="UnwantedKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="scoring.kind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "seller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unwanted_kinds",
                        to="teams.seller",
                        verbose_name="seller",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind not wanted",
                "verbose_name_plural": "kinds not wanted",
            },
        ),
        migrations.AddIndex(
            model_name="acceptedplan",
            index=models.Index(
                condition=models.Q(("closed_on", None), ("dropped_on", None)),
                fields=["until"],
                name="accepted_plan_to_close",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedplan",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on", None), ("dropped_on", None)),
                fields=("seller",),
                name="accepted_plan_one_open_a_seller",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gt", models.F("first"))), name="accepted_plan_has_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("besides", None),
                        ("closed_on", None),
                        ("is_done", None),
                        ("is_undisturbed", None),
                        ("not_done", None),
                        ("other_formula", None),
                        ("restated", None),
                        ("result", None),
                    ),
                    models.Q(
                        ("besides__isnull", False),
                        ("closed_on__isnull", False),
                        ("dropped_on", None),
                        ("is_done__isnull", False),
                        ("is_undisturbed__isnull", False),
                        ("not_done__isnull", False),
                        ("other_formula__isnull", False),
                        ("restated__isnull", False),
                        ("result__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="accepted_plan_closed_with_all_figures",
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptedplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    (
                        "result",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("predicted"), "+", models.F("restated")
                                    ),
                                    "+",
                                    models.F("not_done"),
                                ),
                                "+",
                                models.F("besides"),
                            ),
                            "+",
                            models.F("other_formula"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="accepted_plan_figures_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="hiddentip",
            constraint=models.UniqueConstraint(fields=("seller", "tip"), name="hidden_tip_once"),
        ),
        migrations.AddConstraint(
            model_name="plannedact",
            constraint=models.UniqueConstraint(fields=("plan", "kind", "day"), name="planned_act_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="plannedact",
            constraint=models.CheckConstraint(
                condition=models.Q(("times__gte", 1)), name="planned_act_is_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="unwantedkind",
            constraint=models.UniqueConstraint(fields=("seller", "kind"), name="unwanted_kind_once"),
        ),
    ]
