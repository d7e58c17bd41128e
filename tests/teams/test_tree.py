"""The tree of teams, as kept by a process and as it is."""

import pytest
from django.core.cache import cache
from django.db import transaction

from ssi_dashboard import clock
from teams.access import Reach, team_of
from teams.models import Membership, Seller, Team, User
from teams.signin import SignInBackend
from teams.tree import Tree
from tests.moments import TODAY, days_ago


def grow():
    """A tree of three levels, made so that the keys are in no order."""
    east = Team.objects.create(name="East", slug="east")
    store = Team.objects.create(name="Store", slug="store", parent=east)
    desk = Team.objects.create(name="Desk", slug="desk", parent=store)
    west = Team.objects.create(name="West", slug="west")
    attic = Team.objects.create(name="Attic", slug="attic", parent=east)
    return {team.slug: team.pk for team in (east, store, desk, west, attic)}


@pytest.mark.django_db
def test_who_is_below_and_above_whom():
    keys = grow()
    tree = Tree()

    assert tree.below(keys["east"]) == {keys[name] for name in ("east", "store", "desk", "attic")}
    assert tree.below_any([keys["store"], keys["west"]]) == {keys[name] for name in ("store", "desk", "west")}
    assert [node.slug for node in tree.above(keys["desk"])] == ["desk", "store", "east"]
    assert tree.above(None) == tree.above(0) == []
    assert tree.path(keys["desk"]) == "East/Store/Desk"
    assert tree.path(None) == ""
    assert [node.slug for node in tree.children(keys["east"])] == ["attic", "store"]
    assert [(depth, node.slug) for depth, node in tree.walk()] == [
        (0, "east"),
        (1, "attic"),
        (1, "store"),
        (2, "desk"),
        (0, "west"),
    ]


@pytest.mark.django_db
def test_the_first_of_some_is_the_one_that_a_walk_meets_first():
    keys = grow()
    tree = Tree()
    order = [node.pk for _depth, node in tree.walk()]

    for some in (["west", "desk"], ["store", "attic"], ["desk", "store", "west"], ["west"]):
        chosen = {keys[name] for name in some}
        assert tree.first(chosen) == tree.node(next(pk for pk in order if pk in chosen))
    assert tree.first([]) is tree.first([0]) is None


@pytest.mark.django_db
def test_a_ring_ends():
    keys = grow()
    Team.objects.filter(pk=keys["east"]).update(parent=keys["desk"])

    tree = Tree()

    assert [node.slug for node in tree.above(keys["desk"])] == ["desk", "store", "east"]
    assert tree.below(keys["east"]) == {keys[name] for name in ("east", "store", "desk", "attic")}


@pytest.mark.django_db(transaction=True)
def test_it_is_read_once_until_a_team_changes(django_assert_num_queries):
    keys = grow()
    Tree()
    with django_assert_num_queries(0):
        assert Tree().path(keys["desk"]) == "East/Store/Desk"

    store = Team.objects.get(slug="store")
    store.name, store.parent_id = "Shop", keys["west"]
    store.save()
    with django_assert_num_queries(1):
        assert Tree().path(keys["desk"]) == Tree().path(keys["desk"]) == "West/Shop/Desk"

    Team.objects.get(slug="desk").delete()
    assert Tree().path(keys["desk"]) == ""

    cache.clear()
    with django_assert_num_queries(1):
        assert Tree().path(keys["store"]) == Tree().path(keys["store"]) == "West/Shop"


@pytest.mark.django_db(transaction=True)
def test_what_never_came_true_is_kept_by_nobody():
    grow()
    Tree()
    with transaction.atomic():
        ghost = Team.objects.create(name="Ghost", slug="ghost")
        assert Tree().path(ghost.pk) == "Ghost"
        transaction.set_rollback(True)

    assert Tree().path(ghost.pk) == ""


@pytest.mark.django_db
@pytest.mark.parametrize(("most", "found"), [(0, False), (2, False), (3, True), (9, True)])
def test_few_teams_below_are_told_and_many_are_not(most, found):
    keys = grow()
    tree = Tree()
    some = {keys["store"], keys["desk"], keys["attic"]}
    assert tree.few_below([keys["attic"], keys["store"]], most=most) == (some if found else None)
    assert tree.below_any([keys["attic"], keys["store"]]) == some
    assert tree.few_below([], most=most) == set()


@pytest.mark.django_db
def test_where_a_person_may_look(ana, bruno, chiara, root, north, south):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    reach = {user: Reach(user, today=TODAY) for user in (ana, bruno, chiara, root)}
    teams = (north, south, store)

    assert [[reach[user].sees(team.pk) for team in teams] for user in reach] == [
        [True, False, False],
        [True, False, True],
        [False, True, False],
        [True, True, True],
    ]
    assert [[reach[user].coaches(team.pk) for team in teams] for user in reach] == [
        [False, False, False],
        [True, False, True],
        [False, True, False],
        [True, True, True],
    ]
    assert [[reach[user].meets(team) for team in (north.pk, south.pk, store.pk, None)] for user in reach] == [
        [True, False, True, False],
        [True, False, True, False],
        [False, True, False, False],
        [True, True, True, False],
    ]
    assert [reach[user].first().slug for user in reach] == ["north", "north", "south", "north"]


@pytest.mark.django_db
def test_nothing_is_asked_of_who_came_in_today_and_manages_nobody(
    ana, bruno, root, north, south, django_assert_num_queries, monkeypatch
):
    def reach_of(user, *, on=TODAY, asked=0):
        signed_in, tree = SignInBackend().get_user(user.pk), Tree()
        with django_assert_num_queries(asked):
            found = Reach(signed_in, today=on, tree=tree)
        expected = Reach(User.objects.get(pk=user.pk), today=on, tree=tree)
        assert (found.own, found.managed) == (expected.own, expected.managed)
        assert team_of(signed_in, today=on) == team_of(user, today=on)
        return found

    monkeypatch.setattr(clock, "today", lambda: TODAY)
    Membership.objects.filter(seller=ana.seller).update(first=days_ago(9), until=TODAY)
    Membership.objects.create(seller=ana.seller, team=south, first=TODAY)
    assert reach_of(ana).own == {south.pk}
    assert reach_of(ana, on=days_ago(1), asked=1).own == {north.pk}
    assert reach_of(root).own == set()

    Seller.objects.create(user=bruno, joined_on=days_ago(9))
    assert reach_of(bruno, asked=1).managed == {north.pk}

    Seller.objects.filter(user=ana).update(left_on=TODAY)
    assert reach_of(ana).own == set()
    assert team_of(ana, today=TODAY) == south.pk, "Who has left is still the team's, for its managers."
