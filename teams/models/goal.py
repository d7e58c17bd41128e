import uuid
from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.models.seller import Seller
from teams.models.team import Team


class GoalQuerySet(models.QuerySet["Goal"]):
    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(withdrawn_on=None)


class Goal(models.Model):
    """An index or a pillar that a seller, or the average of a team, is to have by a day.

    `target` is in hundredths of 0 to 100; `until` is the first day that does not count any more. How it goes
    is computed when somebody looks (`teams/pace.py`), never kept. Whoever set it may be deleted: the goal
    stays with those whose it is.
    """

    class Part(models.TextChoices):
        SSI = "ssi", _("Social Selling Index")
        BRAND = "brand", _("Professional brand")
        FIND = "find", _("Finding the right people")
        ENGAGE = "engage", _("Engaging with insights")
        RELATE = "relate", _("Building relationships")

    seller = models.ForeignKey(
        Seller, models.CASCADE, verbose_name=_("seller"), related_name="goals", null=True, blank=True
    )
    team = models.ForeignKey(
        Team, models.CASCADE, verbose_name=_("team"), related_name="goals", null=True, blank=True
    )
    part = models.CharField(_("what"), max_length=8, choices=Part.choices, default=Part.SSI)
    target = models.SmallIntegerField(_("target"))
    until = models.DateField(_("until"), help_text=_("The first day that does not count any more."))
    set_on = models.DateField(_("set on"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("set by"), related_name="+", null=True
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    withdrawn_on = models.DateField(_("taken back on"), null=True, blank=True)
    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["until", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(seller=None, team__isnull=False) | Q(seller__isnull=False, team=None),
                name="goal_of_a_seller_or_a_team",
            ),
            models.CheckConstraint(condition=Q(target__range=(1, 10000)), name="goal_target_in_range"),
            models.CheckConstraint(condition=Q(until__gt=models.F("set_on")), name="goal_lasts_a_day"),
            models.CheckConstraint(
                condition=Q(part__in=["ssi", "brand", "find", "engage", "relate"]), name="goal_part_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.target / 100:.2f} · {self.last:%Y-%m-%d}"

    @property
    def last(self) -> date:
        """The day by which it is to be reached."""
        return self.until - timedelta(days=1)
