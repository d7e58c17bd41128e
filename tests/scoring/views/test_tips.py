"""The page of the tips that fit."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from scoring.models import Activity, HiddenTip, Holding
from tests.moments import NOON, TODAY
from tests.teams.costs import queries_of

PAGE = "/tips/"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "tips"}


@pytest.fixture(autouse=True)
def traveller():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def tips_of(client):
    return [tip for tip, _token in client.get(PAGE).context["tips"]]


def test_there_is_one_tip_a_pillar_with_a_figure_and_a_fact_with_its_source(signed_in):
    response = signed_in.get(PAGE)

    tips = [tip for tip, _token in response.context["tips"]]
    assert [tip.pillar for tip in tips] == ["brand", "find", "engage", "relate"]
    assert all(tip.gain > 0 for tip in tips)
    assert "According to our sources" in response.text


def test_a_tip_is_logged_from_its_card(signed_in):
    tip, token = next((t, token) for t, token in signed_in.get(PAGE).context["tips"] if not t.standing)
    said = {"kind": tip.kind, "token": token, "next": PAGE}

    response = signed_in.post(reverse("activities"), said, follow=True, **HTMX)

    assert Activity.objects.get().kind.code == tip.kind
    assert '<section id="tips"' in response.text
    assert "Logged:" in response.text
    assert tip.kind not in [t.kind for t in tips_of(signed_in)]


def test_a_standing_tip_is_ticked_from_its_card(signed_in, traveller):
    while not (standing := [tip for tip in tips_of(signed_in) if tip.standing]):
        traveller.shift(timedelta(days=14))
    said = {"held": "on", "next": PAGE}

    signed_in.post(reverse("checklist-item", args=[standing[0].kind]), said)

    assert Holding.objects.get().kind.code == standing[0].kind
    assert standing[0].kind not in [tip.kind for tip in tips_of(signed_in)]


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_tip_is_hidden_for_30_days(signed_in, traveller, headers):
    tip = tips_of(signed_in)[0]

    response = signed_in.post(reverse("tip-hiding", args=[tip.code]), follow=True, **headers)

    assert "Hidden until 20 December 2026." in response.text
    assert tip.code not in [tip.code for tip in tips_of(signed_in)]
    assert HiddenTip.objects.get().until == TODAY + timedelta(days=30)
    signed_in.post(reverse("tip-hiding", args=[tip.code]))
    assert HiddenTip.objects.count() == 1


def test_hiding_is_undone(signed_in):
    tip = tips_of(signed_in)[0]
    signed_in.post(reverse("tip-hiding", args=[tip.code]))

    for _twice in range(2):
        response = signed_in.post(reverse("tip-return", args=[tip.code]), follow=True)

    assert "The tip is back." in response.text
    assert tips_of(signed_in)[0] == tip


def test_there_is_no_tip_of_that_name(signed_in):
    assert signed_in.post(reverse("tip-hiding", args=["Z9"])).status_code == 404
    assert not HiddenTip.objects.exists()


def test_what_others_hide_is_seen(signed_in, ada):
    HiddenTip.objects.create(
        seller=ada.seller, tip=tips_of(signed_in)[0].code, until=TODAY + timedelta(days=9)
    )

    assert len(tips_of(signed_in)) == 4
    assert signed_in.get(PAGE).context["hidden"] == 0


def test_hidden_tips_cost_no_queries_of_their_own(signed_in):
    tips = tips_of(signed_in)
    few = queries_of(lambda: signed_in.get(PAGE))
    for tip in tips:
        signed_in.post(reverse("tip-hiding", args=[tip.code]))
    signed_in.get(PAGE)

    assert queries_of(lambda: signed_in.get(PAGE)) == few
