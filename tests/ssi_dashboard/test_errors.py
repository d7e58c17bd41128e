"""What goes wrong says so in the house's own words."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from scoring.models import Activity
from ssi_dashboard import views
from teams.models import User


def test_the_page_for_what_broke_stands_without_a_context():
    text = render_to_string("500.html")

    assert "Something broke on our side" in text
    assert "<script" not in text


def test_what_breaks_gets_a_page_and_a_reference_that_the_log_names(db, caplog, monkeypatch):
    def broken(_user):
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(views.access, "seller_of", broken)
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_user("ana@example.com"))

    response = client.get(reverse("home"))

    assert response.status_code == 500
    assert response["X-Request-ID"] in caplog.text


def test_an_address_that_is_none_is_a_page_of_the_house(client, ana):
    client.force_login(ana)

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "SSI Dashboard" in response.content.decode()


def test_a_form_older_than_the_sign_in_is_explained_and_changes_nothing(ana):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    plain = client.post(reverse("activities"), {"kind": "comment_posted", "token": "x"})
    by_htmx = client.post(reverse("activities"), {}, headers={"HX-Request": "true"})

    assert plain.status_code == by_htmx.status_code == 403
    assert "expired" in plain.content.decode().lower()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_signing_in_lies_behind_the_same_door_for_the_administration(client, db, method):
    response = getattr(client, method)(reverse("admin:login"))

    assert response.status_code in (302, 405)
    if response.status_code == 302:
        assert response.url.startswith(reverse("account_login"))
