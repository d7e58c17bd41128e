from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teams.models.seller import Seller


class Leave(models.Model):
    """Days on which a seller is away: their activity does not fade on them."""

    seller = models.ForeignKey(Seller, models.CASCADE, verbose_name=_("seller"), related_name="leaves")
    first = models.DateField(_("from"))
    until = models.DateField(_("until"), help_text=_("The first day back."))

    class Meta:
        verbose_name = _("leave period")
        verbose_name_plural = _("leave periods")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("first")),
                name="leave_until_after_first",
                violation_error_message=_("Leave lasts a day at least."),
            ),
            models.UniqueConstraint(fields=["seller", "first"], name="leave_first_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.seller}: {self.first:%Y-%m-%d} – {self.until:%Y-%m-%d}"
