from collections.abc import Collection
from datetime import date
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.models.industry import Industry
from teams.searching import named_like


class SellerQuerySet(models.QuerySet["Seller"]):
    def active_on(self, day: date) -> Self:
        """Sellers who have not left by that day."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day))

    def shown(self) -> Self:
        """Sellers who are on boards and in everybody's ranks and numbers."""
        return self.filter(shown_on_boards=True)

    def named_like(self, query: str) -> Self:
        """Sellers whose names have each of the words' parts, without regard to case and accents."""
        return self.filter(named_like(query, path="user__"))

    def members_of(self, team_ids: Collection[int], *, on: date) -> Self:
        """Sellers who were members of one of the teams that day; one team a day, so nobody comes twice."""
        return self.filter(
            Q(memberships__until=None) | Q(memberships__until__gt=on),
            memberships__team__in=team_ids,
            memberships__first__lte=on,
        )


class Seller(models.Model):
    """A person who is scored."""

    id = models.AutoField(primary_key=True)  # four bytes: it is part of every score and tally
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    industry = models.ForeignKey(Industry, models.PROTECT, verbose_name=_("industry"), null=True, blank=True)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(
        _("left on"), null=True, blank=True, help_text=_("The first day on which they are no longer scored.")
    )
    shown_on_boards = models.BooleanField(
        _("show me on boards"),
        default=True,
        help_text=_("Off: in no board, rank or average; only the seller and their managers see the row."),
    )
    minutes_per_week = models.PositiveSmallIntegerField(
        _("minutes a week"),
        default=60,
        validators=[MinValueValidator(0), MaxValueValidator(2400)],
        help_text=_("What the coaching tips may take."),
    )

    objects = SellerQuerySet.as_manager()

    class Meta:
        verbose_name = _("seller")
        verbose_name_plural = _("sellers")
        ordering = ["user__last_name", "user__first_name", "user__email"]
        # A night asks of each part of everybody who left yesterday.
        indexes = [
            models.Index(fields=["left_on"], condition=Q(left_on__isnull=False), name="seller_left_on")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gt=models.F("joined_on")),
                name="seller_left_after_joining",
                violation_error_message=_("Nobody leaves before the day after joining."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_per_week__lte=2400), name="seller_minutes_per_week_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.user.name

    @property
    def name(self) -> str:
        return self.user.name

    def is_active(self, on: date) -> bool:
        return self.left_on is None or on < self.left_on
