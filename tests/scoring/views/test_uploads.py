"""An archive brought in on the page: sent, read, looked at, confirmed, cancelled, taken back."""

import stat
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from scoring import tasks
from scoring import uploads as door
from scoring.models import Activity, Holding, Score, Upload
from scoring.models.upload import UploadState
from tests.moments import NOON, TODAY
from tests.scoring.views.uploads import a_folder_of_ones_own, as_sent, read_all, sample, settle, take_in_all

__all__ = ["a_folder_of_ones_own"]

LIST = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "uploads"}
PAGE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "upload"}


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


@pytest.fixture
def connections():
    return sample("linkedin-connections")


def send(client, file, **said):
    headers = said.pop("headers", {})
    return client.post(reverse("uploads"), {"file": file, **said}, **headers)


def act(client, name, upload, headers=PAGE, **said):
    return client.post(reverse(name, args=[upload.pk]), said, **headers)


def index_of(user):
    return Score.objects.get(seller=user.seller, day=TODAY).ssi


def kept_files():
    return list(Path(settings.UPLOADS).iterdir())


def test_before_anything_is_sent_the_page_says_how_and_what_is_never_kept(signed_in):
    text = signed_in.get(reverse("uploads")).text

    for words in ("Get a copy of your data", "Download an archive of your data", "Never kept", "outbox.json"):
        assert words in text
    assert "Nothing brought in yet" in text


def test_without_a_file_the_field_says_so(signed_in):
    response = signed_in.post(reverse("uploads"), {}, **LIST)

    assert response.status_code == 422
    assert response.context["form"].errors["file"] == ["Choose a file."]
    assert 'aria-invalid="true"' in response.text


def test_an_empty_file_is_refused(signed_in):
    response = send(signed_in, SimpleUploadedFile("Connections.csv", b""))

    assert response.status_code == 422
    assert response.context["form"].errors["file"] == ["The file is empty."]


def test_too_large_a_file_is_refused_with_the_limit_and_not_kept(signed_in, monkeypatch):
    monkeypatch.setattr(door, "MOST_BYTES", 1024 * 1024)

    response = send(signed_in, SimpleUploadedFile("archive.zip", b"x" * (1024 * 1024 + 1)))

    assert response.status_code == 422
    assert response.context["form"].errors["file"] == [
        "The file is too large: at most 1.0\xa0MB can be brought in."
    ]
    assert kept_files() == []
    assert not Upload.objects.exists()


def test_a_file_leads_to_its_page_and_waits_for_its_owner_only(signed_in, ana, connections):
    response = send(signed_in, as_sent(connections))

    upload = Upload.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("upload", args=[upload.pk])
    assert (upload.seller, upload.made_by, upload.size) == (ana.seller, ana, len(connections.content))
    (file,) = kept_files()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes() == connections.content


def test_htmx_is_led_to_the_whole_page(signed_in, connections):
    response = send(signed_in, as_sent(connections), headers=LIST)

    assert response["HX-Redirect"] == reverse("upload", args=[Upload.objects.get().pk])


def test_searches_count_only_when_asked_for(signed_in, connections):
    send(signed_in, as_sent(connections))
    send(signed_in, as_sent(connections), searches="on")

    assert [upload.opted_in for upload in Upload.objects.order_by("pk")] == [[], ["people_search"]]


def test_a_form_of_another_site_is_refused_and_ours_is_not(ana, connections):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)

    assert send(client, as_sent(connections)).status_code == 403

    token = client.get(reverse("uploads")).context["csrf_token"]
    assert send(client, as_sent(connections), csrfmiddlewaretoken=str(token)).status_code == 302


def test_an_archive_from_file_to_index_and_back(signed_in, ana):
    made = sample("linkedin")
    send(signed_in, as_sent(made))
    upload = Upload.objects.get()
    page = reverse("upload", args=[upload.pk])

    read_all()
    preview = signed_in.get(page).context["view"]
    assert preview.may_confirm
    assert preview.preview.totals["new"] > 100
    assert not Activity.objects.exists()

    response = act(signed_in, "upload-confirmation", upload)
    assert response.context["view"].is_waiting
    take_in_all()
    done = signed_in.get(page).context["view"]
    assert done.may_undo
    assert Activity.objects.filter(seller=ana.seller).count() == preview.preview.totals["new"]
    promised = preview.chart.figure["data"][1]["y"][-1]
    assert index_of(ana) == round(promised * 100) > 0
    assert kept_files() == []

    response = act(signed_in, "upload-undo", upload)
    settle([ana.seller.pk])
    assert response.context["view"].title == "Taken back"
    assert not Activity.objects.exists()
    assert index_of(ana) == 0


