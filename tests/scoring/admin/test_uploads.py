"""What administrators see of what people bring in, and the two lists that imports go by."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scoring.models import Seat, SeniorityPhrase, Upload
from tests.moments import NOON

pytestmark = pytest.mark.django_db

REPORT = {
    "files": [{"file": "Shares.csv", "kind": "content_shared", "read": 12345, "new": 12000}],
    "skipped_count": 3,
}


def page(model, name="changelist", *args):
    return reverse(f"admin:scoring_{model}_{name}", args=args)


@pytest.fixture
def upload(ana):
    return Upload.objects.create(
        seller=ana.seller,
        made_by=ana,
        state="done",
        format="linkedin",
        size=2_500_000,
        report=REPORT,
        created_at=NOON,
    )


def test_an_upload_is_told_by_its_counts_and_changed_by_nobody(client, either, upload):
    changelist = client.get(page("upload"))
    change = client.get(page("upload", "change", upload.pk))

    for response in (changelist, change):
        assert response.status_code == 200
        assert "LinkedIn archive" in response.text
        assert "Ana Nowak" in response.text
        assert "12,345" in response.text
    assert client.get(page("upload", "add")).status_code == 403
    assert client.post(page("upload", "change", upload.pk), {"state": "undone"}).status_code == 403
    assert client.post(page("upload", "delete", upload.pk), {"post": "yes"}).status_code == 403


def test_a_refused_one_says_why(client, administrator, upload):
    Upload.objects.update(state="failed", problem="encrypted", report={}, seller=None)

    response = client.get(page("upload", "change", upload.pk))

    assert "locked with a password" in response.text
    assert "the whole organisation" in response.text


def test_a_seat_gets_its_seller(client, either, ana):
    response = client.post(page("seat", "add"), {"number": "4711", "seller": ana.seller.pk})

    assert response.status_code == 302
    assert Seat.objects.get().seller == ana.seller
    assert "4711" in client.get(f"{page('seat')}?q=nowak").text


def test_a_phrase_for_senior_positions_is_added(client, either):
    response = client.post(page("seniorityphrase", "add"), {"phrase": "store captain"})

    assert response.status_code == 302
    assert SeniorityPhrase.objects.filter(phrase="store captain").exists()
    assert "store captain" in client.get(f"{page('seniorityphrase')}?q=captain").text


@pytest.mark.parametrize("model", ["upload", "seat", "seniorityphrase"])
@pytest.mark.parametrize("person", ["anonymous", "ana", "bruno"])
def test_no_page_opens_for_others(client, request, model, person):
    if person != "anonymous":
        client.force_login(request.getfixturevalue(person))

    assert client.get(page(model)).status_code == 302


@pytest.mark.parametrize("model", ["upload", "seat"])
def test_a_list_costs_the_same_with_twice_the_rows(client, root, ana, ada, model):
    def fill(first, last):
        for n in range(first, last):
            seller = (ana, ada)[n % 2].seller
            Seat.objects.create(number=str(n), seller=seller)
            made_at = NOON - datetime.timedelta(hours=n)
            Upload.objects.create(
                seller=seller, made_by=seller.user, size=n, report=REPORT, created_at=made_at
            )

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get(page(model)).status_code == 200
        return len(found)

    client.force_login(root)
    fill(0, 4)
    queries()
    few = queries()
    fill(4, 8)

    assert queries() == few
