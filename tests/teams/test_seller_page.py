"""A seller's page, as those who coach them see it."""

import pytest
import time_machine
from django.urls import reverse

from scoring.models import Kind, OfficialScore, Score
from teams.models import Membership
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log, some_weeks
from tests.teams.costs import queries_of, reads_of
from tests.teams.crowd import hide

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "seller"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def anas_page(ana):
    return reverse("seller", args=[ana.seller.pk])


@pytest.fixture
def as_bruno(client, bruno):
    client.force_login(bruno)
    return client


def test_their_manager_and_an_administrator_see_a_seller(client, anas_page, bruno, root):
    for viewer in (bruno, root):
        client.force_login(viewer)
        assert client.get(anas_page).status_code == 200


def test_a_colleague_and_the_manager_of_another_team_find_nothing(client, anas_page, ada, sofia, chiara):
    for viewer in (ada, sofia, chiara):
        client.force_login(viewer)
        response = client.get(anas_page)
        assert response.status_code == 404
        assert "Ana" not in response.text


def test_a_seller_who_left_the_team_is_out_of_its_managers_sight(as_bruno, anas_page, ana):
    Membership.objects.filter(seller=ana.seller).update(until=TODAY)

    assert as_bruno.get(anas_page).status_code == 404


def test_ones_own_page_is_my_index(client, anas_page, ana):
    client.force_login(ana)

    assert client.get(anas_page).headers["Location"] == reverse("my-index")


def test_the_figures_are_those_of_the_seller_and_add_up(as_bruno, anas_page, ana):
    some_weeks(ana)

    page = as_bruno.get(anas_page).context["page"]

    assert page.headline.ssi == Score.objects.get(seller=ana.seller, day=TODAY).ssi
    assert sum(pillar.of25 for pillar in page.headline.pillars) == page.headline.ssi
    assert sum(part.hundredths for group in page.parts for part in group.parts) == page.headline.ssi


def test_notes_and_links_stay_the_sellers_own(as_bruno, anas_page, ana):
    log(ana, "comment_posted", network="linkedin", note="Mr Kos is unwell", link="https://example.com/secret")

    response = as_bruno.get(anas_page)

    assert "Substantive comment" in response.text
    assert "Mr Kos" not in response.text
    assert "example.com/secret" not in response.text
    assert not {"note", "link"} & set(response.context["acts"].object_list[0]._fields)


def test_of_the_acts_30_days_are_shown_newest_first(as_bruno, anas_page, ana):
    log(ana, "comment_posted", days_ago(30))
    log(ana, "comment_posted", days_ago(29), quantity=2, network="x")
    log(ana, "message_sent")

    told = as_bruno.get(anas_page).context["told"]

    assert [(act.day, act.quantity, act.network) for act in told] == [(TODAY, 1, ""), (days_ago(29), 2, "X")]


def test_each_act_says_what_it_is_worth_as_to_the_seller(client, as_bruno, anas_page, ana):
    log(ana, "comment_posted", days_ago(10), quantity=50)

    (act,) = as_bruno.get(anas_page).context["told"]
    text = as_bruno.get(anas_page).text
    client.force_login(ana)
    (listed,) = client.get("/day/", {"day": days_ago(10)}).context["acts"]

    assert act.worth == listed.worth
    assert act.worth.now == Score.objects.get(seller=ana.seller, day=TODAY).ssi
    for words in ("in the index of today", "at first", "10 of 50 counted", "Will have halved on"):
        assert words in text


def test_the_acts_of_all_pages_add_up_to_the_index(as_bruno, anas_page, ana):
    for back in range(17):
        for code in ("comment_posted", "message_sent", "people_search"):
            log(ana, code, days_ago(back), quantity=3)

    pages = [as_bruno.get(f"{anas_page}?page={number}") for number in (1, 2)]

    worths = [act.worth.now for page in pages for act in page.context["told"]]
    assert len(worths) == 51
    assert sum(worths) == Score.objects.get(seller=ana.seller, day=TODAY).ssi


def test_deleted_acts_are_not_shown(as_bruno, anas_page, ana):
    act = log(ana, "comment_posted")
    act.deleted_at = NOON
    act.save()

    assert as_bruno.get(anas_page).context["told"] == []


def test_many_acts_come_in_pages(as_bruno, anas_page, ana):
    for back in range(17):
        log(ana, "comment_posted", days_ago(back))
        log(ana, "message_sent", days_ago(back))
        log(ana, "people_search", days_ago(back))

    second = as_bruno.get(f"{anas_page}?page=2", **HTMX)

    assert len(second.context["told"]) == 1
    assert '<section id="seller"' in second.text
    assert "<html" not in second.text


def test_the_teams_are_listed_with_their_days(as_bruno, anas_page, ana, north, south):
    Membership.objects.filter(seller=ana.seller).update(first=days_ago(20))
    Membership.objects.create(seller=ana.seller, team=south, first=days_ago(90), until=days_ago(20))

    teams = as_bruno.get(anas_page).context["teams"]

    assert [membership.team for membership in teams] == [north, south]


def test_nothing_can_be_changed_and_no_presence_is_told(as_bruno, anas_page, ana):
    log(ana, "comment_posted", days_ago(9))

    text = as_bruno.get(anas_page, **HTMX).text.lower()

    assert 'method="post"' not in text
    assert "hx-post" not in text
    assert not [word for word in ("last seen", "last login", "idle", "inactive", "online") if word in text]


def test_who_is_not_shown_on_boards_is_marked(as_bruno, anas_page, ana):
    hide(ana)

    assert "Not shown on boards" in as_bruno.get(anas_page).text


def test_a_seller_without_a_score_has_an_empty_page(as_bruno, anas_page):
    response = as_bruno.get(anas_page)

    assert response.status_code == 200
    assert "No index yet" in response.text


def test_twice_the_rows_cost_the_same_queries(as_bruno, anas_page, ana, django_assert_num_queries):
    some_weeks(ana)
    OfficialScore.objects.create(
        seller=ana.seller, day=days_ago(9), brand=1, find=1, engage=1, relate=1, total=4
    )
    as_bruno.get(anas_page)
    first = queries_of(lambda: as_bruno.get(anas_page))

    for n, kind in enumerate(Kind.objects.filter(nature="standing")):
        hold(ana, kind.code)
        log(ana, "group_joined", days_ago(n))
        OfficialScore.objects.create(
            seller=ana.seller, day=days_ago(n), brand=1, find=1, engage=1, relate=1, total=4
        )

    with django_assert_num_queries(first):
        as_bruno.get(anas_page)


def test_a_page_of_90_days_reads_each_thing_once(as_bruno, anas_page, ana):
    some_weeks(ana)
    as_bruno.get(anas_page)

    reads = reads_of(lambda: as_bruno.get(anas_page))

    assert {table: n for table, n in reads.items() if table.startswith("scoring_")} == {
        "scoring_activity": 3,  # how many, those of the page, and all of their days
        "scoring_formula": 1,
        "scoring_officialscore": 1,
        "scoring_score": 1,
        "scoring_tally": 1,
        "scoring_unwantedkind": 1,  # and the hidden tips
    }
    assert reads["teams_seller"] == 1  # Ana's; that of the viewer comes with the sign-in
    assert reads.total() <= 18
