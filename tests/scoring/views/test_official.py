"""LinkedIn's own figures beside ours."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring import intake
from scoring.models import Kind, OfficialScore, Score
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "official"}
ONE_DAY = datetime.timedelta(days=1)
FIGURES = {"brand": "10.5", "find": "12,25", "engage": "8", "relate": "9.25"}


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def note(client, day, *, headers=None, **said):
    data = {"day": day, **FIGURES, **said}
    return client.post(reverse("official-scores"), data, **(headers or {}))


def test_figures_are_noted_with_a_point_or_a_comma(signed_in, ana, today):
    response = note(signed_in, today, total="40", industry_top="12", network_top="3")

    assert response.status_code == 302
    official = OfficialScore.objects.get()
    assert (official.seller, official.day, official.find) == (ana.seller, today, Decimal("12.25"))
    assert (official.total, official.industry_top, official.network_top) == (40, 12, 3)


def test_without_a_total_the_four_are_added_up(signed_in, today):
    note(signed_in, today)

    assert OfficialScore.objects.get().total == 40


def test_a_total_that_does_not_fit_is_refused(signed_in, today):
    response = note(signed_in, today, total="71")

    assert response.status_code == 422
    assert "add up to 40.00" in response.text
    assert 'value="12,25"' in response.text


def test_a_second_entry_for_the_day_replaces_it_and_says_so(signed_in, today):
    note(signed_in, today)

    response = note(signed_in, today, brand="11.5", headers=HTMX)

    assert response.status_code == 200
    assert OfficialScore.objects.get().total == 41
    assert "were replaced" in response.text


def test_it_stands_beside_our_own_with_the_difference(signed_in, ana, today):
    entry = intake.Entry(kind=Kind.objects.get(code="comment_posted"), day=today)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=today)
    note(signed_in, today)
    note(signed_in, today - ONE_DAY)
    Score.objects.filter(day=today - ONE_DAY).delete()

    response = signed_in.get(reverse("official-scores"))

    newest, older = response.context["rows"]
    ours = Score.objects.get(day=today).ssi
    assert (newest.total, newest.ours, newest.difference) == (4000, ours, ours - 4000)
    assert (older.ours, older.difference) == (None, None)
    assert "Self-reported, not ranked" in response.text


def test_three_decimals_as_linkedin_shows_them_are_rounded_half_up(signed_in):
    note(signed_in, clock.today(), brand="10.505", find="12,275", engage="8", relate="9.25")

    official = OfficialScore.objects.get()
    assert (official.brand, official.find, official.total) == tuple(map(Decimal, ("10.51", "12.28", "40.04")))


def test_it_is_drawn_beside_our_own_with_the_difference_told(signed_in, ana, today):
    Score.objects.filter(seller=ana.seller).delete()
    entry = intake.Entry(kind=Kind.objects.get(code="comment_posted"), day=today)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=today)
    assert signed_in.get(reverse("official-scores")).context["chart"] is None
    note(signed_in, today)

    response = signed_in.get(reverse("official-scores"))

    ours, theirs, stems = response.context["chart"].figure["data"]
    ssi = Score.objects.get(day=today).ssi
    assert (stems["name"], ours["name"], theirs["name"]) == ("Difference", "Index", "LinkedIn, self-reported")
    assert (ours["y"], theirs["y"]) == ([ssi / 100], [40.0])
    assert "LinkedIn showed 40.00 on" in response.text


def test_the_questions_of_the_page_do_not_grow_with_the_entries(
    signed_in, ana, today, django_assert_num_queries
):
    note(signed_in, today)
    signed_in.get(reverse("official-scores"))
    with CaptureQueriesContext(connection) as few:
        signed_in.get(reverse("official-scores"))
    asked = len(few)
    for n in range(1, 20):
        note(signed_in, today - n * ONE_DAY)
    signed_in.get(reverse("official-scores"))

    with django_assert_num_queries(asked):
        signed_in.get(reverse("official-scores"))


def test_known_figures_can_be_corrected(signed_in, today):
    note(signed_in, today, industry_top="12")

    response = signed_in.get(reverse("official-scores"), {"day": today})

    form = response.context["form"]
    assert "The figures of" in response.text
    assert form["industry_top"].value() == 12
    assert form["find"].value() == Decimal("12.25")


@pytest.mark.parametrize("day", ["tomorrow", "2015-08-02", "soon"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_day_on_which_nothing_was_shown_is_refused(signed_in, today, day, headers):
    response = note(signed_in, today + ONE_DAY if day == "tomorrow" else day, headers=headers)

    assert response.status_code == 422
    assert "day" in response.context["form"].errors
    assert not OfficialScore.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"brand": "25.01"},
        {"find": "-1"},
        {"engage": "1.2345"},
        {"relate": ""},
        {"total": "101"},
        {"network_top": "0"},
    ],
)
def test_figures_out_of_range_are_refused(signed_in, today, wrong):
    assert note(signed_in, today, **wrong).status_code == 422
    assert not OfficialScore.objects.exists()


def test_the_figures_of_others_are_not_shown(client, ana, ada, today):
    client.force_login(ana)
    note(client, today)
    client.force_login(ada)

    assert client.get(reverse("official-scores")).context["rows"] == []
