"""Positions that make a new connection one with an executive, in English, Italian and Polish, to begin with."""

from django.db import migrations

PHRASES = (
    *(
        "chief",
        "c?o",
        "ch?o",
        "ciso",
        "president",
        "vp",
        "vice president",
        "owner",
        "founder",
        "co-founder",
        "partner",
    ),
    *("managing director", "director", "head of"),
    *("amministratore delegato", "amministratrice delegata", "presidente", "direttore", "direttrice"),
    *("titolare", "socio", "socia", "responsabile"),
    *("prezes", "wiceprezes", "prezeska", "członek zarządu", "członkini zarządu"),
    *("właściciel", "właścicielka", "dyrektor", "dyrektorka", "kierownik", "kierowniczka"),
)


def load(apps, schema_editor):
    phrase = apps.get_model("scoring", "SeniorityPhrase")
    phrase.objects.bulk_create(phrase(phrase=words) for words in PHRASES)


class Migration(migrations.Migration):
    dependencies = [("scoring", "0007_uploads")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
