from django.db import models
from django.utils.translation import gettext_lazy as _


class Seat(models.Model):
    """Whose a seat of Sales Navigator is, by the number that its activity export names."""

    number = models.CharField(_("seat"), max_length=40, unique=True)
    seller = models.ForeignKey("teams.Seller", models.CASCADE, verbose_name=_("seller"), related_name="seats")

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number
