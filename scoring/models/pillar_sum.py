from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Formula


class PillarSum(models.Model):
    """A seller's running sums under one formula, by forward decay (`scoring/formula/decay.py`).

    Each is the sum of points * counted * 2 ** ((c(day) - c(landmark)) / half life) over the event kinds of a
    pillar, as of the newest day that has a tally.
    """

    seller = models.ForeignKey("teams.Seller", models.CASCADE, related_name="pillar_sums", db_index=False)
    formula = models.ForeignKey(Formula, models.CASCADE)
    landmark = models.DateField()
    newest = models.DateField(null=True)
    brand = models.FloatField(default=0)
    find = models.FloatField(default=0)
    engage = models.FloatField(default=0)
    relate = models.FloatField(default=0)

    class Meta:
        verbose_name = _("running sum")
        verbose_name_plural = _("running sums")
        constraints = [
            models.UniqueConstraint(fields=["seller", "formula"], name="pillar_sum_unique"),
            models.CheckConstraint(
                condition=models.Q(brand__gte=0, find__gte=0, engage__gte=0, relate__gte=0),
                name="pillar_sum_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.formula_id}"
