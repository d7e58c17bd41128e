"""Pages that are kept: for whom, for how long, and that nothing else is ever given for them.

All with committed rows: in a transaction nothing is kept.
"""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from scoring import intake, night, recompute
from scoring.signals import scores_changed
from ssi_dashboard import clock
from teams import following, moving
from teams.models import Follow, Membership, Team
from teams.shelf import Shelf
from tests.cast import JOINED_ON, seller
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log
from tests.teams.crowd import crowd, hide, publish, score

pytestmark = pytest.mark.django_db(transaction=True)

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def published(transactional_db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    publish()


def board(client, *, of="north", headers=None, **query):
    return client.get(reverse("leaderboard", args=[of]), query, headers=headers or {})


def entered(person):
    client = Client()
    client.force_login(person)
    return client


def version_of(response):
    return re.search(rb"[?;]v=(\w+)", response.content)[1].decode()


def news(client, version, *, of="north"):
    """Whether the page that asks for news of itself gets some."""
    answer = board(client, of=of, headers=HTMX, v=version)
    assert answer.status_code in (200, 204)
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code == 200


@pytest.fixture
def known(ana, ada):
    """The client of Ana, who has seen her board, and its version."""
    score(ana, 6000)
    score(ada, 5000)
    client = entered(ana)
    return client, version_of(board(client))


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


def test_neither_an_unchanged_page_nor_asking_for_news_asks_the_database(known, django_assert_num_queries):
    client, version = known
    board(client)

    with django_assert_num_queries(1):  # who is signed in
        assert not news(client, version)
    with django_assert_num_queries(1):
        assert board(client).status_code == 200


def test_who_keeps_pages_is_told_that_theirs_is_the_newest(known, ada):
    client, _version = known
    tag = board(client)["ETag"]

    answer = board(client, headers={"If-None-Match": f'W/"other", {tag}'})
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert "no-store" in answer["Cache-Control"]

    log(ada, "comment_posted")
    assert board(client, headers={"If-None-Match": tag}).status_code == 200


def test_without_htmx_a_version_in_the_address_means_nothing(known):
    client, version = known

    assert board(client, v=version).status_code == 200


def make_night():
    night.run_again(TODAY)
    for run in night.open_runs(today=TODAY):
        night.start(run, now=NOON)
        night.complete(run, now=NOON, today=TODAY)


def import_row(tmp_path):
    file = tmp_path / "acts.csv"
    file.write_text(f"seller,day,kind,quantity\nada@example.com,{days_ago(3)},comment_posted,3\n")
    call_command("import_activities", str(file))
    for key in night.waiting_restatements():
        recompute.settle(key, today=TODAY)


CHANGES = {
    "an act is logged": lambda it: log(it.ada, "comment_posted"),
    "an older act is logged": lambda it: log(it.ada, "comment_posted", days_ago(40)),
    "the checklist": lambda it: hold(it.ada, "profile_photo"),
    "scores are restated": lambda it: recompute.restate(it.ada.seller.pk, first=days_ago(5), today=TODAY),
    "a night is published": lambda _it: make_night(),
    "everybody's scores": lambda _it: scores_changed.send(sender=None, seller_ids=None),
    "another membership": lambda it: moving.move(it.ada.seller, to=it.south, on=TODAY),
    "a membership is deleted": lambda it: it.ada.seller.memberships.all().delete(),
    "another name": lambda it: set_(it.ada, last_name="Other"),
    "a team's name": lambda it: set_(it.north, name="Northwest"),
    "a team below": lambda it: Team.objects.create(name="Store", slug="store", parent=it.north),
    "a manager": lambda it: it.north.managers.add(it.ada),
    "a permission": lambda it: it.ada.groups.add(Group.objects.create(name="Readers")),
    "who hides": lambda it: hide(it.ada),
    "who leaves": lambda it: set_(it.ada.seller, left_on=TODAY),
    "who is deleted": lambda it: it.ada.delete(),
}


def set_(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_news(south, known, ada, north, change):
    client, version = known
    assert not news(client, version)

    CHANGES[change](SimpleNamespace(ada=ada, north=north, south=south))

    assert news(client, version)


def test_an_edit_and_a_deletion_are_news(known, ada):
    client, _version = known
    act = log(ada, "comment_posted", quantity=2)
    for change in (
        lambda: intake.change(act, intake.Entry(act.kind, TODAY, quantity=3), today=TODAY),
        lambda: intake.delete(act, now=NOON, today=TODAY),
        lambda: intake.undo_delete(act, now=NOON, today=TODAY),
    ):
        version = version_of(board(client))
        change()
        act.refresh_from_db()
        assert news(client, version)


def test_an_import_is_news(known, tmp_path):
    client, version = known

    import_row(tmp_path)

    assert news(client, version)


def test_people_from_a_file_are_news(known, tmp_path):
    client, version = known
    file = tmp_path / "people.csv"
    file.write_text(
        "email,first_name,last_name,team,industry,title,joined_on\n"
        f"ada@example.com,Ada,Renamed,North,Retail,,{JOINED_ON}\n"
    )

    call_command("import_sellers", str(file))

    assert news(client, version)


def test_a_write_is_news_on_all_boards_above_and_on_no_other(ana, bruno, chiara, north, south):
    store = Team.objects.create(name="Store 12", slug="store-12", parent=north)
    clerk = seller("clerk", "Carla", "Clerk", team=store)
    score(clerk, 4000)
    managers = {"store-12": entered(bruno), "north": entered(bruno), "south": entered(chiara)}
    versions = {slug: version_of(board(client, of=slug)) for slug, client in managers.items()}

    log(clerk, "comment_posted")

    told = {slug for slug, client in managers.items() if news(client, versions[slug], of=slug)}
    assert told == {"store-12", "north"}


def test_following_is_news_for_both_ends_only(known, ana, ada, bruno):
    ana_client, ada_client, bruno_client = known[0], entered(ada), entered(bruno)
    clients = (ana_client, ada_client, bruno_client)
    for act in (following.follow, following.unfollow):
        versions = [version_of(board(client)) for client in clients]
        act(ana.seller, ada.seller)
        told = [news(client, version) for client, version in zip(clients, versions, strict=True)]
        assert told == [True, True, False]


def prefer(client, **choices):
    kept = {"theme": "dark", "shown_on_boards": "on", "minutes_per_week": "30"}
    assert client.post(reverse("preferences"), kept | choices).status_code == 302


def test_preferences_are_news_for_oneself_only(known, ana, ada):
    client, _version = known
    other = entered(ada)
    version = version_of(board(other))

    client.post(
        reverse("preferences"),
        {
            "language": "it",
            "theme": "dark",
            "time_zone": "",
            "shown_on_boards": "on",
            "minutes_per_week": "30",
        },
    )

    assert 'lang="it"' in board(client).content.decode()
    assert not news(other, version)


def test_signing_in_is_no_news_for_anybody(known, ada):
    client, version = known

    entered(ada)

    assert not news(client, version)


def test_the_own_rank_moves_at_once(known, ana, ada):
    client, _version = known
    assert own_figures(board(client)) == ("1", "60.00")

    log(ana, "comment_posted")  # restated: the given score gives way to what was done
    rank, ssi = own_figures(board(client))

    assert rank == "2"
    assert float(ssi) < 50


def own_figures(response):
    row = re.search(r'<tr class="you".*?</tr>', response.content.decode(), re.DOTALL)[0]
    rank, ssi = r'<span class="place number">(\d+)', r'<td class="ssi"[^>]*>([\d.]+)'
    return re.search(rank, row)[1], re.search(ssi, row)[1]


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
