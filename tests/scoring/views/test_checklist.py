"""The profile checklist: ticked and unticked."""

import datetime

import pytest
from django.urls import reverse

from scoring import recompute
from scoring.models import Holding, Kind, Score
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "day"}


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def tick(client, held, code="profile_photo", **said):
    headers = said.pop("headers", {})
    return client.post(reverse("checklist-item", args=[code]), {"held": held, **said}, **headers)


def test_a_tick_holds_from_today_and_counts_at_once(signed_in, ana):
    response = tick(signed_in, "on")

    assert response.status_code == 302
    held = Holding.objects.get()
    assert (held.seller, held.kind.code, held.first, held.until) == (
        ana.seller,
        "profile_photo",
        clock.today(),
        None,
    )
    assert Score.objects.get(day=clock.today()).brand > 0


def test_ticked_twice_is_ticked_once(signed_in):
    tick(signed_in, "on")
    tick(signed_in, "on")

    assert Holding.objects.count() == 1


def test_unticked_the_same_day_it_never_was(signed_in):
    tick(signed_in, "on")
    tick(signed_in, "off")

    assert not Holding.objects.exists()
    assert Score.objects.get(day=clock.today()).ssi == 0


def test_on_my_day_the_region_answers_with_the_news(signed_in):
    response = tick(signed_in, "on", headers=HTMX)

    assert response.status_code == 200
    assert '<section id="day"' in response.text
    assert "Ticked: Professional photo in place. Index" in response.text


def test_another_page_gets_its_own_region_back(signed_in):
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tips"}

    response = tick(signed_in, "on", next=reverse("tips"), headers=headers)

    assert response.status_code == 302
    assert response["Location"] == reverse("tips")


@pytest.mark.parametrize("code", ["comment_posted", "juggling"])
def test_only_standing_items_are_on_the_list(signed_in, code):
    assert tick(signed_in, "on", code).status_code == 404


def test_neither_on_nor_off_is_refused(signed_in):
    assert tick(signed_in, "maybe").status_code == 400


def test_a_manager_has_no_list(client, bruno):
    client.force_login(bruno)

    assert tick(client, "on").status_code == 404


def long_ago(ana, days):
    tick_day = clock.today() - datetime.timedelta(days=days)
    photo = Kind.objects.get(code="profile_photo")
    return Holding.objects.create(seller=ana.seller, kind=photo, first=tick_day, confirmed_on=tick_day)


@pytest.mark.parametrize(("days", "asks"), [(179, False), (180, True), (400, True)])
@pytest.mark.parametrize("name", ["my-day", "my-index"])
def test_after_half_a_year_the_seller_is_asked_again(signed_in, ana, name, days, asks):
    long_ago(ana, days)

    text = signed_in.get(reverse(name)).text

    assert ("Still true?" in text) is asks


def test_asked_again_nothing_changes_by_itself(signed_in, ana):
    held = long_ago(ana, 200)
    recompute.restate(ana.seller.pk, first=held.first, today=clock.today())
    before = Score.objects.get(day=clock.today()).ssi

    signed_in.get(reverse("my-day"))

    held.refresh_from_db()
    assert held.until is None
    assert Score.objects.get(day=clock.today()).ssi == before > 0


def test_yes_confirms_it_for_another_half_year_and_changes_no_score(signed_in, ana):
    held = long_ago(ana, 200)
    recompute.restate(ana.seller.pk, first=held.first, today=clock.today())
    before = Score.objects.get(day=clock.today()).ssi

    response = tick(signed_in, "on", headers=HTMX)

    held.refresh_from_db()
    assert (held.confirmed_on, held.until) == (clock.today(), None)
    assert Holding.objects.count() == 1
    assert Score.objects.get(day=clock.today()).ssi == before
    assert "Confirmed: Professional photo in place." in response.text
    assert "Still true?" not in response.text


def test_no_ends_it_today(signed_in, ana):
    held = long_ago(ana, 200)

    tick(signed_in, "off")

    held.refresh_from_db()
    assert held.until == clock.today()
