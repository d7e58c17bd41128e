"""Workers that die, are given up and come back, or are two: an upload is taken in once, and whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connections

from scoring import intake, recompute, uploads
from scoring.models import Activity, Kind, Tally, Upload
from scoring.models.upload import UploadState
from scoring.uploads import examination
from tests.moments import NOON, TODAY
from tests.scoring.uploads.door import confirmed, done, files, nothing_is_stored, received, state_of


class Crash(BaseException):
    """The worker is gone: nothing after this line runs, and nothing of it is caught."""


@pytest.mark.parametrize("where", ["read", "take_in"])
def test_a_worker_that_was_killed_is_made_good_by_the_next(ana, where):
    upload = received(ana) if where == "read" else confirmed(ana)
    with patch.object(examination, "examine", side_effect=Crash), pytest.raises(Crash):
        getattr(uploads, where)(upload.pk, today=TODAY, now=NOON)
    assert nothing_is_stored()
    assert uploads.waiting(now=NOON) == []
    assert not getattr(uploads, where)(upload.pk, today=TODAY, now=NOON)

    later = NOON + uploads.LEASE + timedelta(seconds=1)
    uploads.sweep(now=later)
    assert [one.pk for one in uploads.waiting(now=later)] == [upload.pk]
    assert getattr(uploads, where)(upload.pk, today=TODAY, now=later)


@pytest.mark.parametrize("where", ["read", "take_in"])
def test_what_breaks_its_workers_fails_after_three_times(ana, where):
    upload = received(ana) if where == "read" else confirmed(ana)
    moment = NOON
    for _time in range(3):
        with patch.object(examination, "examine", side_effect=Crash), pytest.raises(Crash):
            getattr(uploads, where)(upload.pk, today=TODAY, now=moment)
        moment += uploads.LEASE + timedelta(seconds=1)

    uploads.sweep(now=moment)

    upload = Upload.objects.get(pk=upload.pk)
    assert (upload.state, upload.problem, files()) == (UploadState.FAILED, "gave_up", [])
    assert nothing_is_stored()


def test_a_worker_that_was_given_up_and_comes_back_writes_nothing(ana):
    upload = confirmed(ana)
    stale = uploads._claim(upload.pk, UploadState.CONFIRMED, now=NOON)
    later = NOON + uploads.LEASE + timedelta(seconds=1)
    gathered = uploads._gathered(stale, today=TODAY)
    assert uploads.take_in(upload.pk, today=TODAY, now=later) == [ana.seller.pk]

    assert uploads.take_gathered(stale, gathered, today=TODAY, now=later) is None

    assert Activity.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_back_once(ana):
    upload = done(ana)
    assert uploads.ask_undo(upload.pk)
    assert not uploads.ask_undo(upload.pk)
    assert not uploads.cancel(upload.pk, now=NOON)
    uploads.sweep(now=NOON + timedelta(days=2))
    assert [one.pk for one in uploads.waiting(now=NOON)] == [upload.pk]

    def work(_n):
        try:
            return uploads.undo(upload.pk, now=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(work, range(2)))

    assert None in found
    assert [ana.seller.pk] in found
    assert state_of(upload) == UploadState.UNDONE
    assert nothing_is_stored()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_take_in_once_while_the_seller_logs(ana):
    upload = confirmed(ana)
    entry = intake.Entry(Kind.objects.get(code="content_shared"), TODAY)

    def work(what):
        try:
            if what == "log":
                return intake.record(ana.seller.pk, entry, token=uuid4(), today=TODAY).pk
            return uploads.take_in(upload.pk, today=TODAY, now=NOON)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(work, ["take", "log", "take"]))

    assert [found[0], found[2]].count(None) == 1
    assert sorted(Tally.objects.values_list("kind__code", "quantity")) == [
        ("comment_posted", 2),
        ("content_shared", 1),
    ]
    recompute.settle(ana.seller.pk, today=TODAY)
    assert files() == []
