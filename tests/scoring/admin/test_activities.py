import datetime
import uuid

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from scoring import intake
from scoring.models import (
    Activity,
    Kind,
    Score,
    Tally,
)
from tests.moments import NOON, TODAY, days_ago

pytestmark = pytest.mark.django_db


TOMORROW = TODAY + datetime.timedelta(days=1)


def log(person, *, quantity=2, day=TODAY):
    entry = intake.Entry(Kind.objects.get(code="comment_posted"), day, quantity=quantity)
    return intake.record(person.seller.pk, entry, token=uuid.uuid4(), today=TODAY)


def page(model, name="changelist", *args):
    return reverse(f"admin:scoring_{model}_{name}", args=args)


def act(client, model, action, chosen, **fields):
    data = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in chosen], **fields}
    return client.post(page(model), data, follow=True)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def ssi(person, day=TODAY):
    return Score.objects.get(seller=person.seller, day=day).ssi


def history(row):
    return [entry.change_message for entry in LogEntry.objects.filter(object_id=str(row.pk))]


def correction(activity, **changed):
    said = {
        "kind": activity.kind_id,
        "day": activity.day,
        "quantity": activity.quantity,
        "network": activity.network,
        "link": activity.link,
        "note": activity.note,
        "reason": "Counted twice by mistake",
    }
    return {**said, **changed}


def test_a_correction_goes_into_tally_score_and_history(client, administrator, ana, activity):
    before = ssi(ana)

    response = client.post(page("activity", "change", activity.pk), correction(activity, quantity=1))

    assert response.status_code == 302
    assert Tally.objects.get().quantity == 1
    assert ssi(ana) < before
    assert history(activity) == ["How many: 2 → 1. Reason: Counted twice by mistake"]
    assert "Counted twice" in client.get(page("activity", "history", activity.pk)).content.decode()


def test_a_correction_of_kind_and_day_moves_the_tally(client, administrator, ana, activity):
    message = Kind.objects.get(code="message_sent")

    client.post(
        page("activity", "change", activity.pk), correction(activity, kind=message.pk, day=days_ago(3))
    )

    tally = Tally.objects.get()
    assert (tally.kind, tally.day) == (message, days_ago(3))
    assert ssi(ana, days_ago(3)) > 0
    assert history(activity) == [
        "Kind: Substantive comment on another's post → Personal message sent; Day: 2026-11-20 → 2026-11-17. "
        "Reason: Counted twice by mistake"
    ]


def test_a_correction_without_a_reason_is_refused(client, administrator, ana, activity):
    response = client.post(
        page("activity", "change", activity.pk), correction(activity, quantity=1, reason=" ")
    )

    assert response.status_code == 200
    assert response.context["errors"]
    assert Tally.objects.get().quantity == 2
    assert history(activity) == []


@pytest.mark.parametrize("day", [TOMORROW, TODAY - datetime.timedelta(days=401)])
def test_a_correction_to_a_day_that_cannot_be_is_refused(client, administrator, activity, day):
    response = client.post(page("activity", "change", activity.pk), correction(activity, day=day))

    assert response.status_code == 200
    assert Activity.objects.get().day == TODAY


def test_an_act_of_long_ago_may_be_corrected_where_it_is(client, administrator, ana, noon):
    activity = log(ana, day=TODAY - datetime.timedelta(days=400))
    noon.shift(datetime.timedelta(days=30))

    response = client.post(page("activity", "change", activity.pk), correction(activity, quantity=1))

    assert response.status_code == 302
    assert Activity.objects.get().quantity == 1


def test_an_act_does_not_become_a_standing_item(client, administrator, activity):
    photo = Kind.objects.get(code="profile_photo")

    response = client.post(page("activity", "change", activity.pk), correction(activity, kind=photo.pk))

    assert response.status_code == 200
    assert Activity.objects.get().kind == activity.kind


def test_the_box_of_kinds_finds_events_by_their_translated_name(client, administrator, activity):
    administrator.language = "en"
    administrator.save()

    def found(term, field="kind"):
        query = {"app_label": "scoring", "model_name": "activity", "field_name": field, "term": term}
        return [row["text"] for row in client.get(reverse("admin:autocomplete"), query).json()["results"]]

    assert found("meeting") == ["Social conversation became a meeting"]
    assert found("photo") == []


def test_the_tokens_are_not_shown(client, administrator, activity):
    text = client.get(page("activity", "change", activity.pk)).content.decode()

    assert str(activity.token) not in text
    assert str(activity.content) not in text


def test_deleting_asks_for_a_reason_and_keeps_the_row(client, administrator, ana, activity):
    address = page("activity", "delete", activity.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": ""}).status_code == 422
    assert Activity.objects.live().exists()

    client.post(address, {"reason": "Not hers"})

    assert Activity.objects.get().deleted_at == NOON
    assert not Tally.objects.exists()
    assert ssi(ana) == 0
    assert history(activity) == ["Deleted. Reason: Not hers"]
    assert client.post(page("activity", "change", activity.pk), correction(activity)).status_code == 403
    assert client.post(address, {"reason": "Again"}).status_code == 403


def test_many_are_deleted_for_one_reason_and_restored(client, administrator, ana, activity):
    other = log(ana, quantity=1)
    before = ssi(ana)

    question = act(client, "activity", "delete_selected", [activity, other])
    assert "Reason" in question.content.decode()
    assert Activity.objects.live().count() == 2

    act(client, "activity", "delete_selected", [activity, other], confirmed="yes", reason="A test")
    assert Activity.objects.deleted().count() == 2
    assert ssi(ana) == 0

    response = act(client, "activity", "restore_selected", [activity, other])
    assert said(response) == "2 activities are restored."
    assert ssi(ana) == before
    assert "Restored." in history(other)


def test_after_thirty_days_nothing_is_restored(client, administrator, ana, activity, noon):
    intake.delete(activity, now=NOON, today=TODAY)
    noon.shift(datetime.timedelta(days=31))

    response = act(client, "activity", "restore_selected", [activity])

    assert "more than 30 days ago" in said(response)
    assert Activity.objects.deleted().exists()


def test_deleted_and_counting_ones_are_told_apart(client, administrator, ana, activity):
    intake.delete(log(ana), now=NOON, today=TODAY)

    def found(state):
        rows = client.get(page("activity"), {"state": state}).context["cl"].result_list
        return [row.pk for row in rows]

    assert found("counts") == [activity.pk]
    assert found("deleted") == [Activity.objects.deleted().get().pk]
