"""Who may see whom: the one place that answers it. It follows from today's memberships."""

from datetime import date
from typing import Any

from django.db.models import IntegerField, Q, QuerySet, Value
from django.http import HttpRequest

from teams.models import Membership, Seller, Team
from teams.tree import Node, Tree


class Reach:
    """Which teams a person sees today, for a page that asks of several: one query, then only lookups.

    `managed` are the teams that they are named manager of, `own` is where they sell. Of somebody who
    signed in and manages nobody, both are known from the query that the request begins with.
    """

    def __init__(self, user: Any, *, today: date, tree: Tree | None = None) -> None:
        self.tree = tree or Tree()
        self.everywhere = is_administrator(user)
        if _is_known(user, today) and not user.manages:
            self.managed, self.own = frozenset[int](), _own(user, today)
        else:
            self.managed, self.own = _managed_and_own(user, today)

    def coaches(self, team_id: int | None) -> bool:
        return self.everywhere or any(node.pk in self.managed for node in self.tree.above(team_id))

    def sees(self, team_id: int) -> bool:
        return team_id in self.own or self.coaches(team_id)

    def known(self, *, most: int) -> set[int] | None:
        """The teams whose members they coach or meet on a board; None of more than so many."""
        return None if self.everywhere else self.tree.few_below(self.own | self.managed, most=most)

    def first(self) -> Node | None:
        """The board to begin with: one's own team, else the topmost of those one coaches."""
        if self.everywhere and not self.own:
            return next(iter(self.tree.children(None)), None)
        return self.tree.first(self.own or self.managed)

    def meets(self, team_id: int | None) -> bool:
        """Whether a member of the team is on a board that the person may open."""
        above = self.tree.above(team_id)
        return bool(above) and (self.everywhere or any(self.sees(node.pk) for node in above))


def reach_of(request: HttpRequest, *, today: date) -> Reach:
    """That of who asks: the page and the frame around it share one."""
    kept: Reach | None = getattr(request, "reach", None)
    reach = kept or Reach(request.user, today=today)
    keep_reach(request, reach)
    return reach


def keep_reach(request: HttpRequest, reach: Reach) -> None:
    request.reach = reach  # type: ignore[attr-defined]


def seller_of(user: Any) -> Seller | None:
    """The scored person behind a sign-in, if there is one."""
    return getattr(user, "seller", None) if user.is_authenticated else None


def team_of(user: Any, *, today: date) -> int | None:
    """The team that a person sells in; also of who has left, as long as the membership lasts."""
    if _is_known(user, today):
        return user.in_team
    return memberships_on(today, user_id=user.pk).values_list("team", flat=True).first()


def memberships_on(day: date, *, user_id: Any) -> QuerySet[Membership]:
    """Of one person, one at the most."""
    return Membership.objects.on(day).filter(seller__user=user_id).order_by()


def is_administrator(user: Any) -> bool:
    """Who may change sellers in the administration; of others not even the permissions are read."""
    if not (user.is_active and user.is_staff):
        return False
    return user.is_superuser or user.has_perm("teams.change_seller")


def may_try_formulas(user: Any) -> bool:
    """Who decides on the formula, and so may see what another one would do to everybody."""
    return is_administrator(user) and bool(user.has_perm("scoring.change_formula"))


def is_manager(user: Any) -> bool:
    return is_administrator(user) or user.managed_teams.exists()


def coached_team_ids(user: Any, *, tree: Tree | None = None) -> set[int]:
    """The teams whose sellers the person may see fully: those they manage, and all below."""
    tree = tree or Tree()
    if is_administrator(user):
        return {team.pk for _, team in tree.walk()}
    return tree.below_any(_managed_team_ids(user))


def visible_teams(user: Any, *, today: date) -> QuerySet[Team]:
    """The teams whose board the person may open: their own as a seller, and those they coach."""
    if is_administrator(user):
        return Team.objects.all()
    own = _own_team_ids(user, today).values("team")
    return Team.objects.filter(Q(pk__in=coached_team_ids(user)) | Q(pk__in=own))


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


def may_coach(user: Any, team: Team | Node) -> bool:
    if is_administrator(user):
        return True
    managed = set(_managed_team_ids(user))
    return any(above.pk in managed for above in Tree().above(team.pk))


def first_team(user: Any, *, today: date) -> Node | None:
    """The board to begin with: one's own team, else the topmost of those one coaches."""
    return Reach(user, today=today).first()


def _is_known(user: Any, today: date) -> bool:
    """Whether the sign-in told where the person sells that day, and if they manage (`teams/signin.py`)."""
    return getattr(user, "in_team_on", None) == today


def _own(user: Any, today: date) -> frozenset[int]:
    if user.in_team is None or (user.seller.left_on is not None and user.seller.left_on <= today):
        return frozenset()
    return frozenset([user.in_team])


def _managed_and_own(user: Any, today: date) -> tuple[frozenset[int], frozenset[int]]:
    no_manager = Value(None, output_field=IntegerField())
    managed = user.managed_teams.through.objects.filter(user=user.pk).values_list("team", "user")
    own = _own_team_ids(user, today).values_list("team", no_manager)
    found = list(managed.union(own, all=True))
    return (
        frozenset(team for team, manager in found if manager is not None),
        frozenset(team for team, manager in found if manager is None),
    )


def _managed_team_ids(user: Any) -> QuerySet[Any, int]:
    return user.managed_teams.order_by().values_list("pk", flat=True)


def _own_team_ids(user: Any, today: date) -> QuerySet[Membership]:
    """The memberships of a seller who has not left: who has, sees no board any more."""
    active = Q(seller__left_on=None) | Q(seller__left_on__gt=today)
    return memberships_on(today, user_id=user.pk).filter(active)
