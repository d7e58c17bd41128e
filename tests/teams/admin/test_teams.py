import pytest
from django.urls import reverse

from teams.models import Membership, Seller, Team
from tests.cast import seller as new_seller
from tests.moments import TODAY

pytestmark = pytest.mark.django_db


def page(model, name="changelist", *args):
    return reverse(f"admin:teams_{model}_{name}", args=args)


def test_teams_stand_below_the_one_they_are_part_of(client, administrator, north, south):
    store = Team.objects.create(name="A store", slug="a-store", parent=south)
    Team.objects.create(name="A shelf", slug="a-shelf", parent=store)

    rows = client.get(page("team")).context["cl"].result_list

    assert [(team.depth, team.path) for team in rows] == [
        (0, "North"),
        (0, "South"),
        (1, "South/A store"),
        (2, "South/A store/A shelf"),
    ]


def test_a_page_of_the_tree_goes_on_where_the_last_ended(client, root, north):
    for n in range(60):
        Team.objects.create(name=f"Store {n:02}", slug=f"store-{n}", parent=north)
    client.force_login(root)

    second = client.get(page("team"), {"p": 2}).context["cl"].result_list

    assert [team.name for team in second] == [f"Store {n}" for n in range(49, 60)]


def test_a_team_counts_who_is_in_it_today(client, administrator, ana, ada, north):
    Seller.objects.filter(pk=ada.seller.pk).update(left_on=TODAY)

    (row,) = client.get(page("team")).context["cl"].result_list

    assert row.members_count == 1


def test_a_team_with_members_cannot_be_deleted_and_says_so(client, administrator, ana, north):
    response = client.post(page("team", "delete", north.pk), {"post": "yes"})

    assert Team.objects.filter(pk=north.pk).exists()
    assert "Ana Nowak" in response.content.decode()


def test_a_member_is_added_on_the_page_of_the_team(client, administrator, north, ana, south):
    response = client.post(page("team", "change", south.pk), team_form(south, new=(ana.seller.pk, TODAY, "")))
    assert "overlap" in response.content.decode()

    Membership.objects.filter(seller=ana.seller).update(until=TODAY)
    response = client.post(page("team", "change", south.pk), team_form(south, new=(ana.seller.pk, TODAY, "")))

    assert response.status_code == 302
    assert list(ana.seller.memberships.values_list("team__name", flat=True)) == ["North", "South"]


def team_form(team, *, new):
    seller, first, until = new
    return {
        "name": team.name,
        "slug": team.slug,
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-team": team.pk,
        "memberships-0-seller": seller,
        "memberships-0-first": first,
        "memberships-0-until": until,
    }


def test_a_page_of_a_large_team_has_a_link_instead_of_rows(client, root, north, retail, monkeypatch):
    for n in range(3):
        new_seller(f"p{n}", "Per", f"Son {n}", team=north, industry=retail)
    client.force_login(root)
    assert "memberships-0-seller" in client.get(page("team", "change", north.pk)).content.decode()

    monkeypatch.setattr("teams.admin.team.MOST_MEMBERS_ON_PAGE", 2)
    response = client.get(page("team", "change", north.pk)).content.decode()

    assert "memberships-0-seller" not in response
    assert f"{page('seller')}?team={north.pk}" in response
