from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0004_goals_and_one_to_ones")]

    operations = [
        migrations.AddIndex(
            "seller",
            models.Index(
                condition=models.Q(("left_on__isnull", False)), fields=["left_on"], name="seller_left_on"
            ),
        ),
    ]
