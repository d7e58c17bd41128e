from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.correction import Cause


class Restatement(models.Model):
    """A seller whose scores wait to be restated from a day on: recorded with the change that needs it.

    `changes` rises with each further change, so that a worker which began before the latest one does not
    strike the need out. cause and made_by go into the log of corrections when it is done.
    """

    seller = models.OneToOneField(
        "teams.Seller", models.CASCADE, related_name="restatement", primary_key=True
    )
    first = models.DateField(_("from"))
    changes = models.PositiveIntegerField(default=1)
    cause = models.CharField(_("what"), max_length=8, choices=Cause, default=Cause.ANEW)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        related_name="+",
        verbose_name=_("made by"),
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("waiting restatement")
        verbose_name_plural = _("waiting restatements")

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.first:%Y-%m-%d}"
