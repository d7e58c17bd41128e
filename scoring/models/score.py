from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.models.formula import Formula


class ScoreQuerySet(models.QuerySet["Score"]):
    def of(self, sellers: Any) -> Self:
        """Of one seller, or of those in a queryset or collection."""
        if isinstance(sellers, models.Model | int):
            return self.filter(seller=sellers)
        if isinstance(sellers, models.QuerySet):
            return self.filter(seller__in=sellers)
        return self.filter(seller__among=sellers)

    def on(self, day: date) -> Self:
        return self.filter(day=day)

    def between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(day__gte=first, day__lte=last)

    def of_days(self, sellers: Any, first: date, last: date) -> Self:
        """The days of few sellers, both ends included, each named: the key begins with the day."""
        return self.of(sellers).filter(day__each_within=(first, last))


def in_hundredths(label: Any, *, null: bool = False) -> Any:
    return models.SmallIntegerField(label, null=null)


def place(label: Any) -> Any:
    return models.IntegerField(label, null=True)


class Score(models.Model):
    """A seller's index on one day, in whole hundredths of a point: 7134 is 71.34.

    `change` is against seven days before, None without a score then. Ranks and positions are those of the
    published night: in the organisation, the industry, the seller's team of that day, the team above it and
    the one above that; each list with all that is below its team. A seller who is not shown on boards has
    none. Restated from the activities whenever those change; never edited by hand.

    The database keeps no foreign keys here: a night writes a row a seller, and looking each one up would
    take longer than scoring it. A seller's rows go with the seller (`scoring/removal.py`); a team with past
    members, and a formula that has its day, are never deleted. The key begins with the day, so that a night
    only ever appends to it, however long the history is; reading one seller's days names them
    (`ScoreQuerySet.of_days`).
    """

    PARTS = ("brand", "find", "engage", "relate", "ssi")
    LISTS = ("", "industry_", "team_", "parent_", "grandparent_")
    PLACES = tuple(f"{name}{what}" for name in LISTS for what in ("rank", "position"))

    pk = models.CompositePrimaryKey("day", "seller_id")
    seller = models.ForeignKey(
        "teams.Seller", models.DO_NOTHING, related_name="scores", db_index=False, db_constraint=False
    )
    day = models.DateField(_("day"))
    brand = in_hundredths(_("professional brand"))
    find = in_hundredths(_("finding the right people"))
    engage = in_hundredths(_("engaging with insights"))
    relate = in_hundredths(_("building relationships"))
    ssi = in_hundredths(_("index"))
    formula = models.ForeignKey(
        Formula, models.DO_NOTHING, verbose_name=_("formula version"), db_index=False, db_constraint=False
    )
    team = models.ForeignKey(
        "teams.Team",
        models.DO_NOTHING,
        verbose_name=_("team"),
        null=True,
        db_index=False,
        db_constraint=False,
    )
    rank = place(_("rank"))
    position = place(_("position"))
    industry_rank = place(_("rank in the industry"))
    industry_position = place(_("position in the industry"))
    team_rank = place(_("rank in the team"))
    team_position = place(_("position in the team"))
    parent_rank = place(_("rank in the team above"))
    parent_position = place(_("position in the team above"))
    grandparent_rank = place(_("rank two teams above"))
    grandparent_position = place(_("position two teams above"))
    change = in_hundredths(_("change in a week"), null=True)

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

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}: {self.ssi / 100:.2f}"
