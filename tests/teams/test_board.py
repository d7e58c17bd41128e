import datetime
import re

import pytest
from django.urls import reverse

from scoring.signals import scores_changed
from ssi_dashboard import clock
from teams.models import Follow, Team
from tests.cast import seller
from tests.teams.crowd import DAY, WEEK_AGO, crowd, hide, publish, score

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


def test_another_team_is_not_found(client, chiara, north):
    client.force_login(chiara)

    response = board(client)

    assert response.status_code == 404
    assert "North" not in response.content.decode()


def test_sellers_see_the_board_of_their_own_team_only(client, ana, sofia, south):
    score(ana, 6000)
    client.force_login(ana)

    assert board(client).status_code == 200
    assert board(client, of="south").status_code == 404


def test_managers_see_their_sub_teams_too(client, bruno, chiara, north):
    store = Team.objects.create(name="Store 12", slug="store-12", parent=north)

    client.force_login(bruno)
    assert board(client, of=store.slug).status_code == 200
    assert reverse("leaderboard", args=[store.slug]) in board(client).content.decode()

    client.force_login(chiara)
    assert board(client, of=store.slug).status_code == 404


def test_names_lead_to_the_pages_that_one_may_open(client, ana, ada, bruno):
    score(ana, 6000)
    score(ada, 5000)

    client.force_login(ana)
    seen = board(client).content.decode()
    assert reverse("seller", args=[ada.seller.pk]) + '"' not in seen
    assert f'<a href="{reverse("my-index")}">Ana Nowak</a>' in seen

    client.force_login(bruno)
    seen = board(client).content.decode()
    assert f'<a href="{reverse("seller", args=[ada.seller.pk])}">Ada Wilk</a>' in seen


def test_before_the_first_night_the_board_is_being_computed(client, ana):
    publish().delete()
    score(ana, 6000)
    client.force_login(ana)

    response = board(client)

    assert "The first board is being computed" in response.content.decode()
    assert "60.00" not in response.content.decode()


def test_a_team_without_members_says_so_and_shows_no_chart(client, bruno):
    client.force_login(bruno)

    response = board(client)

    assert "Nobody is on this board" in response.content.decode()
    assert response.context["trend"] is response.context["pillars"] is None


def test_filtered_to_nothing_offers_to_clear(client, ana, bruno):
    score(ana, 6000)
    client.force_login(bruno)

    response = board(client, q="zzz", sort="-ssi")

    assert names(response) == []
    assert "Nobody found" in response.content.decode()
    assert response.context["without"]["all"] == "sort=-ssi"


def test_a_run_in_progress_does_not_show(client, ana):
    publish(DAY).delete()
    publish(WEEK_AGO)
    score(ana, 3000, day=WEEK_AGO)
    score(ana, 6000)
    client.force_login(ana)

    for query in ({}, {"period": "2026-11-20"}, {"period": "2026-W47"}, {"period": "2026-11"}):
        response = board(client, **query)
        assert response.context["board"].day == WEEK_AGO
        assert [place.ssi for place in response.context["page"]] == [3000]


def test_a_week_that_is_not_over_is_so_far(client, ana):
    score(ana, 6000)
    score(ana, 5000, day=datetime.date(2026, 11, 15))
    client.force_login(ana)

    this_week = board(client, period="2026-W47")
    assert "Week 47 of 2026 so far" in this_week.content.decode()
    assert [place.change for place in this_week.context["page"]] == [1000]
    assert this_week.context["periods"]["next"] == ""

    week_before = board(client, period="2026-W46")
    assert "so far" not in week_before.content.decode()
    assert [place.ssi for place in week_before.context["page"]] == [5000]
    assert week_before.context["periods"]["next"] == "?period=2026-W47"


@pytest.mark.parametrize("nonsense", ["2026-W60", "yesterday", "2026-13-01", "'; drop"])
def test_nonsense_in_the_address_is_as_if_it_were_not_there(client, ana, nonsense):
    score(ana, 6000)
    client.force_login(ana)

    response = board(client, period=nonsense, team=nonsense, sort=nonsense, page=nonsense)

    assert response.status_code == 200
    assert names(response) == ["Ana Nowak"]
    assert response.context["address"] == ""


def test_the_address_says_everything_and_no_more(client, bruno, ana, north):
    Team.objects.create(name="Store", slug="store", parent=north)
    score(ana, 6000)
    client.force_login(bruno)

    response = board(client, headers=HTMX, q="an", team="", period="2026-11-20", sort="-change", page="1")
    assert response["HX-Push-Url"] == "/teams/north/?q=an&sort=-change"

    response = board(client, headers=HTMX, team="store", period="2026-W46")
    assert response["HX-Push-Url"] == "/teams/north/?period=2026-W46&team=store"


def test_a_page_and_its_region_come_from_one_template(client, ana):
    score(ana, 6000)
    client.force_login(ana)

    page, region = board(client), board(client, headers=HTMX)

    assert page.content.startswith(b"<!doctype html>")
    assert b"<html" not in region.content
    assert region.content.lstrip().startswith(b"<title>Board ")
    assert names(page) == names(region)


