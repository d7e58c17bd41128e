"""The page of one upload, in each of its states, and the list of all."""

import csv
import io

import pytest
from django.urls import reverse

from scoring.models import Upload
from scoring.models.upload import UploadState
from scoring.uploads.progress import Teller
from tests.scoring.views.uploads import REPORT, upload_of
from tests.teams.costs import queries_of

HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "upload"}
POSTS = ["upload-confirmation", "upload-cancellation", "upload-undo"]
GETS = ["upload", "upload-faults"]


@pytest.fixture
def signed_in(client, ana):
    client.force_login(ana)
    return client


def page_of(client, upload, **headers):
    return client.get(reverse("upload", args=[upload.pk]), **headers)


def counts_of(row):
    return {count.key: count.n for count in row.counts}


def test_the_preview_tells_of_each_file_and_kind(signed_in, ana):
    preview = page_of(signed_in, upload_of(ana)).context["view"].preview

    files = {file.name: file for file in preview.files}
    connections = counts_of(files["Connections.csv"])
    assert connections["read"] == 315
    assert connections["new"] == 292
    assert connections["known"] == 20
    assert connections["beyond_cap"] == 4
    assert connections["not_understood"] == 1
    assert [kind.label for kind in files["Connections.csv"].kinds] == [
        "New relevant connection",
        "Connected with executive or decision maker",
    ]
    assert (files["Comments.csv"].kind, files["Comments.csv"].kinds) == (
        "Substantive comment on another's post",
        [],
    )
    assert counts_of(files["Profile.csv"])["read"] == 1
    assert preview.totals["new"] == 331
    assert preview.totals["not_understood"] == 3


def test_a_column_that_no_file_needs_is_left_out(signed_in, ana):
    head = [column.key for column in page_of(signed_in, upload_of(ana)).context["view"].preview.head]

    assert head == ["read", "new", "known", "taken_over", "beyond_cap", "not_understood"]


def test_the_preview_says_days_index_and_what_was_typed_by_hand(signed_in, ana):
    response = page_of(signed_in, upload_of(ana))

    assert "with acts from 2 January 2024 to 20 November 2026" in response.text
    assert "the index of 20 November 2026 rises by 25.50, from 11.00 to 36.50" in response.text
    assert "2 of them typed by hand" in response.text
    assert "18 November 2026" in response.text
    assert "Connections.csv · line 7, column Connected On" in response.text
    assert "Votes.csv · the whole file" in response.text


def test_the_chart_says_the_same_as_its_table(signed_in, ana):
    chart = page_of(signed_in, upload_of(ana)).context["view"].chart

    before, after = chart.figure["data"]
    assert before["y"] == [10.0, 11.0]
    assert after["y"] == [34.0, 36.5]
    assert chart.rows == [
        ["20 November 2026", "11.00", "36.50", "+25.50"],
        ["19 November 2026", "10.00", "34.00", "+24.00"],
    ]


def test_no_item_is_ticked_before_the_seller_ticks_it(signed_in, ana):
    response = page_of(signed_in, upload_of(ana))

    assert 'name="items" value="profile_headline"' in response.text
    assert "checked" not in response.text


def test_an_item_that_is_not_offered_is_refused(signed_in, ana):
    upload = upload_of(ana)

    response = signed_in.post(
        reverse("upload-confirmation", args=[upload.pk]), {"items": ["profile_skills"]}, **HTMX
    )

    assert response.status_code == 422
    assert "not offered any more" in response.text
    upload.refresh_from_db()
    assert upload.state == UploadState.PREVIEWED


@pytest.mark.parametrize("state", ["received", "reading", "confirmed", "taking", "undoing"])
def test_while_a_worker_is_at_it_the_page_asks_every_two_seconds(signed_in, ana, state):
    response = page_of(signed_in, upload_of(ana, state=state))

    assert 'hx-trigger="every 2s"' in response.text
    assert response.context["view"].preview is None


@pytest.mark.parametrize("state", ["previewed", "done", "failed", "cancelled", "expired", "undone"])
def test_once_nothing_is_awaited_it_stops_asking_and_says_so(signed_in, ana, state):
    response = page_of(signed_in, upload_of(ana, state=state), **HTMX)

    assert "hx-trigger" not in response.text
    assert f'<p class="visually-hidden">{response.context["view"].title}</p>' in response.text


