"""Sellers who are ranked together: everybody, those of an industry, or those of a team and all below it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.db.models import F, Q, QuerySet

from scoring.models import Score, Standing
from scoring.models.standing import StandingQuerySet
from teams.tree import Tree


@dataclass(frozen=True)
class Listing:
    """A list by what it is of and its key there; a team's also knows today's tree."""

    of: str
    key: int
    tree: Tree | None = field(default=None, repr=False, compare=False)

    @classmethod
    def everybody(cls) -> Self:
        return cls(Standing.Of.EVERYBODY, 0)

    @classmethod
    def industry(cls, key: int) -> Self:
        return cls(Standing.Of.INDUSTRY, key)

    @classmethod
    def team(cls, key: int, tree: Tree) -> Self:
        return cls(Standing.Of.TEAM, key, tree)

    @cached_property
    def team_ids(self) -> Collection[int]:
        """A team and all below it; nothing of another list."""
        return frozenset(self.tree.below(self.key)) if self.tree is not None else frozenset()

    @property
    def is_of_a_team(self) -> bool:
        return self.of == Standing.Of.TEAM

    def has_team(self, team: int | None) -> bool:
        """Whether the list has those who are in the team: always, unless it is of another team."""
        if self.tree is None:
            return True
        return any(node.pk == self.key for node in self.tree.above(team))

    def has(self, score: Score) -> bool:
        """Whether who was scored is on the list of that day."""
        if self.of == Standing.Of.INDUSTRY:
            return score.seller.industry_id == self.key
        return self.has_team(score.team_id)

    @property
    def team_path(self) -> str:
        """Where a score of the list finds its team: by the membership it is in the list by, or as scored."""
        return "seller__memberships__team" if self.is_of_a_team else "team"

    def standings(self) -> StandingQuerySet:
        """What the published nights say of the list."""
        return Standing.objects.filter(of=self.of, key=self.key)

    def scores(self, day: date, *, scored_on: date | None = None) -> QuerySet[Score]:
        """The scores of who was on the list that day, and active; of that day unless told another."""
        return Score.objects.on(scored_on or day).filter(self._was_on_it(day))

    def scores_of_days(self, days: Collection[date]) -> QuerySet[Score]:
        """The scores of several days, each of who was on the list on it."""
        return Score.objects.filter(self._was_on_it(F("day")), day__in=days)

    def _was_on_it(self, day: Any) -> Q:
        active = Q(seller__left_on=None) | Q(seller__left_on__gt=day)
        if self.of == Standing.Of.INDUSTRY:
            return active & Q(seller__industry=self.key)
        if not self.is_of_a_team:
            return active
        return (
            active
            & (Q(seller__memberships__until=None) | Q(seller__memberships__until__gt=day))
            & Q(seller__memberships__team__in=self.team_ids, seller__memberships__first__lte=day)
        )