def test_one_header_says_how_the_board_is_sorted(client, ana):
    score(ana, 6000)
    client.force_login(ana)

    seen = board(client, sort="-engage").content.decode()

    assert re.findall(r'column-(\w+)" aria-sort="(\w+)"', seen) == [("engage", "descending")]
    assert seen.count("aria-sort") == 1


def test_fifty_rows_a_page_and_the_own_row_always(client, ana, north):
    crowd(north, [7000 - n for n in range(60)])
    score(ana, 100)
    client.force_login(ana)

    first, second = board(client), board(client, page=2)

    assert len(names(first)) == 50
    assert first.context["own"].rank == 61
    assert first.context["own_url"] == "page=2"
    assert '<tfoot><tr class="you" id="you">' in "".join(first.content.decode().split("\n"))
    assert len(names(second)) == 11
    assert second.context["own"] is None
    assert second.content.decode().count('id="you"') == 1


def test_the_own_row_stays_when_a_filter_leaves_it_out(client, ana, ada):
    score(ana, 6000)
    score(ada, 7000)
    client.force_login(ana)

    response = board(client, q="wilk")

    assert names(response) == ["Ada Wilk"]
    assert (response.context["own"].name, response.context["own"].rank) == ("Ana Nowak", 2)


def test_a_hidden_seller_is_nowhere_on_the_page_of_others(client, ana, ada, north):
    crowd(north, [5000] * 5)
    score(ana, 6000)
    score(ada, 5000)
    hide(ada)
    client.force_login(ana)

    for query in ({}, {"q": "wilk"}, {"sort": "name"}):
        response = board(client, **query)
        assert "Wilk" not in response.content.decode()
        assert response.context["board"].n == 6
        assert response.context["average"].n == 6
        assert response.context["average"].ssi == 5167


def test_a_hidden_seller_and_their_manager_see_the_row_that_says_so(client, ana, ada, bruno):
    score(ana, 6000)
    score(ada, 7000)
    hide(ana)

    client.force_login(ana)
    seen = board(client)
    assert "Only you and your managers see this row" in seen.content.decode()
    assert seen.context["own_place"].rank == 2

    client.force_login(bruno)
    assert "Not shown on boards" in board(client).content.decode()

    client.force_login(ada)
    assert names(board(client)) == ["Ada Wilk"]


def test_averages_need_five_sellers(client, bruno, north):
    crowd(north, [5000] * 4)
    client.force_login(bruno)
    few = board(client)
    assert few.context["average"] is few.context["trend"] is few.context["pillars"] is None
    assert "five sellers or more" in few.content.decode()

    score(seller("fifth", "Fifth", "Person", team=north), 6000)
    enough = board(client)
    assert enough.context["average"].ssi == 5200
    assert enough.context["trend"].rows == [["20 November 2026", "52.00"]]


def test_the_pillar_chart_adds_up_to_both_averages(client, bruno, north, south):
    for n, scored in enumerate(crowd(north, [5001, 5002, 5003, 5004, 5006])):
        scored.scores.update(brand=7000 + n, find=5000, engage=4000, relate=4000 + n)
    crowd(south, [3000] * 3)
    client.force_login(bruno)

    chart = board(client).context["pillars"]

    *pillars, total = chart.rows
    for column, average in ((1, "50.03"), (2, "42.52")):
        assert total[column] == average
        assert f"{sum(float(row[column]) for row in pillars):.2f}" == average
    bars, marks = chart.figure["data"]
    assert [f"{value:.2f}" for value in bars["x"]] == [row[1] for row in pillars]
    assert [f"{value:.2f}" for value in marks["x"]] == [row[2] for row in pillars]


def test_a_day_without_an_average_is_a_gap_in_the_trend(client, bruno, north):
    for scored in crowd(north, [5000] * 5):
        score(scored, 4000, day=DAY - datetime.timedelta(days=2))
    client.force_login(bruno)

    chart = board(client).context["trend"]

    line = chart.figure["data"][0]
    assert line["y"][-3:] == [40.0, None, 50.0]
    assert len(line["x"]) == 90
    assert chart.figure["layout"]["yaxis"]["range"] == [0, 100]
    assert "rose from 40.00 on 18 November 2026 to 50.00 on 20 November 2026" in chart.sentence


@pytest.mark.django_db(transaction=True)
def test_asking_again_brings_nothing_until_something_changed(client, ana):
    score(ana, 6000)
    client.force_login(ana)
    version = board(client).context["version"]

    assert board(client, headers=HTMX, v=version).status_code == 204

    ana.seller.scores.update(ssi=6100)
    scores_changed.send(sender=None, seller_ids=[ana.seller.pk])
    again = board(client, headers=HTMX, v=version)
    assert again.status_code == 200
    assert "HX-Push-Url" not in again


def test_twice_the_rows_cost_the_same_queries(
    client, ana, north, django_assert_max_num_queries, django_assert_num_queries
):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    score(ana, 100)
    score(ana, 100, day=WEEK_AGO)
    crowd(north, [7000] * 6)
    client.force_login(ana)
    board(client)
    with django_assert_max_num_queries(35) as few:
        board(client)

    for colleague in crowd(store, [5000] * 12):
        Follow.objects.create(follower=ana.seller, followed=colleague)
        Follow.objects.create(follower=colleague, followed=ana.seller)
    with django_assert_num_queries(len(few)):
        board(client)
