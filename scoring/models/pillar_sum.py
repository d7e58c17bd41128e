from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Formula


class PillarSum(models.Model):
    """All that a night must know of a seller's past, under one formula.

    `brand` to `relate` are the running sums by forward decay (`scoring/formula/decay.py`): points * counted *
    2 ** ((c(day) - c(landmark)) / half life) over the event kinds of a pillar, as of the newest day that has
    a tally. `held_brand` to `held_relate` are the points of the standing items from the day `held_from` to
    the day before `held_until`, when one of them begins or ends. `began` is the first day with a score. Each
    write raises `writes`: a night that read an older row sees that it must read again.

    Derived, like scores, and like them without foreign keys in the database. PostgreSQL keeps a row's numbers
    once more, PACKED as their binary in a generated column: so a night reads them in half the time that
    taking each of them out of its row would cost (`scoring/columns.py`).
    """

    HELD = ("held_brand", "held_find", "held_engage", "held_relate")
    PACKED = (
        "seller_id",
        "brand",
        "find",
        "engage",
        "relate",
        *HELD,
        "landmark",
        "newest",
        "held_from",
        "held_until",
        "began",
        "writes",
    )

    pk = models.CompositePrimaryKey("formula_id", "seller_id")
    formula = models.ForeignKey(Formula, models.DO_NOTHING, db_index=False, db_constraint=False)
    seller = models.ForeignKey(
        "teams.Seller",
        models.DO_NOTHING,
        related_name="pillar_sums",
        db_index=False,
        db_constraint=False,
    )
    brand = models.FloatField(default=0)
    find = models.FloatField(default=0)
    engage = models.FloatField(default=0)
    relate = models.FloatField(default=0)
    held_brand = models.FloatField(default=0)
    held_find = models.FloatField(default=0)
    held_engage = models.FloatField(default=0)
    held_relate = models.FloatField(default=0)
    landmark = models.DateField()
    newest = models.DateField(null=True)
    held_from = models.DateField()
    held_until = models.DateField(null=True)
    began = models.DateField(null=True)
    writes = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("running sum")
        verbose_name_plural = _("running sums")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(brand__gte=0, find__gte=0, engage__gte=0, relate__gte=0),
                name="pillar_sum_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.formula_id}"
