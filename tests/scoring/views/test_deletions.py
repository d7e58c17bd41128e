"""Deleting an act and bringing it back."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring import intake
from scoring.models import Activity, Kind, PillarSum, Score
from ssi_dashboard import clock

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "day"}
SHEET = {"HTTP_HX_REQUEST": "true"}
ONE_DAY = datetime.timedelta(days=1)


@pytest.fixture
def today():
    return clock.today()


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def comment(ana, today):
    kind = Kind.objects.get(code="comment_posted")
    entry = intake.Entry(kind=kind, day=today, link="https://example.com/post", note="on prices", network="x")
    return intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=today)


def post(client, name, *args, headers=None, **data):
    return client.post(reverse(name, args=args), data, **(headers or {}))


def press(client, *, headers=None, **said):
    """Press a chip, or send the form with more."""
    data = {"kind": "comment_posted", "token": str(uuid.uuid4()), **said}
    return post(client, "activities", headers=headers, **data)


def sums():
    """All but how often they were written."""
    rows = PillarSum.objects.values()
    return [{name: value for name, value in row.items() if name != "writes"} for row in rows]


def news(response):
    return " ".join(str(message) for message in response.context["messages"])


@pytest.mark.parametrize("headers", [{}, HTMX, SHEET], ids=["plain", "htmx", "elsewhere"])
def test_undo_brings_back_exactly_what_was(signed_in, ana, comment, today, headers):
    scored = Score.objects.filter(seller=ana.seller).order_by("day").values()
    everything = acts(), list(scored), sums()

    deleted = post(signed_in, "activity-deletion", comment.pk, headers=headers)
    gone = Activity.objects.get().deleted_at, Score.objects.get(day=today).ssi
    restored = post(signed_in, "activity-restoration", comment.pk, headers=headers)

    assert gone[0] is not None
    assert gone[1] == 0
    assert {deleted.status_code, restored.status_code} == ({200} if headers else {302})
    assert (acts(), list(scored), sums()) == everything


def test_the_order_of_the_list_is_as_before_too(signed_in, today):
    for _ in range(3):
        press(signed_in)
    order = [activity.pk for activity in signed_in.get(reverse("my-day")).context["page"]]

    post(signed_in, "activity-deletion", order[1], headers=HTMX)
    response = post(signed_in, "activity-restoration", order[1], headers=HTMX)

    assert [activity.pk for activity in response.context["page"]] == order


def test_deleting_offers_undo_at_once_and_for_30_days(signed_in, comment):
    response = post(signed_in, "activity-deletion", comment.pk, headers=HTMX)

    assert reverse("activity-restoration", args=[comment.pk]) in response.text
    assert "on prices" in signed_in.get(reverse("activities-deleted")).text

    Activity.objects.update(deleted_at=timezone.now() - 31 * ONE_DAY)

    assert "on prices" not in signed_in.get(reverse("activities-deleted")).text


def test_after_30_days_it_is_too_late(signed_in, comment):
    post(signed_in, "activity-deletion", comment.pk)
    Activity.objects.update(deleted_at=timezone.now() - 31 * ONE_DAY)

    response = post(signed_in, "activity-restoration", comment.pk, headers=HTMX)

    assert "more than 30 days ago" in news(response)
    assert Activity.objects.get().deleted_at is not None


def test_what_is_deleted_cannot_be_edited(signed_in, comment):
    post(signed_in, "activity-deletion", comment.pk)

    assert signed_in.get(reverse("activity", args=[comment.pk])).status_code == 404


def test_a_deletion_that_comes_again_after_its_undo_does_nothing(signed_in, comment):
    deletion = {"version": comment.version}
    post(signed_in, "activity-deletion", comment.pk, **deletion)
    comment.refresh_from_db()
    restoration = {"version": comment.version}
    post(signed_in, "activity-restoration", comment.pk, **restoration)

    post(signed_in, "activity-deletion", comment.pk, **deletion)

    comment.refresh_from_db()
    assert comment.deleted_at is None
    comment.refresh_from_db()
    post(signed_in, "activity-deletion", comment.pk, version=comment.version)
    post(signed_in, "activity-restoration", comment.pk, **restoration)
    comment.refresh_from_db()
    assert comment.deleted_at is not None


def test_a_correction_that_comes_again_after_another_one_does_nothing(signed_in, comment, today):
    first = {"kind": "comment_posted", "day": today.isoformat(), "quantity": 2, "version": comment.version}
    post(signed_in, "activity", comment.pk, **first)
    post(signed_in, "activity", comment.pk, **{**first, "quantity": 5, "version": comment.version + 1})

    again = post(signed_in, "activity", comment.pk, **first)

    comment.refresh_from_db()
    assert comment.quantity == 5
    assert again.status_code == 302


def acts():
    """All that an act says; how often it changed is another matter."""
    return [{**act, "version": None} for act in Activity.objects.values()]


def test_the_forms_say_the_version_that_they_were_made_for(signed_in, comment):
    hidden = f'<input type="hidden" name="version" value="{comment.version}"'

    assert hidden in signed_in.get(reverse("my-day")).text
    assert hidden in signed_in.get(reverse("activity", args=[comment.pk])).text
    post(signed_in, "activity-deletion", comment.pk)
    assert 'name="version" value="1"' in signed_in.get(reverse("activities-deleted")).text
