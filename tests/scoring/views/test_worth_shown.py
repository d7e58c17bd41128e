"""What each act is worth, on its day and on its page."""

import uuid

import pytest
import time_machine
from django.urls import reverse

from scoring.models import Score
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import log
from tests.teams.costs import reads_of

DAY = "/day/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def words(text):
    return " ".join(text.split())


def test_the_acts_of_today_come_to_the_index(signed_in, ana):
    for code in ("comment_posted", "message_sent", "people_search"):
        log(ana, code)

    acts = signed_in.get(DAY).context["acts"]

    ssi = Score.objects.get(seller=ana.seller, day=TODAY).ssi
    assert sum(listed.worth.now for listed in acts) == ssi


def test_an_act_says_what_it_is_worth_what_it_was_and_when_it_will_have_halved(signed_in, ana):
    act = log(ana, "comment_posted", days_ago(10))
    now = Score.objects.get(seller=ana.seller, day=TODAY).ssi
    first = Score.objects.get(seller=ana.seller, day=days_ago(10)).ssi
    told = f"+{now / 100:.2f}</strong> <span>in the index of today</span>"

    pages = [signed_in.get(DAY, {"day": days_ago(10)}), signed_in.get(reverse("activity", args=[act.pk]))]

    for page in pages:
        assert told in words(page.text)
        assert f"+{first / 100:.2f} at first" in page.text
        assert "Will have halved on" in page.text
        assert "2026" in page.text.split("Will have halved on")[1][:30]


def test_the_older_of_two_entries_beyond_the_cap_is_not_counted(signed_in, ana):
    older = log(ana, "comment_posted", quantity=50)
    newer = log(ana, "comment_posted", quantity=50)

    response = signed_in.get(DAY)

    worths = {listed.act.pk: listed.worth for listed in response.context["acts"]}
    assert worths[older.pk].now is None
    assert worths[newer.pk].now == Score.objects.get(seller=ana.seller, day=TODAY).ssi
    assert "Not counted: beyond the cap" in response.text
    assert "of 50 counted, the others are beyond the cap" in response.text


def test_a_page_of_acts_reads_the_past_once(signed_in, ana):
    for code in ("comment_posted", "message_sent", "people_search", "group_joined"):
        log(ana, code, days_ago(3))
        log(ana, code, days_ago(3))

    reads = reads_of(lambda: signed_in.get(DAY, {"day": days_ago(3)}))

    assert reads["scoring_tally"] == 1  # leave and items come with them
    assert (reads["scoring_holding"], reads["teams_leave"]) == (1, 0)  # once for the items to tick


def test_a_day_without_acts_reads_no_past(signed_in, ana):
    reads = reads_of(lambda: signed_in.get(DAY))

    assert reads["scoring_tally"] == 0


def test_an_act_that_was_just_logged_shows_its_worth(signed_in, ana):
    form = {"kind": "comment_posted", "token": uuid.uuid4()}

    page = signed_in.post(reverse("activities"), form, headers={"HX-Request": "true", "HX-Target": "day"})

    assert "in the index of today" in page.text
