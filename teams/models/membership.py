from datetime import date
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from teams.models.seller import Seller
from teams.models.team import Team


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        return self.filter(first__lte=day).filter(Q(until=None) | Q(until__gt=day))


class Membership(models.Model):
    """One seller in one team, from the first day to the day before `until`; one team a day.

    That no two of a seller overlap is kept by the database too (migration 0002).
    """

    seller = models.ForeignKey(Seller, models.CASCADE, verbose_name=_("seller"), related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, verbose_name=_("team"), related_name="memberships")
    first = models.DateField(_("from"))
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day after the membership.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["first"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("first")),
                name="membership_until_after_first",
                violation_error_message=_("A membership lasts a day at least."),
            ),
            models.UniqueConstraint(fields=["seller", "first"], name="membership_one_team_a_day"),
        ]
        indexes = [models.Index(fields=["team", "first"], name="membership_team_first")]

    def __str__(self) -> str:
        return f"{self.seller} · {self.team}"

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)

    def clean(self) -> None:
        if not self.seller_id or not self.first:
            return
        others = Membership.objects.filter(seller=self.seller_id).exclude(pk=self.pk)
        if self.until is not None:
            others = others.filter(first__lt=self.until)
        if others.filter(Q(until=None) | Q(until__gt=self.first)).exists():
            raise ValidationError(_("A seller is in one team a day: these days overlap another membership."))
