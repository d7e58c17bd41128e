from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Formula


class ScoreQuerySet(models.QuerySet["Score"]):
    def of(self, sellers: Any) -> Self:
        """Of one seller, or of those in a queryset or collection."""
        one = isinstance(sellers, models.Model | int)
        return self.filter(seller=sellers) if one else self.filter(seller__in=sellers)

    def on(self, day: date) -> Self:
        return self.filter(day=day)

    def between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(day__gte=first, day__lte=last)


def in_hundredths(label: Any) -> Any:
    return models.SmallIntegerField(label)


class Score(models.Model):
    """A seller's index on one day, in whole hundredths of a point: 7134 is 71.34.

    `rank` and `position` are those of the published night in the organisation; a seller who is not shown on
    boards has neither. Restated from the activities whenever those change; never edited by hand.
    """

    PARTS = ("brand", "find", "engage", "relate", "ssi")

    pk = models.CompositePrimaryKey("seller_id", "day")
    seller = models.ForeignKey("teams.Seller", models.CASCADE, related_name="scores", db_index=False)
    day = models.DateField(_("day"))
    brand = in_hundredths(_("professional brand"))
    find = in_hundredths(_("finding the right people"))
    engage = in_hundredths(_("engaging with insights"))
    relate = in_hundredths(_("building relationships"))
    ssi = in_hundredths(_("index"))
    formula = models.ForeignKey(Formula, models.PROTECT, verbose_name=_("formula version"), db_index=False)
    team = models.ForeignKey("teams.Team", models.SET_NULL, verbose_name=_("team"), null=True, db_index=False)
    rank = models.IntegerField(_("rank"), null=True)
    position = models.IntegerField(_("position"), null=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    brand__range=(0, 10000),
                    find__range=(0, 10000),
                    engage__range=(0, 10000),
                    relate__range=(0, 10000),
                    ssi__range=(0, 10000),
                ),
                name="score_in_range",
            ),
        ]
        indexes = [models.Index(fields=["day", "team"], name="score_day_team")]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.ssi / 100:.2f}"
