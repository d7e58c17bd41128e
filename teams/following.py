"""Colleagues counted into one's own network."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from teams import access
from teams.models import Follow, Membership, Seller
from teams.tree import Tree


def followable(user: Any, *, today: date) -> QuerySet[Seller]:
    """The colleagues whom a seller may follow: those shown today on a board that they may open.

    Past boards list who was a member then; whom one may see follows from today's memberships all the same.
    """
    own = access.seller_of(user)
    if own is None:
        return Seller.objects.none()
    teams = Tree().below_any(access.visible_teams(user, today=today).values_list("pk", flat=True))
    members = Membership.objects.on(today).filter(team__in=teams).values("seller")
    return Seller.objects.filter(pk__in=members).shown().active_on(today).exclude(pk=own.pk)


def follow(follower: Seller, followed: Seller) -> None:
    """Twice is once."""
    Follow.objects.get_or_create(follower=follower, followed=followed)


def unfollow(follower: Seller, followed: Seller) -> None:
    Follow.objects.filter(follower=follower, followed=followed).delete()


def followers_of(seller: Seller, *, today: date) -> list[str]:
    """The names of the active colleagues who follow a seller; the seller sees them."""
    active = Seller.objects.active_on(today).filter(follows__followed=seller)
    return [follower.name for follower in active.select_related("user")]


def followed_by(seller: Seller, *, today: date) -> list[Seller]:
    """The active colleagues whom a seller follows; who is not shown on boards is not named here either."""
    active = Seller.objects.active_on(today).shown().filter(followers__follower=seller)
    return list(active.select_related("user"))
