import pytest
from django.urls import reverse

from ssi_dashboard import clock
from teams.models import Follow, Membership
from tests.teams.crowd import DAY, WEEK_AGO, hide, publish, score

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def published(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)
    publish()


def board(client, *, of="north", headers=None, **query):
    return client.get(reverse("leaderboard", args=[of]), query, headers=headers or {})


def names(response):
    return [place.name for place in response.context["page"]]


def test_following_twice_is_once_and_unfollowing_ends_it(client, ana, ada):
    score(ada, 6000)
    client.force_login(ana)
    url = reverse("follow", args=[ada.seller.pk])

    for _ in range(2):
        client.post(url, {"state": "on", "next": "/teams/north/?q=a"})
    assert Follow.objects.get().follower == ana.seller
    assert [place.followed for place in board(client).context["page"]] == [True]

    for _ in range(2):
        response = client.post(url, {"state": "off", "next": "/teams/north/?q=a"})
    assert not Follow.objects.exists()
    assert response["Location"] == "/teams/north/?q=a"


def test_htmx_gets_the_button_in_its_new_state(client, ana, ada):
    client.force_login(ana)

    url = reverse("follow", args=[ada.seller.pk])
    response = client.post(url, {"state": "on", "next": "/"}, headers=HTMX)

    assert 'aria-pressed="true"' in response.content.decode()
    assert 'value="off"' in response.content.decode()
    assert "You follow Ada Wilk." in response.content.decode()


def test_the_followed_colleague_sees_by_whom(client, ana, ada):
    Follow.objects.create(follower=ana.seller, followed=ada.seller)
    score(ada, 6000)
    client.force_login(ada)

    assert "1 colleague follows you: Ana Nowak" in board(client).content.decode()


def test_one_follows_only_whom_one_sees_on_a_board(client, ana, ada, sofia, bruno):
    hide(ada)
    client.force_login(ana)
    for pk in (sofia.seller.pk, ada.seller.pk, ana.seller.pk, 999):
        assert client.post(reverse("follow", args=[pk]), {"state": "on", "next": "/"}).status_code == 404

    client.force_login(bruno)
    assert client.post(reverse("follow", args=[ana.seller.pk]), {"state": "on"}).status_code == 404
    assert not Follow.objects.exists()


def test_who_is_out_of_sight_can_still_be_unfollowed(client, ana, ada, south):
    Follow.objects.create(follower=ana.seller, followed=ada.seller)
    Membership.objects.filter(seller=ada.seller).update(team=south)
    client.force_login(ana)

    client.post(reverse("follow", args=[ada.seller.pk]), {"state": "off", "next": "/"})

    assert not Follow.objects.exists()


def test_following_needs_to_be_told_what(client, ana, ada):
    client.force_login(ana)

    assert client.post(reverse("follow", args=[ada.seller.pk]), {"state": "maybe"}).status_code == 422
    assert client.get(reverse("follow", args=[ada.seller.pk])).status_code == 405


@pytest.mark.parametrize("elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_following_leads_to_no_other_place(client, ana, ada, elsewhere):
    client.force_login(ana)

    response = client.post(reverse("follow", args=[ada.seller.pk]), {"state": "on", "next": elsewhere})

    assert response["Location"] == "/"


def test_who_has_moved_away_cannot_be_followed_from_a_past_board(client, ana, ada, south):
    Membership.objects.filter(seller=ada.seller).update(until=WEEK_AGO)
    Membership.objects.create(seller=ada.seller, team=south, first=WEEK_AGO)
    client.force_login(ana)

    response = client.post(reverse("follow", args=[ada.seller.pk]), {"state": "on"})

    assert response.status_code == 404
    assert not Follow.objects.exists()


def test_a_followed_colleague_who_hides_is_not_named(client, ana, ada):
    Follow.objects.create(follower=ana.seller, followed=ada.seller)
    hide(ada)
    client.force_login(ana)

    assert "Ada Wilk" not in board(client).content.decode()


def test_a_refused_way_back_leads_to_the_start(client, ana, ada):
    client.force_login(ana)

    response = client.post(reverse("follow", args=[ada.seller.pk]), {"state": "on", "next": "\0"})

    assert response.status_code == 302
    assert Follow.objects.count() == 1
