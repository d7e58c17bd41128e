"""Uploads made of rows as a reader finds them, without a file and a process in between."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import now

from scoring import recompute, uploads
from scoring.archive.found import Act, FileRead, Found, Item
from scoring.models import Upload
from scoring.models.upload import UploadState
from scoring.uploads.gathering import gather
from scoring.uploads.key import marks_of
from tests.moments import TODAY

FILE = "Comments.csv"


def act(
    name: str,
    *,
    kind: str = "comment_posted",
    day: date | None = TODAY,
    network: str = "linkedin",
    link: str = "",
    file: str = FILE,
    seat: str = "",
) -> Act:
    """A row whose mark is told by a name; the same name is the same act."""
    mark = hashlib.blake2b(name.encode(), digest_size=16).hexdigest()
    return Act(file, 1, kind, day, network, mark, link, seat)


def link_mark(seller_id: int, address: str) -> str:
    return marks_of(seller_id).link(address)


def bring(
    seller_id: int | None,
    found: Iterable[Found],
    *,
    items: Iterable[str] = (),
    format: str = "linkedin",
    today: date = TODAY,
    at: datetime | None = None,
    settle: bool = True,
) -> Upload:
    """Take rows in as a confirmed upload, and settle what it asks for."""
    found = list(found)
    files = {one.file for one in found if isinstance(one, Act)}
    ends = [FileRead(file, sum(isinstance(one, Act) and one.file == file for one in found)) for file in files]
    moment = at or now()
    upload = Upload.objects.create(
        seller_id=seller_id, size=1, state=UploadState.TAKING, attempt=1, created_at=moment, items=list(items)
    )
    gathered = gather([*found, *ends], format=format, seller_id=seller_id, today=today)
    sellers = uploads.take_gathered(upload, gathered, today=today, now=moment)
    assert sellers is not None
    if settle:
        for seller in sellers:
            recompute.settle(seller, today=TODAY)
    return Upload.objects.get(pk=upload.pk)


def take_back(upload: Upload) -> None:
    sellers = uploads.undo(upload.pk, now=now())
    assert sellers is not None
    for seller in sellers:
        recompute.settle(seller, today=TODAY)


def counts(upload: Upload) -> dict[str, int]:
    """The sums of a report, those that are not 0."""
    sums: dict[str, int] = {}
    for row in upload.report["files"]:
        for what, n in row.items():
            if isinstance(n, int) and n:
                sums[what] = sums.get(what, 0) + n
    return sums


def item(kind: str) -> Item:
    return Item("Profile.csv", kind)
