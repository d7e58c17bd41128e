"""Loads the kinds and the first formula from the catalogue."""

import datetime
from pathlib import Path

from django.db import migrations

from scoring.formula.catalogue import read_catalogue

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "catalogue.csv"
# The first version is in force for all earlier days too, so this day only has to be early.
FIRST_DAY = datetime.date(2015, 8, 3)


def load(apps, schema_editor):
    Kind = apps.get_model("scoring", "Kind")
    Formula = apps.get_model("scoring", "Formula")
    FormulaKind = apps.get_model("scoring", "FormulaKind")
    formula = Formula.objects.create(name="Version 1")
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        for entry in read_catalogue(lines):
            kind = Kind.objects.create(
                code=entry.code,
                pillar=entry.pillar,
                nature=entry.nature.value,
                name=entry.name,
                networks=" ".join(entry.networks),
                minutes=entry.minutes,
                plan_per_week=entry.plan_per_week,
            )
            FormulaKind.objects.create(
                formula=formula,
                kind=kind,
                points=entry.points,
                cap=entry.cap,
                cap_period=entry.cap_period.value if entry.cap_period else "",
            )
    Formula.objects.filter(pk=formula.pk).update(effective_from=FIRST_DAY)


def unload(apps, schema_editor):
    for model in ("FormulaKind", "Formula", "Kind"):
        apps.get_model("scoring", model).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("scoring", "0001_initial")]
    operations = [migrations.RunPython(load, unload)]
