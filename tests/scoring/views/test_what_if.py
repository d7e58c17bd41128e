"""What if: drawn from the address, kept nowhere."""

from datetime import timedelta

import pytest
import time_machine

from scoring.models import Activity, Score
from tests.moments import NOON, TODAY
from tests.teams.acts import hold, log, some_weeks
from tests.teams.costs import queries_of

PAGE = "/plan/what-if/"
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "what-if"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def test_with_no_change_it_is_todays_fading(signed_in, ana, noon):
    some_weeks(ana)

    shown = signed_in.get(PAGE).context

    assert shown["now"] == Score.objects.get(seller=ana.seller, day=TODAY).ssi
    assert [one.more for one in shown["ahead"]] == [0, 0]
    now, (week, month) = shown["now"], shown["ahead"]
    assert now > week.ssi > month.ssi > 0
    noon.shift(timedelta(days=30))
    assert signed_in.get(PAGE).context["now"] == month.ssi


def test_more_is_drawn_and_nothing_is_kept(signed_in, ana):
    some_weeks(ana)

    shown = signed_in.get(f"{PAGE}?comment_posted=10&profile_about=1").context

    assert all(one.more > 0 for one in shown["ahead"])
    assert shown["now"] == signed_in.get(PAGE).context["now"]
    assert not Activity.objects.filter(day=TODAY).exists()


@pytest.mark.parametrize(
    ("asked", "becomes"),
    [
        ("more=comment_posted", "?comment_posted=1"),
        ("comment_posted=4&more=comment_posted", "?comment_posted=5"),
        ("comment_posted=4&less=comment_posted", "?comment_posted=3"),
        ("comment_posted=200&more=comment_posted", "?comment_posted=200"),
        ("comment_posted=0&less=comment_posted", ""),
        ("comment_posted=1&less=comment_posted&message_sent=2", "?message_sent=2"),
        ("more=nonsense", ""),
    ],
)
def test_a_step_leads_to_an_address_that_says_it(signed_in, asked, becomes):
    plain = signed_in.get(f"{PAGE}?{asked}")
    live = signed_in.get(f"{PAGE}?{asked}", **HTMX)

    assert (plain.status_code, plain.url) == (302, f"{PAGE}{becomes}")
    assert live["HX-Replace-Url"] == f"{PAGE}{becomes}"
    assert "<html" not in live.text


@pytest.mark.parametrize("wrong", ["-1", "201", "many", "1e9", "9" * 5000])
def test_what_is_no_number_of_times_is_refused_and_left_out(signed_in, wrong):
    response = signed_in.get(PAGE, {"comment_posted": wrong, "message_sent": "3"})

    assert response.status_code == 422
    assert "comment_posted" in response.context["form"].errors
    assert all(one.more > 0 for one in response.context["ahead"])


def test_what_is_held_already_is_not_offered(signed_in, ana):
    hold(ana, "profile_photo")

    form = signed_in.get(PAGE).context["form"]

    assert "profile_photo" not in form.fields
    assert {"profile_about", "meeting_booked"} <= set(form.fields)


def test_more_history_costs_no_more_queries(signed_in, ana):
    some_weeks(ana)
    signed_in.get(PAGE)
    few = queries_of(lambda: signed_in.get(PAGE))
    log(ana, "comment_posted", quantity=3)
    log(ana, "meeting_booked")

    assert queries_of(lambda: signed_in.get(f"{PAGE}?comment_posted=3")) == few
