"""Pages that are kept: for how long, and what is news for whom.

All with committed rows: in a transaction nothing is kept.
"""

import re
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from scoring import intake, night, recompute
from scoring.signals import scores_changed
from teams import following, moving
from teams.models import Team
from tests.cast import JOINED_ON, seller
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log
from tests.teams.crowd import hide, score
from tests.teams.kept.board import board, entered, news, set_, version_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_neither_an_unchanged_page_nor_asking_for_news_asks_the_database(known, django_assert_num_queries):
    client, version = known
    board(client)

    with django_assert_num_queries(1):  # who is signed in
        assert not news(client, version)
    with django_assert_num_queries(1):
        assert board(client).status_code == 200


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


def test_scores_are_news_for_the_teams_of_their_days(bruno, chiara, ada, south):
    moving.move(ada.seller, to=south, on=days_ago(2))
    for key in night.waiting_restatements():
        recompute.settle(key, today=TODAY)
    managers = {"north": entered(bruno), "south": entered(chiara)}

    def told(change):
        versions = {slug: version_of(board(client, of=slug)) for slug, client in managers.items()}
        change()
        return {slug for slug, client in managers.items() if news(client, versions[slug], of=slug)}

    assert told(lambda: log(ada, "comment_posted")) == {"south"}
    assert told(lambda: log(ada, "comment_posted", days_ago(3))) == {"north", "south"}


def test_following_is_news_for_both_ends_only(known, ana, ada, bruno):
    ana_client, ada_client, bruno_client = known[0], entered(ada), entered(bruno)
    clients = (ana_client, ada_client, bruno_client)
    for act in (following.follow, following.unfollow):
        versions = [version_of(board(client)) for client in clients]
        act(ana.seller, ada.seller)
        told = [news(client, version) for client, version in zip(clients, versions, strict=True)]
        assert told == [True, True, False]


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
