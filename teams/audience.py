"""Who can see a seller's numbers, told by name: `teams/access.py` read from the other end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from teams.models import Membership, Seller, Team, User
from teams.tree import Tree


@dataclass(frozen=True)
class Audience:
    """Besides the seller and the administrators: `managers` see everything but notes, the members of `boards`
    the row on a board; nobody there while the seller is not shown on boards.
    """

    managers: list[str]
    boards: list[str]
    shown: bool


def audience_of(seller: Seller, *, today: date) -> Audience:
    membership = Membership.objects.on(today).filter(seller=seller).first()
    teams = list(_upwards(membership.team_id)) if membership else []
    managing = Team.managers.through.objects.filter(team__in=teams).values("user")
    managers = User.objects.filter(pk__in=managing, is_active=True).exclude(pk=seller.user_id)
    return Audience(
        managers=[manager.name for manager in managers],
        boards=[team.name for team in teams],
        shown=seller.shown_on_boards,
    )


def _upwards(team_id: int) -> Iterator[Team]:
    """The team, and those that it is part of."""
    teams = {team.pk: team for _depth, team in Tree().walk()}
    above: int | None = team_id
    while above is not None:
        yield teams[above]
        above = teams[above].parent_id
