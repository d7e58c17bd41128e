"""Uploads as a worker leaves them, and files as networks hand them out, for tests of their pages."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from scoring import restating, uploads
from scoring.models import Upload
from scoring.samples.formats import FORMATS
from scoring.samples.recipe import Recipe
from ssi_dashboard import clock
from tests.moments import NOON, TODAY

REPORT = {
    "format": "linkedin",
    "files": [
        counts | {"known": 0, "taken_over": 0, "deleted_before": 0, "baseline": 0, "beyond_cap": 0} | extra
        for counts, extra in (
            (
                {"file": "Connections.csv", "kind": "connection_accepted", "read": 300, "new": 280},
                {"known": 20, "beyond_cap": 4},
            ),
            ({"file": "Connections.csv", "kind": "executive_connected", "read": 12, "new": 12}, {}),
            (
                {"file": "Comments.csv", "kind": "comment_posted", "read": 41, "new": 39},
                {"taken_over": 2},
            ),
        )
    ],
    "rows": {"Connections.csv": 315, "Comments.csv": 43, "Profile.csv": 1},
    "skipped": [
        {"file": "Connections.csv", "line": 7, "column": "Connected On", "reason": "no_day", "value": "=2+3"},
        {"file": "Comments.csv", "line": 12, "column": "Date", "reason": "no_day", "value": ""},
        {"file": "Votes.csv", "line": 0, "column": "", "reason": "no_header", "value": ""},
    ],
    "skipped_count": 3,
    "skipped_by_file": {"Connections.csv": 1, "Comments.csv": 1, "Votes.csv": 1},
    "first": "2024-01-02",
    "last": "2026-11-20",
    "items": ["profile_headline", "profile_about"],
    "before": [["2026-11-19", 1000], ["2026-11-20", 1100]],
    "after": [["2026-11-19", 3400], ["2026-11-20", 3650]],
    "taken_over": [{"kind": "comment_posted", "day": "2026-11-18", "quantity": 2}],
    "seats": {"unknown": []},
}


@pytest.fixture(autouse=True)
def a_folder_of_ones_own(settings, tmp_path):
    settings.UPLOADS = tmp_path


def upload_of(user, *, state="previewed", **fields):
    """An upload of a seller's, read and waiting to be confirmed unless said otherwise; user may be None."""
    known = {"format": "linkedin", "size": 2_500_000, "report": REPORT, "created_at": NOON}
    seller = getattr(user, "seller", None)
    return Upload.objects.create(seller=seller, made_by=user, state=state, **(known | fields))


def sample(name, *, last=TODAY, days=120):
    """A file as a network hands it out, of the project's own generator."""
    return FORMATS[name](Recipe(first=last - datetime.timedelta(days=days), last=last))


def as_sent(made):
    return SimpleUploadedFile(made.name, made.content)


def read_all():
    """What a worker does a moment after a file was received."""
    for upload in uploads.waiting(now=timezone.now()):
        uploads.read(upload.pk, today=clock.today(), now=timezone.now())


def take_in_all():
    """What a worker does a moment after a file was confirmed; the scores are restated."""
    for upload in uploads.waiting(now=timezone.now()):
        sellers = uploads.take_in(upload.pk, today=clock.today(), now=timezone.now())
        settle(sellers or [])


def settle(sellers):
    restating.settle(sellers, today=clock.today())
