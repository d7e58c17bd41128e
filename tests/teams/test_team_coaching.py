"""Who needs a word this week, and about what."""

import pytest
import time_machine
from django.urls import reverse

from scoring import coaching as own_coaching
from scoring.models import Score
from scoring.plans import planning, wishes
from scoring.rulebook import kinds
from scoring.tips import TIPS
from teams.models import Team
from teams.views import people
from tests.cast import seller
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log, some_weeks
from tests.teams.costs import queries_of
from tests.teams.crowd import hide

NORTH = "/teams/north/coaching/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_bruno(client, bruno):
    client.force_login(bruno)
    return client


def rows_of(response):
    return {row.name: row for row in response.context["rows"]}


def test_only_those_who_coach_the_team_find_the_page(client, ana, chiara, bruno, root):
    answers = {}
    for viewer in (ana, chiara, bruno, root):
        client.force_login(viewer)
        answers[viewer.first_name] = client.get(NORTH).status_code

    assert answers == {"Ana": 404, "Chiara": 404, "Bruno": 200, "Root": 200}


def test_an_unknown_team_is_not_found(as_bruno):
    assert as_bruno.get("/teams/nowhere/coaching/").status_code == 404


def test_a_row_tells_the_index_its_change_and_the_weakest_pillar(as_bruno, ana):
    some_weeks(ana)
    log(ana, "comment_posted", quantity=5)
    hold(ana, "profile_about")

    row = rows_of(as_bruno.get(NORTH))["Ana Nowak"]

    today, before = (Score.objects.get(seller=ana.seller, day=day) for day in (TODAY, days_ago(7)))
    assert (row.ssi, row.change) == (today.ssi, today.ssi - before.ssi)
    assert getattr(today, row.weakest) == min(today.brand, today.find, today.engage, today.relate)


def test_the_tip_is_the_one_that_brings_most_of_the_sellers_own_plan(as_bruno, ana):
    some_weeks(ana)
    plan = planning.planned(ana.seller.pk, on=TODAY, today=TODAY, days=7, minutes_per_week=60).plan

    tip = rows_of(as_bruno.get(NORTH))["Ana Nowak"].tip

    best = own_coaching.tips_for(plan)[0]
    assert (tip.text, tip.label, tip.times) == (best.text, best.kind_label, best.times)
    assert (tip.minutes, tip.gain) == (best.minutes, best.gain)
    assert best.gain == max(row.gain for row in plan.tips)


def test_what_a_seller_does_not_want_is_no_tip_for_them(as_bruno, ana, ada):
    before = rows_of(as_bruno.get(NORTH))
    best = before["Ana Nowak"].tip
    assert before["Ada Wilk"].tip == best
    code = next(kind.code for kind in kinds().values() if kind.label == best.label)

    wishes.set_unwanted(ana.seller.pk, [code])
    after = rows_of(as_bruno.get(NORTH))

    assert after["Ana Nowak"].tip.label != best.label
    assert after["Ada Wilk"].tip == best


def test_a_tip_that_a_seller_hid_is_not_told_to_their_manager(as_bruno, ana, ada):
    text = rows_of(as_bruno.get(NORTH))["Ana Nowak"].tip.text
    hidden = next(tip.code for tip in TIPS if str(tip.text) == text)

    wishes.hide_tip(ana.seller.pk, hidden, today=TODAY)
    after = rows_of(as_bruno.get(NORTH))

    assert after["Ana Nowak"].tip.text != text
    assert after["Ada Wilk"].tip.text == text


def test_the_largest_possible_gain_comes_first(as_bruno, ana, ada):
    for code in (
        "profile_photo",
        "profile_headline",
        "profile_about",
        "profile_experience",
        "profile_skills",
    ):
        hold(ada, code)
    some_weeks(ada)

    rows = as_bruno.get(NORTH).context["rows"]

    assert [row.name for row in rows] == ["Ana Nowak", "Ada Wilk"]
    assert rows[0].tip.gain > rows[1].tip.gain


def test_no_minutes_mean_no_tip_and_the_row_says_so(as_bruno, ana):
    ana.seller.minutes_per_week = 0
    ana.seller.save()

    response = as_bruno.get(NORTH)

    assert rows_of(response)["Ana Nowak"].tip is None
    assert "No tip fits the minutes" in response.text


def test_who_is_not_shown_on_boards_is_coached_all_the_same(as_bruno, ana):
    hide(ana)

    response = as_bruno.get(NORTH)

    assert not rows_of(response)["Ana Nowak"].shown
    assert "Not shown on boards" in response.text


def test_teams_below_are_included_and_other_teams_are_not(as_bruno, ana, sofia, north):
    store = Team.objects.create(name="Store 12", slug="store-12", parent=north)
    seller("ewa", "Ewa", "Sowa", team=store)

    rows = rows_of(as_bruno.get(NORTH))

    assert set(rows) == {"Ana Nowak", "Ewa Sowa"}
    assert rows["Ewa Sowa"].team == "Store 12"


def test_who_has_left_is_not_listed(as_bruno, ana, ada):
    ada.seller.left_on = TODAY
    ada.seller.save()

    assert set(rows_of(as_bruno.get(NORTH))) == {"Ana Nowak"}


def test_an_empty_team_says_why(as_bruno, north):
    assert "Nobody to coach here yet" in as_bruno.get(NORTH).text


def test_no_presence_is_told(as_bruno, ana):
    log(ana, "comment_posted", days_ago(40))

    text = as_bruno.get(NORTH, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="coaching").text.lower()

    assert not [word for word in ("last seen", "last login", "idle", "inactive", "days ago") if word in text]


def test_the_pages_go_from_the_lowest_weakest_pillar_up(as_bruno, ana, ada, monkeypatch):
    monkeypatch.setattr(people, "PLANS_A_PAGE", 1)
    for code in ("comment_posted", "message_sent", "people_search", "course_completed"):
        log(ada, code)

    first, second = (as_bruno.get(NORTH, {"page": number}) for number in (1, 2))

    assert set(rows_of(first)) == {"Ana Nowak"}
    assert set(rows_of(second)) == {"Ada Wilk"}
    assert reverse("team-coaching", args=["north"]) == NORTH


def test_twice_the_sellers_cost_the_same_queries(as_bruno, ana, ada, north, django_assert_num_queries):
    some_weeks(ana)
    as_bruno.get(NORTH)
    first = queries_of(lambda: as_bruno.get(NORTH))

    for n in range(2):
        more = seller(f"more{n}", "More", f"Person {n}", team=north)
        log(more, "comment_posted", days_ago(n + 3))
        hold(more, "profile_photo")
        wishes.set_unwanted(more.seller.pk, ["comment_posted"])
        wishes.hide_tip(more.seller.pk, "E2", today=TODAY)

    with django_assert_num_queries(first):
        as_bruno.get(NORTH)
