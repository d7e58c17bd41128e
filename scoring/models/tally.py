from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Kind


class Tally(models.Model):
    """The sum of the quantities of a seller's undeleted activities of one event kind on one day.

    The judge: activities may be purged by age, tallies stay. Written from activities only, whose seller the
    database looks up; looking it up again would cost an import as much as the tally itself.
    """

    pk = models.CompositePrimaryKey("seller_id", "day", "kind_id")
    seller = models.ForeignKey(
        "teams.Seller", models.CASCADE, related_name="tallies", db_index=False, db_constraint=False
    )
    day = models.DateField()
    kind = models.ForeignKey(Kind, models.PROTECT, db_index=False, db_constraint=False)
    quantity = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [models.CheckConstraint(condition=models.Q(quantity__gte=1), name="tally_above_zero")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.quantity}"
