"""A part of a night hands on from which sums it was scored; a night under way, whose parts have not, begins anew."""

from django.db import migrations


def begin_anew(apps, schema_editor):
    apps.get_model("scoring", "Run").objects.filter(state="running").update(state="due")


class Migration(migrations.Migration):
    dependencies = [("scoring", "0017_handovers")]

    operations = [migrations.RunPython(begin_anew, begin_anew)]
