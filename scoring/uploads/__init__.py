"""The one door for what people bring in: received, read, previewed, confirmed, taken in, and taken back.

Delivery may fail or come twice; what is done is kept in the row (`Upload`). A claim is an update that must
change exactly one row. The file goes when the upload ends in whatever way.
"""

import logging
from collections.abc import Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F, Max, Q, QuerySet

from scoring import roster
from scoring.archive.found import Job, Recognised
from scoring.models import Activity, SeniorityPhrase, Trace, Upload
from scoring.models.upload import OPEN, UploadState
from scoring.rulebook import kind_codes
from scoring.uploads import examination, files, reading, withdrawal
from scoring.uploads.gathering import Gathered, gather
from scoring.uploads.key import marks_of, seller_key
from scoring.uploads.progress import Progress, Teller
from scoring.uploads.progress import progress_of as told_progress
from scoring.uploads.reading import Unread

logger = logging.getLogger(__name__)

MOST_BYTES = settings.UPLOAD_MOST_BYTES
LEASE = timedelta(minutes=15)  # longer than a task may take
MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(hours=24)
BEING_WRITTEN = timedelta(hours=1)
UNDONE_AT_ONCE = 5000  # rows, which take half a second
ORGANISATIONS = "sales_navigator"  # the one format that is not of one seller

AT_WORK = {UploadState.RECEIVED: UploadState.READING, UploadState.CONFIRMED: UploadState.TAKING}


def folder() -> Path:
    """Where files wait, readable by their owner only."""
    return Path(settings.UPLOADS)


def receive(
    file: File,
    *,
    seller_id: int | None,
    made_by: Any,
    now: datetime,
    opted_in: Collection[str] = (),
) -> Upload:
    """Keep a file for a worker to read. Raises files.TooLarge."""
    name, size = files.keep(file.chunks(), most_bytes=MOST_BYTES)
    try:
        with transaction.atomic():
            return Upload.objects.create(
                seller_id=seller_id,
                made_by=made_by,
                file=name,
                size=size,
                opted_in=sorted(opted_in),
                created_at=now,
            )
    except BaseException:
        files.remove(name)
        raise


def read(upload_id: int, *, today: date, now: datetime) -> bool:
    """Read a file that was received, and say what it would bring; whether it was ours to do.

    Nothing but counts is stored.
    """
    upload = _claim(upload_id, UploadState.RECEIVED, now=now)
    if upload is None:
        return False
    try:
        gathered = _gathered(upload, today=today)
    except Unread as unread:
        return _fail(upload, unread, now=now)
    teller = Teller(upload.pk)
    teller.begin("matching", gathered.count)
    examined = examination.examine(gathered, today=today, each=teller.each)
    if upload.seller_id is not None:
        examination.look_ahead(examined, upload.seller_id, today=today)
    report = examined.report.as_json(kind_codes(), _offered(gathered))
    return _step(upload, UploadState.PREVIEWED, format=gathered.format, report=report, read_at=now)


def confirm(upload_id: int, *, items: Collection[str], now: datetime) -> bool:
    """Say that what was previewed shall count, with the standing items that are true; False: not any more."""
    upload = Upload.objects.filter(pk=upload_id).first()
    if upload is None or upload.created_at < now - KEPT_FOR:
        return False
    offered = [code for code in upload.report.get("items", ()) if code in items]
    previewed = Upload.objects.filter(pk=upload_id, state=UploadState.PREVIEWED)
    return previewed.update(state=UploadState.CONFIRMED, items=offered, attempt=0, lease_until=None) == 1


def take_in(upload_id: int, *, today: date, now: datetime) -> list[int] | None:
    """Take in what was confirmed, all of it or nothing; gives the sellers who wait to be restated.

    None when it was not ours to do, or when it was cancelled meanwhile.
    """
    upload = _claim(upload_id, UploadState.CONFIRMED, now=now)
    if upload is None:
        return None
    try:
        gathered = _gathered(upload, today=today)
    except Unread as unread:
        _fail(upload, unread, now=now)
        return None
    return take_gathered(upload, gathered, today=today, now=now)


def take_gathered(upload: Upload, gathered: Gathered, *, today: date, now: datetime) -> list[int] | None:
    """Store the rows of a claimed upload, in one transaction that ends with its being done."""
    teller, rows = Teller(upload.pk), gathered.count
    teller.begin("matching", rows)
    with transaction.atomic():
        roster.lock(gathered.sellers | ({upload.seller_id} if upload.seller_id else set()))
        if not _mine(upload).exists():
            return None
        newest = Activity.objects.filter(seller__in=gathered.sellers).aggregate(pk=Max("pk"))["pk"]
        examined = examination.examine(gathered, today=today, each=teller.each)
        teller.begin("storing", rows)
        sellers = examination.store(upload, examined, today=today, now=now, each=teller.each)
        report = examined.report.as_json(kind_codes(), upload.items)
        report |= {course: upload.report.get(course, []) for course in ("before", "after")}  # as it was shown
        done = _step(
            upload,
            UploadState.DONE,
            format=gathered.format,
            report=report,
            held=upload.held,
            day=today,
            newest_act=newest or 0,
            file="",
            ended_at=now,
        )
        transaction.set_rollback(not done)
    teller.end()
    if not done:
        return None
    files.remove(upload.file)
    return sorted(sellers)


def cancel(upload_id: int, *, now: datetime) -> bool:
    """Give an upload up that is not taken in yet; a worker that is at it finds nothing to write."""
    return _close(Upload.objects.filter(pk=upload_id), UploadState.CANCELLED, now=now) == 1


def is_long_to_undo(upload_id: int) -> bool:
    """Whether taking it back is too much for somebody to wait for a page."""
    return Trace.objects.filter(upload=upload_id).count() > UNDONE_AT_ONCE


