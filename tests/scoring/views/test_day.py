"""My day: what was done, day by day."""

import datetime
import uuid

import pytest
from django.urls import reverse

from scoring import intake
from scoring.models import Kind
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "day"}
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def log(user, code, day, *, quantity=1, **details):
    kind = Kind.objects.get(code=code)
    entry = intake.Entry(kind=kind, day=day, quantity=quantity, **details)
    return intake.record(user.seller.pk, entry, token=uuid.uuid4(), today=clock.today())


def test_a_new_seller_finds_eight_activities_to_press(signed_in):
    response = signed_in.get(reverse("my-day"))

    assert response.status_code == 200
    assert len(response.context["choices"].frequent) == 8
    assert "Nothing logged today" in response.text


def test_what_is_logged_most_comes_first(signed_in, ana, today):
    for _ in range(3):
        log(ana, "event_attended", today - ONE_DAY)
    log(ana, "group_joined", today - ONE_DAY)
    for _ in range(5):
        log(ana, "lead_converted", today - 91 * ONE_DAY)

    frequent = [choice.code for choice in signed_in.get(reverse("my-day")).context["choices"].frequent]

    assert frequent[:2] == ["event_attended", "group_joined"]
    assert "lead_converted" not in frequent


def test_all_fifty_are_there_the_standing_ones_to_tick(signed_in):
    pillars = signed_in.get(reverse("my-day")).context["choices"].pillars

    assert sum(len(pillar.acts) for pillar in pillars) == 44
    assert sum(len(pillar.standing) for pillar in pillars) == 6


def test_a_chip_says_what_the_formula_of_today_gives(signed_in):
    response = signed_in.get(reverse("my-day"))

    comment = next(c for c in response.context["choices"].frequent if c.code == "comment_posted")
    assert comment.points == 4
    assert "4 pts</span>" in response.text


def test_the_region_alone_answers_htmx(signed_in):
    response = signed_in.get(reverse("my-day"), **HTMX)

    assert "<html" not in response.text
    assert '<section id="day"' in response.text
    assert "0 activities" in response.text


def test_an_earlier_day_shows_its_own_list(signed_in, ana, today):
    log(ana, "comment_posted", today)
    log(ana, "meeting_booked", today - ONE_DAY, note="with the buyer")

    response = signed_in.get(reverse("my-day"), {"day": today - ONE_DAY})

    assert "with the buyer" in response.text
    assert [activity.kind.code for activity in response.context["page"]] == ["meeting_booked"]
    assert response.context["previous"].endswith(f"day={today - 2 * ONE_DAY}")
    assert response.context["next"] == reverse("my-day")


@pytest.mark.parametrize("day", ["tomorrow", "not a day", "0001-01-01", ""])
def test_what_is_no_day_to_look_at_is_today(signed_in, today, day):
    wanted = today + ONE_DAY if day == "tomorrow" else day

    response = signed_in.get(reverse("my-day"), {"day": wanted})

    assert response.context["day"] == today
    assert response.context["next"] == ""


def test_a_day_of_long_ago_can_be_seen_but_not_logged_for(signed_in, today):
    response = signed_in.get(reverse("my-day"), {"day": today - 401 * ONE_DAY})

    assert "too long ago to log" in response.text
    assert 'name="kind"' not in response.text


def test_the_index_and_its_change_are_those_of_the_shown_day(signed_in, ana, today):
    log(ana, "comment_posted", today - 8 * ONE_DAY)
    log(ana, "comment_posted", today)

    headline = signed_in.get(reverse("my-day")).context["headline"]

    scores = dict(ana.seller.scores.values_list("day", "ssi"))
    assert headline.ssi == scores[today]
    assert headline.change == scores[today] - scores[today - 7 * ONE_DAY]


def test_more_activities_cost_no_more_queries(signed_in, ana, today, django_assert_num_queries):
    for _ in range(3):
        log(ana, "comment_posted", today, link="https://example.com/post")
    few = queries_of(signed_in)

    for code in ("message_sent", "meeting_booked", "lead_saved", "people_search"):
        for _ in range(5):
            log(ana, code, today, network="linkedin")

    with django_assert_num_queries(few):
        signed_in.get(reverse("my-day"))


def queries_of(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(reverse("my-day"))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("my-day"))
    return len(captured)


def test_the_sheet_is_a_fragment(signed_in):
    response = signed_in.get(reverse("quick-log"), HTTP_HX_REQUEST="true", HTTP_HX_TARGET="sheet")

    assert "<html" not in response.text
    assert 'hx-swap="none"' in response.text
    assert "no-store" in response["Cache-Control"]


def test_without_scripts_the_sheet_is_my_day(signed_in):
    response = signed_in.get(reverse("quick-log"))

    assert response.status_code == 302
    assert response["Location"] == reverse("my-day")


PAGES = ["my-day", "quick-log", "activities-deleted", "tips", "official-scores"]


@pytest.mark.parametrize("name", PAGES)
def test_for_somebody_who_is_not_scored_there_is_no_such_page(client, bruno, name):
    client.force_login(bruno)

    assert client.get(reverse(name)).status_code == 404
