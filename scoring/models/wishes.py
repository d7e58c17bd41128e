"""What sellers want no coaching about."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Kind


class UnwantedKind(models.Model):
    """A kind of which nothing is planned for a seller, as they wish."""

    seller = models.ForeignKey(
        "teams.Seller",
        models.CASCADE,
        verbose_name=_("seller"),
        related_name="unwanted_kinds",
        db_index=False,  # the one of seller and kind serves
    )
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"), db_index=False)

    class Meta:
        verbose_name = _("kind not wanted")
        verbose_name_plural = _("kinds not wanted")
        constraints = [models.UniqueConstraint(fields=["seller", "kind"], name="unwanted_kind_once")]

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.kind}"


class HiddenTipQuerySet(models.QuerySet["HiddenTip"]):
    def on(self, day: date) -> Self:
        return self.filter(until__gt=day)


class HiddenTip(models.Model):
    """A tip, by its code, that a seller does not want to see before a day."""

    seller = models.ForeignKey(
        "teams.Seller",
        models.CASCADE,
        verbose_name=_("seller"),
        related_name="hidden_tips",
        db_index=False,  # the one of seller and tip serves
    )
    tip = models.CharField(_("tip"), max_length=8)
    until = models.DateField(_("until"))

    objects = HiddenTipQuerySet.as_manager()

    class Meta:
        verbose_name = _("hidden tip")
        verbose_name_plural = _("hidden tips")
        constraints = [models.UniqueConstraint(fields=["seller", "tip"], name="hidden_tip_once")]

    def __str__(self) -> str:
        return f"{self.seller_id} · {self.tip}"
