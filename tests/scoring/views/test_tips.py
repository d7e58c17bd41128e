"""The page of the plan."""

import pytest
from django.urls import reverse

from scoring.models import Activity, Holding

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tips"}


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def test_the_gains_add_up_to_what_is_promised(signed_in):
    response = signed_in.get(reverse("tips"))

    plan, rows = response.context["plan"], [tip for tip, _token in response.context["tips"]]
    assert rows
    assert sum(tip.gain for tip in rows) == plan.predicted - plan.idle == response.context["more"]
    assert plan.minutes <= 60
    assert "According to our sources" in response.text


def test_the_seller_says_how_much_time_there_is(signed_in, ana):
    response = signed_in.post(reverse("tips"), {"minutes_per_week": 120})

    ana.seller.refresh_from_db()
    assert response.status_code == 302
    assert ana.seller.minutes_per_week == 120


def test_htmx_gets_the_new_plan(signed_in):
    response = signed_in.post(reverse("tips"), {"minutes_per_week": 0}, **HTMX)

    assert response.status_code == 200
    assert "No minutes, no plan" in response.text
    assert "<html" not in response.text


@pytest.mark.parametrize("minutes", ["-1", "2401", "an hour", ""])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_week_has_no_more_minutes(signed_in, ana, minutes, headers):
    response = signed_in.post(reverse("tips"), {"minutes_per_week": minutes}, **headers)

    ana.seller.refresh_from_db()
    assert response.status_code == 422
    assert ana.seller.minutes_per_week == 60
    assert "minutes_per_week" in response.context["form"].errors


def test_a_tip_is_logged_from_its_card(signed_in):
    tip, token = next(
        (t, token) for t, token in signed_in.get(reverse("tips")).context["tips"] if not t.standing
    )
    said = {"kind": tip.kind, "token": token, "next": reverse("tips")}

    response = signed_in.post(reverse("activities"), said, follow=True, **HTMX)

    assert Activity.objects.get().kind.code == tip.kind
    assert '<section id="tips"' in response.text
    assert "Logged:" in response.text


def test_a_standing_tip_is_ticked_from_its_card(signed_in):
    tip = next(t for t, _token in signed_in.get(reverse("tips")).context["tips"] if t.standing)
    said = {"held": "on", "next": reverse("tips")}

    response = signed_in.post(reverse("checklist-item", args=[tip.kind]), said, follow=True)

    assert Holding.objects.get().kind.code == tip.kind
    assert tip.kind not in [t.kind for t, _token in response.context["tips"]]
