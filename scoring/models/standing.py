"""What a published night says of a whole list of sellers."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scoring.formula.ranking import FEWEST


class StandingQuerySet(models.QuerySet["Standing"]):
    def of_everybody(self) -> Self:
        return self.filter(of=Standing.Of.EVERYBODY, key=0)

    def of_team(self, key: int) -> Self:
        return self.filter(of=Standing.Of.TEAM, key=key)

    def between(self, first: date, last: date) -> Self:
        """Both days included, each named: the key begins with the day."""
        return self.filter(day__each_within=(first, last))

    def told(self) -> Self:
        """Lists of five and more: of fewer no average is shown."""
        return self.filter(n__gte=FEWEST)


class Standing(models.Model):
    """The shown sellers of everybody, of an industry, or of a team and all below it, on a published day.

    `n` counts them; `brand` to `ssi` are their averages in hundredths. A list longer than what is ranked
    while somebody waits (`LONGEST_LIVE`) also keeps its order, for page and place without a search: `order`
    has the sellers' keys by position, `above` how many have more than 0.00, 0.01, … 100.00; both packed,
    big-endian, four bytes each. Every quantile follows from `above`. Old nights lose both; the ranks stay in
    Score. The key begins with the day, as that of Score: a night only appends to it.
    """

    class Of(models.TextChoices):
        EVERYBODY = "all", _("everybody")
        INDUSTRY = "industry", _("industry")
        TEAM = "team", _("team")

    pk = models.CompositePrimaryKey("day", "of", "key")
    of = models.CharField(max_length=8, choices=Of.choices)
    key = models.IntegerField()
    day = models.DateField()
    n = models.IntegerField()
    brand = models.SmallIntegerField()
    find = models.SmallIntegerField()
    engage = models.SmallIntegerField()
    relate = models.SmallIntegerField()
    ssi = models.SmallIntegerField()
    order = models.BinaryField(null=True)
    above = models.BinaryField(null=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing of a list")
        verbose_name_plural = _("standings of lists")
        constraints = [models.CheckConstraint(condition=Q(n__gte=1), name="standing_of_somebody")]

    def __str__(self) -> str:
        return f"{self.of} {self.key} · {self.day:%Y-%m-%d}"
