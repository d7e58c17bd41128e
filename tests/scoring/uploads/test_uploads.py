"""The door of uploads: real files, real reading processes, and what is left when something breaks off."""

import stat
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring import recompute, uploads
from scoring.models import Activity, Holding, Restatement, Upload
from scoring.models.upload import UploadState
from scoring.samples.formats import FORMATS
from scoring.samples.recipe import Recipe
from scoring.uploads import files as upload_files
from scoring.uploads.progress import Progress
from teams.models import Seller
from tests.moments import NOON, TODAY, days_ago
from tests.scoring.uploads.door import (
    CSV,
    confirmed,
    done,
    files,
    nothing_is_stored,
    previewed,
    received,
    state_of,
)

SEATS = (
    b"activityId,activityType,createdAt,seatId\n"
    b"a1,SAVED_LEAD,11-18-2026 10:00:00,7\na2,SAVED_LEAD,11-18-2026 10:00:00,8\n"
)
WHOLE = (
    *("linkedin", "linkedin-basic-2021", "x", "mastodon", "facebook", "instagram"),
    *("activities-csv", "activities-xlsx"),
)
TABLE = b"seller,kind,day,note\n%s,comment_posted,2026-11-18,Nice\n,content_shared,2026-11-17,\n"


def sample(name):
    """An archive as a network hands it out."""
    return FORMATS[name](Recipe(first=days_ago(60), last=TODAY)).content


def test_a_file_waits_under_a_random_name_for_its_owner_only(ana):
    upload = received(ana)

    path = upload_files.path_of(upload.file)
    assert path.read_bytes() == CSV
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "name" not in upload.file


def test_a_file_that_is_too_large_leaves_nothing(ana, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 10)

    with pytest.raises(upload_files.TooLarge):
        received(ana)

    assert files() == []
    assert not Upload.objects.exists()


def test_before_the_confirmation_nothing_is_stored_but_counts(ana):
    upload = previewed(ana)

    assert upload.state == UploadState.PREVIEWED
    assert upload.report["files"][0]["new"] == 2
    assert upload.report["after"][-1][1] > upload.report["before"][-1][1]
    assert nothing_is_stored()
    assert "Hello" not in str(upload.report)


