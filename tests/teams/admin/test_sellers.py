import pytest
from django.urls import reverse

from scoring import intake, recompute
from scoring.models import Kind, Restatement, Score
from teams.models import Leave, Membership, Seller, Team, User
from tests.cast import JOINED_ON
from tests.moments import TODAY, days_ago

pytestmark = pytest.mark.django_db


def page(model, name="changelist", *args):
    return reverse(f"admin:teams_{model}_{name}", args=args)


def seller_form(seller, memberships=(), leave=()):
    data = {
        "user": seller.user_id,
        "joined_on": seller.joined_on,
        "shown_on_boards": "on",
        "minutes_per_week": 60,
    }
    for prefix, rows in (("memberships", memberships), ("leaves", leave)):
        data[f"{prefix}-TOTAL_FORMS"] = len(rows)
        data[f"{prefix}-INITIAL_FORMS"] = sum(1 for row in rows if "id" in row)
        for n, row in enumerate(rows):
            data[f"{prefix}-{n}-seller"] = seller.pk or ""
            data |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
    return data


def test_one_membership_ends_and_the_next_begins_in_one_save(client, administrator, ana, south):
    seller = ana.seller
    recompute.settle(seller.pk, today=TODAY)
    known = seller.memberships.get()

    response = client.post(
        page("seller", "change", seller.pk),
        seller_form(
            seller,
            [
                {"id": known.pk, "team": known.team_id, "first": known.first, "until": days_ago(5)},
                {"team": south.pk, "first": days_ago(5), "until": ""},
            ],
        ),
    )

    assert response.status_code == 302
    assert Restatement.objects.filter(pk=seller.pk).exists()
    recompute.settle(seller.pk, today=TODAY)
    assert Score.objects.get(seller=seller, day=days_ago(6)).team.name == "North"
    assert Score.objects.get(seller=seller, day=days_ago(5)).team == south


def test_two_memberships_change_places_without_meeting_on_the_way(client, root, ana, north, south):
    seller = ana.seller
    first = seller.memberships.get()
    first.until = days_ago(20)
    first.save()
    second = Membership.objects.create(seller=seller, team=south, first=days_ago(20), until=days_ago(10))
    client.force_login(root)

    response = client.post(
        page("seller", "change", seller.pk),
        seller_form(
            seller,
            [
                {"id": first.pk, "team": north.pk, "first": first.first, "until": days_ago(15)},
                {"id": second.pk, "team": south.pk, "first": days_ago(15), "until": ""},
            ],
        ),
    )

    assert response.status_code == 302
    assert list(seller.memberships.values_list("pk", "first", "until")) == [
        (first.pk, JOINED_ON, days_ago(15)),
        (second.pk, days_ago(15), None),
    ]


def test_memberships_that_overlap_are_refused(client, administrator, ana, south):
    known = ana.seller.memberships.get()

    response = client.post(
        page("seller", "change", ana.seller.pk),
        seller_form(
            ana.seller,
            [
                {"id": known.pk, "team": known.team_id, "first": known.first, "until": days_ago(5)},
                {"team": south.pk, "first": days_ago(6), "until": ""},
            ],
        ),
    )

    assert "one team a day" in response.content.decode()
    assert ana.seller.memberships.count() == 1


def test_a_membership_is_removed_on_the_page(client, root, ana):
    known = ana.seller.memberships.get()
    recompute.settle(ana.seller.pk, today=TODAY)
    client.force_login(root)

    row = {"id": known.pk, "team": known.team_id, "first": known.first, "until": "", "DELETE": "on"}
    client.post(page("seller", "change", ana.seller.pk), seller_form(ana.seller, [row]))

    assert not ana.seller.memberships.exists()
    recompute.settle(ana.seller.pk, today=TODAY)
    assert not Score.objects.of(ana.seller).exists()


def test_leave_is_entered_on_the_page_and_restated(client, administrator, ana):
    known = ana.seller.memberships.get()
    recompute.settle(ana.seller.pk, today=TODAY)

    client.post(
        page("seller", "change", ana.seller.pk),
        seller_form(
            ana.seller,
            [{"id": known.pk, "team": known.team_id, "first": known.first, "until": ""}],
            [{"first": days_ago(20), "until": days_ago(10)}],
        ),
    )

    assert Leave.objects.get().first == days_ago(20)
    assert Restatement.objects.get().first == days_ago(20)


def test_a_seller_is_made_by_hand_with_a_team(client, administrator, bruno, north):
    seller = Seller(user=bruno, joined_on=TODAY)

    response = client.post(
        page("seller", "add"), seller_form(seller, [{"team": north.pk, "first": TODAY, "until": ""}])
    )

    assert response.status_code == 302
    assert Membership.objects.get(seller__user=bruno).team == north
    assert Restatement.objects.get(seller__user=bruno).first == TODAY


def test_the_page_shows_scores_and_cannot_change_them(client, administrator, ana):
    recompute.settle(ana.seller.pk, today=TODAY)

    text = client.get(page("seller", "change", ana.seller.pk)).content.decode()

    assert "0.00" in text
    assert 'name="ssi"' not in text
    assert f'href="{reverse("seller", args=[ana.seller.pk])}" class="viewsitelink"' in text


def test_sellers_are_found_by_name_mail_state_and_team(client, administrator, ana, ada, sofia, north):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    Membership.objects.filter(seller=ada.seller).update(team=store)
    Seller.objects.filter(pk=sofia.seller.pk).update(left_on=TODAY)

    def found(**query):
        return [seller.name for seller in client.get(page("seller"), query).context["cl"].result_list]

    assert found(q="nowak") == ["Ana Nowak"]
    assert found(q="ada@example") == ["Ada Wilk"]
    assert found(state="left") == ["Sofia Russo"]
    assert found(state="active") == ["Ana Nowak", "Ada Wilk"]
    assert found(team=north.pk) == ["Ana Nowak", "Ada Wilk"]
    assert found(team=store.pk) == ["Ada Wilk"]
    assert found(team="", q="a") == ["Ana Nowak", "Sofia Russo", "Ada Wilk"]
    Membership.objects.filter(seller=ada.seller).delete()
    assert found(team="none") == ["Ada Wilk"]


def test_a_seller_with_a_past_is_not_deleted(client, administrator, ana):
    entry = intake.Entry(Kind.objects.get(code="comment_posted"), TODAY)
    intake.record(ana.seller.pk, entry, token="7f7c3b0e-0000-4000-8000-000000000001", today=TODAY)

    response = client.post(page("seller", "delete", ana.seller.pk), {"post": "yes"})
    client.post(page("user", "delete", ana.pk), {"post": "yes"})

    assert "Set the seller as left instead" in response.content.decode()
    assert Seller.objects.filter(user=ana).exists()


def test_a_seller_made_by_mistake_is_deleted_with_all_that_was_computed(client, administrator, ana):
    recompute.settle(ana.seller.pk, today=TODAY)
    assert "scores" in client.get(page("seller", "delete", ana.seller.pk)).content.decode()

    client.post(page("seller", "delete", ana.seller.pk), {"post": "yes"})

    assert not Seller.objects.exists()
    assert not Score.objects.exists()
    assert User.objects.filter(pk=ana.pk).exists()
