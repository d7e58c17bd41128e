"""Who may see whom: the one place that answers it. It follows from today's memberships."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from teams.models import Membership, Seller, Team
from teams.tree import Tree


def seller_of(user: Any) -> Seller | None:
    """The scored person behind a sign-in, if there is one."""
    return getattr(user, "seller", None) if user.is_authenticated else None


def is_administrator(user: Any) -> bool:
    return user.is_active and (user.is_superuser or user.has_perm("teams.change_seller"))


def is_manager(user: Any) -> bool:
    return is_administrator(user) or user.managed_teams.exists()


def coached_team_ids(user: Any, *, tree: Tree | None = None) -> set[int]:
    """The teams whose sellers the person may see fully: those they manage, and all below."""
    tree = tree or Tree()
    if is_administrator(user):
        return {team.pk for _, team in tree.walk()}
    return tree.below_any(user.managed_teams.values_list("pk", flat=True))


def visible_teams(user: Any, *, today: date) -> QuerySet[Team]:
    """The teams whose board the person may open: their own as a seller, and those they coach."""
    if is_administrator(user):
        return Team.objects.all()
    return Team.objects.filter(Q(pk__in=coached_team_ids(user)) | Q(pk__in=_own_team_ids(user, today)))


def coached_sellers(user: Any, *, today: date) -> QuerySet[Seller]:
    """The sellers whom the person may coach, that is see fully; not oneself by being a seller."""
    if is_administrator(user):
        return Seller.objects.all()
    inside = Seller.objects.members_of(coached_team_ids(user), on=today)
    return Seller.objects.filter(pk__in=inside.values("pk"))


def visible_sellers(user: Any, *, today: date) -> QuerySet[Seller]:
    """The sellers whose own pages the person may open: oneself and those they coach."""
    own = Q(user=user.pk)
    return Seller.objects.filter(own | Q(pk__in=coached_sellers(user, today=today).values("pk")))


def may_coach(user: Any, team: Team) -> bool:
    return is_administrator(user) or team.pk in coached_team_ids(user)


def first_team(user: Any, *, today: date) -> Team | None:
    """The board to begin with: one's own team, else the topmost of those one coaches."""
    own = Team.objects.filter(pk__in=_own_team_ids(user, today)).first()
    if own is not None:
        return own
    tree = Tree()
    coached = coached_team_ids(user, tree=tree)
    return next((team for _, team in tree.walk() if team.pk in coached), None)


def _own_team_ids(user: Any, today: date) -> Any:
    """The teams of a seller who has not left: who has, sees no board any more."""
    active = Q(seller__left_on=None) | Q(seller__left_on__gt=today)
    return Membership.objects.on(today).filter(active, seller__user=user.pk).values("team")
