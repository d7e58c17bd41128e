"""Pages that are kept: for whom, and that nothing else is ever given for them.

All with committed rows: in a transaction nothing is kept.
"""

import datetime
import re

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from ssi_dashboard import clock
from teams import moving
from teams.models import Follow, Membership, Team
from teams.shelf import Shelf
from tests.moments import TODAY
from tests.teams.acts import log
from tests.teams.crowd import crowd, hide, score
from tests.teams.kept.board import HTMX, board, entered, set_, version_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_unchanged_page_is_the_same_bytes(known):
    client, version = known

    first, second = board(client), board(client)

    assert first.content == second.content
    assert version_of(second) == version
    assert first["X-Request-ID"] != second["X-Request-ID"]
    assert first["Content-Security-Policy"] == second["Content-Security-Policy"]
    assert first["Content-Language"] == second["Content-Language"] == "en"
    assert {"private", "no-store"} <= set(second["Cache-Control"].split(", "))
    assert {"HX-Request", "Cookie"} <= set(second["Vary"].split(", "))


def test_who_keeps_pages_is_told_that_theirs_is_the_newest(known, ada):
    client, _version = known
    tag = board(client)["ETag"]

    answer = board(client, headers={"If-None-Match": f'W/"other", {tag}'})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert "no-store" in answer["Cache-Control"]

    log(ada, "comment_posted")
    assert board(client, headers={"If-None-Match": tag}).status_code == 200


def test_nobody_is_given_the_page_of_another(known, ana, ada, bruno, root):
    seen: dict[str, str] = {}
    for person in (ana, ada, bruno, root):
        client = entered(person)
        board(client)
        seen[person.email] = board(client).content.decode()

    assert "Ana Nowak</a>" in seen[ana.email]
    assert "Ada Wilk</a>" in seen[ada.email]
    assert f'href="{reverse("seller", args=[ana.seller.pk])}"' in seen[bruno.email]
    assert reverse("seller", args=[ana.seller.pk]) + '"' not in seen[ada.email]
    assert reverse("admin:index") in seen[root.email]
    assert reverse("admin:index") not in seen[bruno.email]


def test_every_session_has_its_own_page(ana, known):
    client, _version = known
    other = entered(ana)

    assert board(client).content != board(other).content


def test_each_question_has_its_own_page(known, ana, north):
    client, _version = known
    crowd(north, [7000 - n for n in range(60)])
    questions = [{}, {"page": "2"}, {"q": "wilk"}, {"sort": "-brand"}, {"period": "2026-W47"}]

    pages = [board(client, **question).content for question in questions]
    regions = [board(client, headers=HTMX, **question).content for question in questions]

    assert len({*pages, *regions}) == 10
    assert [board(client, **question).content for question in questions] == pages
    again = [board(client, headers=HTMX, **question) for question in questions]
    assert [answer.content for answer in again] == regions
    assert again[1]["HX-Push-Url"] == "/teams/north/?page=2"


def test_the_browsers_language_is_part_of_the_question(known):
    client, _version = known

    english = board(client, headers={"Accept-Language": "en"})
    polish = board(client, headers={"Accept-Language": "pl"})

    assert (english["Content-Language"], polish["Content-Language"]) == ("en", "pl")
    assert 'lang="pl"' in polish.content.decode()
    assert board(client, headers={"Accept-Language": "en"}).content == english.content


def test_tomorrow_is_another_page(known, ana, monkeypatch):
    client, version = known
    Membership.objects.filter(seller=ana.seller).update(until=TODAY + datetime.timedelta(days=1))
    assert board(client).status_code == 200

    monkeypatch.setattr(clock, "today", lambda: TODAY + datetime.timedelta(days=1))

    assert board(client).status_code == 404
    assert board(client, headers=HTMX, v=version).status_code == 404


REVOCATIONS = {
    "moved": lambda ana, south: moving.move(ana.seller, to=south, on=TODAY),
    "left": lambda ana, _south: set_(ana.seller, left_on=TODAY),
    "membership ended": lambda ana, _south: set_(ana.seller.memberships.get(), until=TODAY),
}