def test_the_progress_has_real_numbers(signed_in, ana):
    reading, taking = upload_of(ana, state="reading"), upload_of(ana, state="taking")
    Teller(reading.pk).tell("reading", 1_048_576, 2_097_152)
    Teller(taking.pk).tell("taking", 12_500, 100_000)

    first, second = page_of(signed_in, reading), page_of(signed_in, taking)

    assert "1.0\xa0MB of 2.0\xa0MB read" in first.text
    assert 'max="2097152" value="1048576"' in first.text
    assert "12,500 of 100,000 rows" in second.text


def test_what_is_read_again_to_be_taken_in_is_told_in_bytes(signed_in, ana):
    upload = upload_of(ana, state="taking")
    Teller(upload.pk).tell("reading", 1_048_576, 2_097_152)

    progress = page_of(signed_in, upload).context["view"].progress

    assert (progress.phase, progress.told) == ("Reading the file", "1.0\xa0MB of 2.0\xa0MB read")


def test_progress_that_was_lost_is_still_under_way(signed_in, ana):
    upload = upload_of(ana, state="reading")

    assert page_of(signed_in, upload).context["view"].progress.told == ""


def test_of_more_rows_than_are_kept_the_first_can_be_downloaded(signed_in, ana):
    few, many = upload_of(ana), upload_of(ana, report=REPORT | {"skipped_count": 4000})

    assert "All as CSV" in page_of(signed_in, few).text
    text = page_of(signed_in, many).text
    assert "All as CSV" not in text
    assert "The first 3 as CSV" in text


def test_a_failed_one_says_why_and_that_nothing_was_taken(signed_in, ana):
    upload = upload_of(ana, state="failed", problem="too_many_rows", facts={"most": 2000000}, report={})

    response = page_of(signed_in, upload)

    assert "The archive has more than 2000000 rows." in response.text
    assert "Nothing was taken in, and the file is deleted." in response.text


def test_what_was_not_understood_is_a_table_without_formulas(signed_in, ana):
    upload = upload_of(ana)

    response = signed_in.get(reverse("upload-faults", args=[upload.pk]))

    assert response["Content-Disposition"] == f'attachment; filename="not-understood-{upload.pk}.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert rows[0]["value"] == "'=2+3"
    assert rows[0]["line"] == "7"
    assert rows[0]["reason"] == "This is not a day in any form that is known here."
    assert rows[2]["line"] == ""


@pytest.mark.parametrize("person", ["ada", "bruno", "root"])
@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_what_ana_brought_in_is_nobody_elses(client, request, ana, person, name):
    upload = upload_of(ana)
    client.force_login(request.getfixturevalue(person))
    ask = client.get if name in GETS else client.post

    response = ask(reverse(name, args=[upload.pk]))

    assert response.status_code == 404
    upload.refresh_from_db()
    assert upload.state == UploadState.PREVIEWED


@pytest.mark.parametrize("name", [*GETS, *POSTS])
def test_what_is_of_the_whole_organisation_is_for_administrators(client, ana, root, name):
    upload = upload_of(None)
    client.force_login(ana)
    ask = client.get if name in GETS else client.post

    assert ask(reverse(name, args=[upload.pk])).status_code == 404

    client.force_login(root)
    if name in GETS:
        assert client.get(reverse(name, args=[upload.pk])).status_code == 200


def test_the_list_shows_ones_own_only_newest_first(client, ana, ada):
    upload_of(ada, state="done")
    upload_of(ana, state="cancelled", report={})
    newest = upload_of(ana, state="done")
    client.force_login(ana)

    rows = client.get(reverse("uploads")).context["rows"]

    assert [row.state for row in rows] == ["taken in", "cancelled"]
    assert rows[0].pk == newest.pk
    assert rows[0].told == "331 acts"
    assert [row.may_undo for row in rows] == [True, False]


def test_a_longer_list_and_a_longer_report_cost_no_more_queries(signed_in, ana):
    upload = upload_of(ana)
    signed_in.get(reverse("uploads"))
    page_of(signed_in, upload)  # what it keeps of the rule book is asked for once
    few = queries_of(lambda: signed_in.get(reverse("uploads")))
    page = queries_of(lambda: page_of(signed_in, upload))
    for _n in range(10):
        upload_of(ana, state="done")
    Upload.objects.update(report=REPORT | {"files": REPORT["files"] * 10, "skipped": REPORT["skipped"] * 100})

    assert queries_of(lambda: signed_in.get(reverse("uploads"))) == few
    assert queries_of(lambda: page_of(signed_in, upload)) == page


def test_a_poll_asks_for_the_person_and_the_row_only(signed_in, ana, django_assert_num_queries):
    upload = upload_of(ana, state="reading")
    page_of(signed_in, upload, **HTMX)

    with django_assert_num_queries(4):
        page_of(signed_in, upload, **HTMX)
