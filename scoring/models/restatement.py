from django.db import models
from django.utils.translation import gettext_lazy as _


class Restatement(models.Model):
    """A seller whose scores wait to be restated from a day on: recorded with the change that needs it.

    `changes` rises with each further change, so that a worker which began before the latest one does not
    strike the need out.
    """

    seller = models.OneToOneField(
        "teams.Seller", models.CASCADE, related_name="restatement", primary_key=True
    )
    first = models.DateField(_("from"))
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("waiting restatement")
        verbose_name_plural = _("waiting restatements")

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.first:%Y-%m-%d}"