def test_only_the_items_that_are_ticked_go_on_the_checklist(signed_in, ana):
    send(signed_in, as_sent(sample("linkedin")))
    read_all()
    upload = Upload.objects.get()

    act(signed_in, "upload-confirmation", upload, items=["profile_headline"])
    take_in_all()

    assert [held.kind.code for held in Holding.objects.all()] == ["profile_headline"]
    view = signed_in.get(reverse("upload", args=[upload.pk])).context["view"]
    assert view.note == "On your checklist now: Headline says whom you help."
    act(signed_in, "upload-undo", upload)
    assert not Holding.objects.exists()


def test_confirmed_twice_is_confirmed_once(signed_in, connections):
    send(signed_in, as_sent(connections))
    read_all()
    upload = Upload.objects.get()

    act(signed_in, "upload-confirmation", upload)
    response = act(signed_in, "upload-confirmation", upload)

    assert "That was decided already" in response.text
    take_in_all()
    count = Activity.objects.count()
    act(signed_in, "upload-confirmation", upload)
    take_in_all()
    assert Activity.objects.count() == count


@pytest.mark.parametrize("is_read", [False, True])
def test_cancelled_at_any_time_it_leaves_nothing(signed_in, connections, is_read):
    send(signed_in, as_sent(connections))
    if is_read:
        read_all()
    upload = Upload.objects.get()

    response = act(signed_in, "upload-cancellation", upload)

    assert response.context["view"].title == "Cancelled"
    assert kept_files() == []
    take_in_all()
    assert not Activity.objects.exists()


def test_undone_twice_is_undone_once(signed_in, connections):
    send(signed_in, as_sent(connections))
    read_all()
    upload = Upload.objects.get()
    act(signed_in, "upload-confirmation", upload)
    take_in_all()

    act(signed_in, "upload-undo", upload)
    response = act(signed_in, "upload-undo", upload)

    assert "That was taken back already" in response.text


def test_a_large_one_is_taken_back_by_a_worker(signed_in, connections, monkeypatch):
    monkeypatch.setattr(door, "UNDONE_AT_ONCE", 0)
    send(signed_in, as_sent(connections))
    read_all()
    upload = Upload.objects.get()
    act(signed_in, "upload-confirmation", upload)
    take_in_all()

    response = act(signed_in, "upload-undo", upload)
    again = act(signed_in, "upload-undo", upload)

    assert "every 2s" in response.text
    assert response.context["view"].title == "Taking it back"
    assert "That was taken back already" in again.text
    assert Activity.objects.exists()
    tasks.undo_upload(upload_id=upload.pk)
    assert not Activity.objects.exists()
    done = signed_in.get(reverse("upload", args=[upload.pk]), **PAGE)
    assert done.context["view"].title == "Taken back"
    assert "every 2s" not in done.text


def test_undone_from_the_list_the_list_comes_back(signed_in, connections):
    send(signed_in, as_sent(connections))
    read_all()
    upload = Upload.objects.get()
    act(signed_in, "upload-confirmation", upload)
    take_in_all()

    response = act(signed_in, "upload-undo", upload, headers=LIST, next=reverse("uploads"))

    assert response.status_code == 302
    assert response["Location"] == reverse("uploads")
    upload.refresh_from_db()
    assert upload.state == UploadState.UNDONE


@pytest.mark.parametrize("name", ["upload-confirmation", "upload-cancellation", "upload-undo"])
def test_without_scripts_each_decision_leads_back_to_the_page(signed_in, connections, name):
    send(signed_in, as_sent(connections))
    upload = Upload.objects.get()

    response = act(signed_in, name, upload, headers={})

    assert response.status_code == 302
    assert response["Location"] == reverse("upload", args=[upload.pk])


@pytest.mark.parametrize(
    "content",
    [b"\x00\xff\xfe" * 500, b"PK\x03\x04" + b"\x00" * 200, b"{" * 100_000, b"%PDF-1.7\n", b"a;b\n1;2\n"],
    ids=["noise", "half a zip", "deep", "pdf", "a table of something else"],
)
def test_a_file_that_is_no_archive_gets_a_sentence(signed_in, content):
    send(signed_in, SimpleUploadedFile("archive.zip", content))
    read_all()

    response = signed_in.get(reverse("upload", args=[Upload.objects.get().pk]))

    assert response.status_code == 200
    assert response.context["view"].problem
    assert "Nothing was taken in, and the file is deleted." in response.text
    assert kept_files() == []
    assert "failed" in signed_in.get(reverse("uploads")).text


def test_a_file_of_all_seats_is_not_a_sellers_to_bring_in(signed_in):
    send(signed_in, as_sent(sample("sales-navigator")))
    read_all()

    assert signed_in.get(reverse("upload", args=[Upload.objects.get().pk])).context["view"].problem
