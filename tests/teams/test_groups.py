import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from teams import access
from teams.groups import ADMINISTRATOR, GROUPS, MANAGER, SELLER, make_groups

pytestmark = pytest.mark.django_db


def codenames(name):
    return set(Group.objects.get(name=name).permissions.values_list("codename", flat=True))


def test_a_migrated_database_has_the_three_groups():
    assert set(Group.objects.values_list("name", flat=True)) == {ADMINISTRATOR, MANAGER, SELLER}


@pytest.mark.parametrize("name", [ADMINISTRATOR, MANAGER, SELLER])
def test_a_group_has_every_permission_that_is_named(name):
    named = {
        f"{action}_{model}"
        for models in GROUPS[name].values()
        for model, actions in models.items()
        for action in actions
    }

    assert codenames(name) == named


def test_no_group_may_change_scores_or_groups():
    for name in GROUPS:
        assert not {"add_score", "change_score", "delete_score", "change_group", "add_group"} & codenames(
            name
        )


def test_managers_and_sellers_only_look():
    for name in (MANAGER, SELLER):
        assert all(codename.startswith("view_") for codename in codenames(name))


def test_who_is_in_the_group_is_an_administrator(ana):
    assert not access.is_administrator(ana)

    ana.groups.add(Group.objects.get(name=ADMINISTRATOR))
    assert not access.is_administrator(type(ana).objects.get(pk=ana.pk)), (
        "The administration is closed to her."
    )
    ana.is_staff = True
    ana.save()

    assert access.is_administrator(type(ana).objects.get(pk=ana.pk))


def test_making_them_twice_changes_nothing():
    before = {name: codenames(name) for name in GROUPS}

    make_groups()

    assert {name: codenames(name) for name in GROUPS} == before
    assert Group.objects.count() == 3


def test_what_is_lacking_comes_back_and_what_was_added_stays():
    group = Group.objects.get(name=SELLER)
    group.permissions.clear()
    added = Group.objects.get(name=ADMINISTRATOR).permissions.get(codename="view_user")
    group.permissions.add(added)

    call_command("migrate", verbosity=0)

    assert codenames(SELLER) == {"view_team", "view_industry", "view_kind", "view_score", "view_user"}


def test_a_database_without_groups_is_left_alone():
    without = MigrationExecutor(connection).loader.project_state([("contenttypes", "0001_initial")]).apps

    make_groups(apps=without)

    assert Group.objects.count() == 3
    assert apps.ready
