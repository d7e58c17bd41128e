"""Which pages a change makes old. Bulk writes send no signals: who writes in bulk says so itself."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save

from scoring.signals import rules_changed, scores_changed
from teams import freshness
from teams.freshness import PEOPLE, RULES, TREE
from teams.models import Follow, Membership, Seller, Team, User
from teams.tree import Tree

# Of more sellers it is not asked which teams they are in: all boards are made anew.
MOST_NAMED = 500
PREFERENCES = frozenset(["language", "time_zone", "theme", "shortcuts", "password", "last_login"])


def connect() -> None:
    scores_changed.connect(raise_boards)
    rules_changed.connect(raise_rules)
    for model in (Team, Membership, Group):
        _on_rows(model, raise_people)
    post_save.connect(raise_user, sender=User)
    post_save.connect(raise_seller, sender=Seller)
    post_delete.connect(raise_people, sender=User)
    post_delete.connect(raise_people, sender=Seller)
    _on_rows(Follow, raise_both_ends)
    for many in (Team.managers, User.groups, User.user_permissions, Group.permissions):
        m2m_changed.connect(raise_people, sender=many.through)


def _on_rows(model: type[Model], receiver: Any) -> None:
    post_save.connect(receiver, sender=model)
    post_delete.connect(receiver, sender=model)


def raise_people(sender: Any = None, **_signal: Any) -> None:
    """Also what to call after a bulk write of people, teams or memberships."""
    freshness.changed(PEOPLE, TREE) if sender in (None, Team) else freshness.changed(PEOPLE)


def raise_user(instance: User, update_fields: Collection[str] | None = None, **_signal: Any) -> None:
    """What somebody prefers, and when they came in, is on nobody else's pages."""
    only_theirs = update_fields is not None and PREFERENCES.issuperset(update_fields)
    freshness.changed(freshness.of_person(instance.pk) if only_theirs else PEOPLE)


def raise_seller(instance: Seller, **_signal: Any) -> None:
    """Others see who left and who is hidden; `row_before` is of `teams/restating.py`."""
    before = getattr(instance, "row_before", None)
    same = before is not None and all(
        getattr(before, name) == getattr(instance, name) for name in ("user_id", "left_on", "shown_on_boards")
    )
    freshness.changed(freshness.of_person(instance.user_id) if same else PEOPLE)


def raise_both_ends(instance: Follow, origin: Any = None, **_signal: Any) -> None:
    """Whom one follows is on one's own boards, and the followed see by whom."""
    if getattr(origin, "model", type(origin)) not in (Follow, type(None)):
        return  # with a seller, who is told of already
    ends = Seller.objects.filter(pk__in=(instance.follower_id, instance.followed_id)).order_by()
    freshness.changed(*map(freshness.of_person, ends.values_list("user", flat=True)))


def raise_rules(**_signal: Any) -> None:
    freshness.changed(RULES)


def raise_boards(
    seller_ids: Collection[int] | None = None, teams: Collection[int] | None = None, **_signal: Any
) -> None:
    """Of the teams that the scores count for, and of those above.

    Where these are not told: of every team that the sellers ever were in, for boards go back.
    """
    if seller_ids is None or len(seller_ids) > MOST_NAMED:
        freshness.changed(freshness.NIGHT, freshness.PUBLISHED)
        return
    tree = Tree()
    found = _teams_of(seller_ids) if teams is None else teams
    slugs = {node.slug for team in found for node in tree.above(team)}
    freshness.changed(freshness.EVERYBODY, *map(freshness.of_team, sorted(slugs)))


def _teams_of(seller_ids: Collection[int]) -> set[int]:
    members = Membership.objects.filter(seller__in=seller_ids).order_by()
    return set(members.values_list("team", flat=True))
