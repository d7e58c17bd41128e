from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

OUT_OF_25 = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(25))]


def component(label: StrOrPromise) -> models.DecimalField:
    return models.DecimalField(label, max_digits=4, decimal_places=2, validators=OUT_OF_25)


def top_percent(label: StrOrPromise) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )


class OfficialScore(models.Model):
    """What LinkedIn's own page showed a seller that day: self-reported, kept beside ours, never ranked."""

    seller = models.ForeignKey(
        "teams.Seller", models.CASCADE, verbose_name=_("seller"), related_name="official_scores"
    )
    day = models.DateField(_("day"))
    brand = component(_("professional brand, out of 25"))
    find = component(_("finding the right people, out of 25"))
    engage = component(_("engaging with insights, out of 25"))
    relate = component(_("building relationships, out of 25"))
    total = models.DecimalField(
        _("total, out of 100"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    industry_top = top_percent(_("industry: top x %"))
    network_top = top_percent(_("network: top x %"))
    created_at = models.DateTimeField(_("entered at"), auto_now_add=True)

    class Meta:
        verbose_name = _("official score")
        verbose_name_plural = _("official scores")
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "day"],
                name="official_score_once_a_day",
                violation_error_message=_("There are official figures for that day already."),
            ),
            models.CheckConstraint(
                condition=Q(
                    brand__range=(0, 25),
                    find__range=(0, 25),
                    engage__range=(0, 25),
                    relate__range=(0, 25),
                    total__range=(0, 100),
                ),
                name="official_score_in_range",
            ),
            models.CheckConstraint(
                condition=(Q(industry_top=None) | Q(industry_top__range=(1, 100)))
                & (Q(network_top=None) | Q(network_top__range=(1, 100))),
                name="official_score_top_percent_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.total}"
