"""What administrators see of the log of corrections."""

import pytest
from django.urls import reverse

from scoring.models import Correction
from scoring.models.correction import Cause
from tests.moments import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_ada(ada):
    """By nobody's hand."""
    return Correction.objects.create(
        seller=ada.seller, cause=Cause.LEAVE, first=TODAY, last=TODAY, days=1, most=7
    )


def log(client, **asked):
    return client.get(reverse("admin:scoring_correction_changelist"), asked)


def listed(client, **asked):
    return list(log(client, **asked).context["cl"].result_list)


def test_a_row_says_whose_when_by_whom_why_and_how_much(client, either, correction):
    address = reverse("admin:scoring_correction_change", args=[correction.pk])

    for page in (log(client), client.get(address)):
        for words in (
            "Ana Nowak",
            "Root",
            "Activity deleted",
            "11 November 2026",
            "18 November 2026",
            "−1.23",
        ):
            assert words in page.text


def test_the_newest_comes_first(client, either, correction, of_ada):
    assert listed(client) == [of_ada, correction]


def test_it_is_narrowed_to_a_cause(client, either, correction, of_ada):
    assert listed(client, cause__exact=Cause.LEAVE) == [of_ada]


@pytest.mark.parametrize("asked", ["ada@example.com", "wilk"])
def test_it_is_searched_by_the_seller(client, either, correction, of_ada, asked):
    assert listed(client, q=asked) == [of_ada]
