from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from scoring.models.activity import Activity
from scoring.models.formula import Kind
from scoring.models.upload import Upload


class HoldingQuerySet(models.QuerySet["Holding"]):
    def on(self, day: date) -> Self:
        return self.filter(first__lte=day).filter(Q(until=None) | Q(until__gt=day))


class Holding(models.Model):
    """A standing item of a profile, true from the first day to the day before `until`."""

    seller = models.ForeignKey(
        "teams.Seller", models.CASCADE, verbose_name=_("seller"), related_name="holdings"
    )
    kind = models.ForeignKey(Kind, models.PROTECT, verbose_name=_("kind"))
    first = models.DateField(_("from"))
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day on which it is no longer true.")
    )
    source = models.CharField(
        _("source"), max_length=4, choices=Activity.Source.choices, default=Activity.Source.HAND
    )
    upload = models.ForeignKey(Upload, models.SET_NULL, null=True, editable=False, related_name="holdings")
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    created_at = models.DateTimeField(_("logged at"), auto_now_add=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing item")
        verbose_name_plural = _("standing items")
        ordering = ["first"]
        constraints = [
            models.UniqueConstraint(fields=["seller", "kind", "first"], name="holding_first_unique"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("first")),
                name="holding_until_after_first",
                violation_error_message=_("A standing item lasts a day at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.first:%Y-%m-%d}"