def test_a_preview_writes_to_the_row_of_the_upload_only(ana):
    upload = received(ana)

    with CaptureQueriesContext(connection) as asked:
        uploads.read(upload.pk, today=TODAY, now=NOON)

    writes = [one["sql"] for one in asked if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE", "COPY")]
    assert all('UPDATE "scoring_upload"' in sql for sql in writes)


def test_what_is_confirmed_is_taken_in_and_the_file_is_gone(ana):
    upload = done(ana)

    assert upload.state == UploadState.DONE
    assert (upload.day, upload.ended_at, upload.file) == (TODAY, NOON, "")
    assert Activity.objects.count() == 2
    assert files() == []
    assert not Restatement.objects.exists()


def test_the_preview_said_what_then_happened(ana):
    upload = previewed(ana)
    uploads.confirm(upload.pk, items=[], now=NOON)
    (seller,) = uploads.take_in(upload.pk, today=TODAY, now=NOON)
    recompute.settle(seller, today=TODAY)

    score = ana.seller.scores.get(day=TODAY)
    assert upload.report["after"][-1] == [TODAY.isoformat(), score.ssi]


def test_only_items_that_were_offered_can_be_confirmed(ana):
    upload = previewed(ana, sample("linkedin"))
    offered = upload.report["items"]

    uploads.confirm(upload.pk, items=[offered[0], "profile_video_call"], now=NOON)
    uploads.take_in(upload.pk, today=TODAY, now=NOON)

    assert list(Holding.objects.values_list("kind__code", flat=True)) == offered[:1]


@pytest.mark.parametrize("name", WHOLE)
def test_every_format_is_read_taken_in_and_taken_back(ana, name):
    data = sample(name)
    upload = done(ana, data)
    again = previewed(ana, data)

    assert sum(row["read"] for row in upload.report["files"]) > 0
    assert sum(row["new"] for row in again.report["files"]) == 0

    uploads.undo(upload.pk, now=NOON)
    assert nothing_is_stored()


def test_what_is_no_archive_fails_with_a_reason_and_is_gone(ana):
    upload = received(ana, b"not,known\n1,2\n")

    uploads.read(upload.pk, today=TODAY, now=NOON)

    upload = Upload.objects.get(pk=upload.pk)
    assert (upload.state, upload.problem, files()) == (UploadState.FAILED, "unknown", [])


def test_a_seller_cannot_bring_what_is_of_all_seats_nor_an_administrator_what_is_a_sellers(ana, root):
    seats, own = received(ana, SEATS), received(root)

    uploads.read(seats.pk, today=TODAY, now=NOON)
    uploads.read(own.pk, today=TODAY, now=NOON)

    problems = dict(Upload.objects.values_list("pk", "problem"))
    assert problems == {seats.pk: "for_administrators", own.pk: "only_seats"}


def test_the_file_of_all_seats_waits_for_its_seats(ana, root):
    from scoring.models import Seat

    first = done(root, SEATS)
    Seat.objects.create(number="8", seller=ana.seller)
    done(root, SEATS)

    assert first.report["seats"] == {"unknown": ["7", "8"]}
    assert Activity.objects.get().seller == ana.seller


def test_ones_own_table_speaks_of_nobody_else(ana, ada):
    own, others = done(ana, TABLE % b"ANA@example.com"), previewed(ana, TABLE % b"ada@example.com")

    assert Activity.objects.of(ana.seller).count() == 2
    assert own.report["skipped_count"] == 0
    (skipped,) = others.report["skipped"]
    assert (skipped["column"], skipped["reason"], skipped["value"]) == ("seller", "another_seller", "")


@pytest.mark.parametrize("at", ["received", "previewed", "confirmed"])
def test_an_upload_is_cancelled_at_any_time(ana, at):
    upload = {"received": received, "previewed": previewed, "confirmed": confirmed}[at](ana)

    assert uploads.cancel(upload.pk, now=NOON)

    assert not uploads.cancel(upload.pk, now=NOON)
    assert not uploads.read(upload.pk, today=TODAY, now=NOON)
    assert not uploads.confirm(upload.pk, items=[], now=NOON)
    assert uploads.take_in(upload.pk, today=TODAY, now=NOON) is None
    assert (state_of(upload), files()) == (UploadState.CANCELLED, [])
    assert nothing_is_stored()


def test_what_is_done_is_not_cancelled_and_what_is_undone_not_undone_again(ana):
    upload = done(ana)

    assert not uploads.cancel(upload.pk, now=NOON)
    assert uploads.undo(upload.pk, now=NOON) == [ana.seller.pk]
    assert uploads.undo(upload.pk, now=NOON) is None
    assert nothing_is_stored()


def test_reading_twice_and_confirming_twice_is_done_once(ana):
    upload = previewed(ana)

    assert not uploads.read(upload.pk, today=TODAY, now=NOON)
    assert uploads.confirm(upload.pk, items=[], now=NOON)
    assert not uploads.confirm(upload.pk, items=[], now=NOON)
    assert uploads.take_in(upload.pk, today=TODAY, now=NOON)
    assert uploads.take_in(upload.pk, today=TODAY, now=NOON) is None
    assert Activity.objects.count() == 2


def test_after_a_day_what_was_not_confirmed_is_gone(ana):
    old, young = previewed(ana), previewed(ana, at=NOON + timedelta(hours=12))
    tomorrow = NOON + timedelta(hours=24, seconds=1)

    assert not uploads.confirm(old.pk, items=[], now=tomorrow)
    uploads.sweep(now=tomorrow)

    assert (state_of(old), state_of(young)) == (UploadState.EXPIRED, UploadState.PREVIEWED)
    assert files() == [young.file]


def test_files_that_nobody_knows_of_are_swept_once_nothing_writes_to_them(ana):
    import os

    waiting = received(ana)
    for name, minutes in (("0" * 32, 61), ("1" * 32, 5)):
        path = upload_files.path_of(name)
        path.write_bytes(b"left over")
        moment = NOON.timestamp() - minutes * 60
        os.utime(path, (moment, moment))

    uploads.sweep(now=NOON)

    assert sorted(files()) == sorted([waiting.file, "1" * 32])


def test_a_seller_who_is_deleted_takes_uploads_traces_and_in_the_end_the_file_along(ana):
    done(ana)
    waiting = previewed(ana, TABLE % b"")

    Seller.objects.get(pk=ana.seller.pk).delete()
    assert uploads.take_in(waiting.pk, today=TODAY, now=NOON) is None
    uploads.sweep(now=NOON + timedelta(days=3650))

    assert nothing_is_stored()
    assert not Upload.objects.exists()
    assert files() == []


@pytest.mark.parametrize("data", [CSV, TABLE % b""])
def test_a_worker_tells_how_far_it_is(ana, data, monkeypatch):
    monkeypatch.setattr("scoring.uploads.progress.ROWS_AT_ONCE", 1)
    told = []
    with patch("scoring.uploads.progress.Teller.tell", lambda _self, *how: told.append(Progress(*how))):
        upload = previewed(ana, data)
        uploads.confirm(upload.pk, items=[], now=NOON)
        uploads.take_in(upload.pk, today=TODAY, now=NOON)

    size = len(data)
    looked_at = [("reading", size, size), ("matching", 0, 2), ("matching", 1, 2), ("matching", 2, 2)]
    stored = [("storing", 0, 2), ("storing", 1, 2), ("storing", 2, 2)]
    assert told == looked_at * 2 + stored
