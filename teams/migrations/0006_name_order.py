from django.db import migrations, models


def lay_out(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # Not compressible.
        schema_editor.execute("ALTER TABLE teams_nameorder ALTER sellers SET STORAGE EXTERNAL")


class Migration(migrations.Migration):
    dependencies = [("teams", "0005_who_left")]

    operations = [
        migrations.CreateModel(
            name="NameOrder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_on", models.DateField()),
                ("sellers", models.BinaryField()),
            ],
        ),
        migrations.RunPython(lay_out, migrations.RunPython.noop),
    ]
