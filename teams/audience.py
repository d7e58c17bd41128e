"""Who can see a seller's numbers, told by name: `teams/access.py` read from the other end."""

from dataclasses import dataclass

from teams.models import Seller, User
from teams.tree import Tree


@dataclass(frozen=True)
class Audience:
    """Besides the seller and the administrators: `managers` see everything but notes, the members of `boards`
    the row on a board; nobody there while the seller is not shown on boards.
    """

    managers: list[str]
    boards: list[str]
    shown: bool


def audience_of(seller: Seller, *, team: int | None) -> Audience:
    """Tell it of a seller who is in that team now; one query."""
    teams = Tree().above(team)
    managing = User.objects.filter(managed_teams__in=[team.pk for team in teams], is_active=True)
    # Who manages several of the teams comes several times.
    named = managing.exclude(pk=seller.user_id).only("first_name", "last_name", "email")
    managers = {person.pk: person.name for person in named}
    return Audience(
        managers=list(managers.values()),
        boards=[team.name for team in teams],
        shown=seller.shown_on_boards,
    )