@pytest.mark.parametrize("how", REVOCATIONS)
def test_a_seller_who_may_not_look_any_more_is_refused_at_once(known, ana, south, how):
    client, version = known
    assert board(client).status_code == 200

    REVOCATIONS[how](ana, south)

    assert board(client).status_code == 404
    assert board(client, headers=HTMX, v=version).status_code == 404


def test_a_manager_who_is_none_any_more_is_refused_at_once(known, bruno, north, south):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    client = entered(bruno)
    for slug in ("north", "store"):
        assert board(client, of=slug).status_code == 200

    store.parent = south
    store.save()
    assert (board(client).status_code, board(client, of="store").status_code) == (200, 404)

    north.managers.remove(bruno)
    assert board(client).status_code == 404


def test_who_administers_no_more_or_is_locked_out_sees_nothing(known, root):
    client = entered(root)
    assert board(client).status_code == 200

    root.is_superuser = False
    root.save()
    assert board(client).status_code == 404

    root.is_superuser, root.is_active = True, False
    root.save()
    assert board(client).status_code == 302


def test_after_signing_out_nothing_is_shown(known):
    client, version = known
    cookies = dict(client.cookies)
    client.post(reverse("account_logout"))

    assert board(client).status_code == 302
    client.cookies.load({settings.SESSION_COOKIE_NAME: cookies[settings.SESSION_COOKIE_NAME].value})
    assert board(client).status_code == 302
    assert board(client, headers=HTMX, v=version).status_code == 200  # htmx is led to the sign-in
    assert "HX-Redirect" in board(client, headers=HTMX, v=version)


def test_a_hidden_colleague_is_gone_from_the_next_page(known, ada):
    client, _version = known
    assert "Wilk" in board(client).content.decode()

    hide(ada)

    assert "Wilk" not in board(client).content.decode()


def test_a_form_of_a_kept_page_is_good(ana, ada):
    score(ana, 6000)
    score(ada, 5000)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    board(client)
    seen = board(client).content.decode()
    form = re.search(r'<form method="post" action="([^"]*/follow/)".*?</form>', seen, re.DOTALL)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))

    answer = client.post(form[1], fields)

    assert (answer.status_code, answer["Location"]) == (302, reverse("leaderboard", args=["north"]))
    assert Follow.objects.filter(follower=ana.seller, followed=ada.seller).exists()


def test_messages_are_shown_once_and_not_kept(known):
    client, _version = known
    client.post(
        reverse("preferences"),
        {
            "language": "",
            "theme": "system",
            "time_zone": "",
            "shown_on_boards": "on",
            "minutes_per_week": "60",
        },
    )

    said = [b"Preferences saved" in board(client).content for _time in range(3)]

    assert said == [True, False, False]


def test_without_the_store_pages_are_made_as_ever(known, ana, ada, monkeypatch, caplog):
    client, version = known
    store = caches["forgetful"]
    monkeypatch.setattr(store, "_servers", ["unix:///nowhere/valkey.sock"])
    monkeypatch.setattr(store, "_cache", store._class(store._servers))

    first, second = board(client), board(client)

    assert first.status_code == second.status_code == 200
    assert "Ada Wilk" in second.content.decode()
    assert board(client, headers=HTMX, v=version).status_code == 200
    hide(ada)
    assert "Wilk" not in board(client).content.decode()
    assert sum("does not answer" in line for line in caplog.messages) == 1


def test_a_shelf_lets_go_of_what_is_old_or_too_much(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr("teams.shelf.time.monotonic", lambda: now[0])
    shelf = Shelf(100, 60.0)
    for number in range(4):
        shelf.put(str(number), number, size=40)
        now[0] += 10

    assert [shelf.get(str(number)) for number in range(4)] == [None, None, 2, 3]
    shelf.put("3", "three", size=90)
    assert (len(shelf), shelf.get("3")) == (1, "three")
    now[0] += 60
    assert (shelf.get("3"), len(shelf)) == (None, 0)