def ask_undo(upload_id: int) -> bool:
    """Leave it to a worker to take an upload back; False when it does not stand."""
    done = Upload.objects.filter(pk=upload_id, state=UploadState.DONE)
    return done.update(state=UploadState.UNDOING) == 1


def discard(upload_id: int, *, now: datetime) -> None:
    """Leave nothing of an upload that was only looked at, or failed."""
    cancel(upload_id, now=now)
    Upload.objects.filter(pk=upload_id, state__in=(UploadState.CANCELLED, UploadState.FAILED)).delete()


def undo(upload_id: int, *, now: datetime) -> list[int] | None:
    """Take an upload back; gives the sellers who wait to be restated, None when it does not stand."""
    with transaction.atomic():
        upload = Upload.objects.filter(pk=upload_id).first()
        if upload is None:
            return None
        roster.lock(withdrawal.sellers_of(upload))
        standing = Upload.objects.standing().filter(pk=upload_id)
        if standing.update(state=UploadState.UNDONE) != 1:
            return None
        return withdrawal.withdraw(
            Upload.objects.get(pk=upload_id), link_marks=lambda seller: marks_of(seller).link, now=now
        )


def progress_of(upload: Upload) -> Progress | None:
    """How far a worker is, as far as that is known."""
    return told_progress(upload.pk)


def waiting(*, now: datetime) -> list[Upload]:
    """What waits for a worker: new, or claimed by somebody whose time ran out."""
    free = Q(state=UploadState.UNDOING)  # two who take one back come one after the other
    for due, at_work in AT_WORK.items():
        free |= _free(due, at_work, now)
    return list(Upload.objects.filter(free).order_by("pk"))


def sweep(*, now: datetime) -> None:
    """End what broke its workers or waited too long, and remove the files that nobody needs any more."""
    for due, at_work in AT_WORK.items():
        for tired in Upload.objects.filter(_free(due, at_work, now), attempt__gte=MOST_ATTEMPTS):
            _fail(tired, Unread("gave_up"), now=now)
    working = Q(state__in=AT_WORK.values(), lease_until__gte=now)
    late = Upload.objects.open().filter(created_at__lt=now - KEPT_FOR).exclude(working)
    _close(late, UploadState.EXPIRED, now=now)
    known = set(Upload.objects.open().values_list("file", flat=True))
    for name in files.forgotten(known, before=now - BEING_WRITTEN):
        files.remove(name)


def _claim(upload_id: int, due: UploadState, *, now: datetime) -> Upload | None:
    """Claim an upload that nobody works on; one that broke its workers too often has failed."""
    at_work = AT_WORK[due]
    free = Upload.objects.filter(_free(due, at_work, now), pk=upload_id)
    untired = free.filter(attempt__lt=MOST_ATTEMPTS, created_at__gte=now - KEPT_FOR)
    if untired.update(state=at_work, attempt=F("attempt") + 1, lease_until=now + LEASE) == 1:
        return Upload.objects.get(pk=upload_id)
    for tired in free.filter(attempt__gte=MOST_ATTEMPTS):
        _fail(tired, Unread("gave_up"), now=now)
    return None


def _free(due: UploadState, at_work: UploadState, now: datetime) -> Q:
    return Q(state=due) | Q(state=at_work, lease_until__lt=now)


def _gathered(upload: Upload, *, today: date) -> Gathered:
    """Read the file in a process of its own. Raises Unread."""
    path = files.path_of(upload.file)
    if not upload.file or not path.is_file():
        raise Unread("gone")
    job = Job(
        path=str(path),
        key=seller_key(upload.seller_id),
        zone=settings.TIME_ZONE,
        today=today,
        seniority=tuple(SeniorityPhrase.objects.values_list("phrase", flat=True)),
        opted_in=frozenset(upload.opted_in),
    )
    found = Teller(upload.pk).watch(reading.read(job))
    first = next(found)
    assert isinstance(first, Recognised)  # noqa: S101 - the first thing that is told
    _refuse_format(first.format, upload)
    return gather(found, format=first.format, seller_id=upload.seller_id, today=today)


def _refuse_format(format: str, upload: Upload) -> None:
    """A seller's archive is theirs, the activity of all seats is the administrators'."""
    if upload.seller_id is not None and format == ORGANISATIONS:
        raise Unread("for_administrators")
    if upload.seller_id is None and format != ORGANISATIONS:
        raise Unread("only_seats")


def _offered(gathered: Gathered) -> list[str]:
    return sorted(gathered.items)


def _step(upload: Upload, state: UploadState, **values: Any) -> bool:
    """Bring a claimed upload on; only the newest claim can, and not once somebody else has ended it."""
    return _mine(upload).update(state=state, lease_until=None, **values) == 1


def _mine(upload: Upload) -> QuerySet[Upload]:
    return Upload.objects.filter(pk=upload.pk, state=upload.state, attempt=upload.attempt)


def _fail(upload: Upload, unread: Unread, *, now: datetime) -> bool:
    failed = _step(upload, UploadState.FAILED, problem=unread.code, facts=unread.facts, file="", ended_at=now)
    if failed:
        files.remove(upload.file)
        logger.info("upload %s failed: %s", upload.pk, unread.code)
    return failed


def _close(uploads: QuerySet[Upload], state: UploadState, *, now: datetime) -> int:
    """End open uploads, and remove their files; gives how many."""
    closed = 0
    for pk, name in list(uploads.filter(state__in=OPEN).values_list("pk", "file")):
        if Upload.objects.filter(pk=pk, state__in=OPEN).update(state=state, file="", ended_at=now):
            files.remove(name)
            closed += 1
    return closed
