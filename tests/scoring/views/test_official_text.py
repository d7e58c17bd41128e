"""Seven numbers pasted in one go: they fill the form, and nothing is kept before it is saved."""

import pytest
from django.urls import reverse

from scoring.models import OfficialScore
from scoring.official.text import LONGEST_TEXT
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "official"}
PAGE = """Your Social Selling Index
Top 3% Industry SSI rank
Top 12% Network SSI rank
71 out of 100
Four components of your score
18.275 | Establish your professional brand
16.25 | Find the right people
15 | Engage with insights
21.2 | Build relationships
"""


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def paste(client, text, **headers):
    return client.post(reverse("official-text"), {"text": text}, **headers)


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_pasted_page_fills_the_form_and_nothing_is_saved(signed_in, headers):
    response = paste(signed_in, PAGE, **headers)

    form = response.context["form"]
    assert response.status_code == 200
    assert [str(form[name].value()) for name in ("brand", "total", "network_top")] == ["18.275", "71", "12"]
    assert form["day"].value() == clock.today()
    assert "7 of 7 numbers found" in response.text
    assert "Nothing is saved yet." in response.text
    assert not OfficialScore.objects.exists()
    assert ("<html" in response.text) == (not headers)


def test_the_filled_form_is_saved_as_it_stands(signed_in):
    form = paste(signed_in, PAGE).context["form"]

    response = signed_in.post(reverse("official-scores"), {field.name: field.value() for field in form})

    assert response.status_code == 302
    official = OfficialScore.objects.get()
    assert [str(getattr(official, name)) for name in ("brand", "find", "total")] == [
        "18.28",
        "16.25",
        "71.00",
    ]
    assert (official.industry_top, official.network_top) == (3, 12)


def test_what_was_not_found_is_named_and_left_empty(signed_in):
    response = paste(signed_in, PAGE.replace("Engage with insights", "Something new"))

    assert "6 of 7 numbers found" in response.text
    assert [field.name for field in response.context["reading"].missing] == ["engage"]
    assert response.context["form"]["engage"].value() is None
    assert 'href="#id_engage"' in response.text


def test_what_is_told_in_two_ways_is_left_to_the_seller(signed_in):
    response = paste(signed_in, PAGE + "\n\nBuild relationships 4")

    assert [(field.name, said) for field, said in response.context["reading"].unclear] == [
        ("relate", "4.00 / 21.20")
    ]
    assert response.context["form"]["relate"].value() is None


def test_figures_of_today_that_would_be_replaced_are_named(signed_in):
    assert "for today already" not in paste(signed_in, PAGE).text
    signed_in.post(
        reverse("official-scores"), {"day": clock.today(), "brand": 1, "find": 1, "engage": 1, "relate": 1}
    )

    assert "There are figures for today already" in paste(signed_in, PAGE).text


@pytest.mark.parametrize(
    "text", ["", "   ", "Good morning", "x" * (LONGEST_TEXT + 1), "12\0 Build relationships"]
)
def test_a_text_without_any_of_them_is_refused_and_kept(signed_in, text):
    response = paste(signed_in, text)

    assert response.status_code == 422
    assert response.context["text_form"].errors["text"]
    assert not OfficialScore.objects.exists()


def test_the_text_is_no_markup(signed_in):
    response = paste(signed_in, "<script>alert(1)</script>")

    assert "<script>alert(1)" not in response.text


def test_opening_the_address_leads_to_the_page(signed_in):
    response = signed_in.get(reverse("official-text"), {"page": "2"})

    assert (response.status_code, response.url) == (302, "/official/?page=2")
