"""An archive of one seller, from the file that lies there to the finished index, against reading it bare.

What is timed is what the two tasks of an upload do: read it in a process of its own and say what it would
bring; then read it again, match, store and trace every row, and restate the seller. Bare is DictReader and
bulk_create in one process (`bench/peers/bare_archive.py`). Memory is that of the worker, and of the reading
process, each at its peak.
"""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core.files import File

from bench.alone import peak
from bench.database import Databases, load
from bench.floors import execute
from bench.harness import Figure, Goal, Pairs, Size, check, spread, stopwatch
from bench.peers import bare_archive
from scoring import restating, roster, uploads
from scoring.models import Upload
from scoring.models.upload import UploadState
from scoring.uploads import reading
from ssi_dashboard import clock

GOAL = Goal(2)
IN_ALL = Goal(60)
MEMORY = Goal(300)
SELLERS, DAYS = 200, 100  # who are there already
FULL, SHORT = 100_000, 20_000
HEADERS = {
    "Comments.csv": ("Date", "Link", "Message"),
    "Reactions.csv": ("Date", "Type", "Link"),
    "Shares.csv": ("Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"),
}

Fresh = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True)
class Took:
    """Seconds of the preview, of taking in, and of restating."""

    preview: float
    taking: float
    restating: float

    @property
    def whole(self) -> float:
        return self.preview + self.taking + self.restating


def measure(databases: Databases, size: Size) -> Iterator[Figure]:
    rows = FULL if size.full else SHORT
    path = databases.folder / "archive.zip"
    write_archive(path, rows)
    name = databases.loaded(SELLERS, days=DAYS, activity_days=DAYS)
    yield from _measured("PostgreSQL", lambda: databases.copied(name), path, rows, size)
    with databases.copied(name) as copy:
        worker, reader = _peaks(path, databases.address(copy))
    yield Figure("I4", f"Memory of the worker, {rows:,} rows", spread([worker]), "MB", MEMORY)
    yield Figure("I4", f"Memory of the reading process, {rows:,} rows", spread([reader]), "MB", MEMORY)
    with databases.sqlite("archive") as base:
        load(SELLERS, days=DAYS, activity_days=DAYS)
        yield from _measured("SQLite", lambda: databases.sqlite_copied(base), path, rows, size)


def write_archive(path: Path, rows: int) -> None:
    """Write an archive of so many rows over three years, half of them reactions."""
    chance, newest = Random(4), datetime.now(UTC) - timedelta(days=1)
    shares = {"Reactions.csv": rows // 2, "Comments.csv": rows * 2 // 5}
    shares["Shares.csv"] = rows - sum(shares.values())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, n in shares.items():
            out = io.StringIO()
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(HEADERS[name])
            writer.writerows(_row(name, number, newest, chance) for number in range(n))
            archive.writestr(name, out.getvalue())


def _row(name: str, number: int, newest: datetime, chance: Random) -> tuple[str, ...]:
    moment = newest - timedelta(seconds=chance.randrange(3 * 365 * 86400))
    said = {
        "Date": moment.strftime("%Y-%m-%d %H:%M:%S"),
        "Type": "LIKE",
        "Link": f"https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{number:019}",
        "Message": f"Thank you for number {number}, a good read",
        "ShareLink": f"https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A{number:019}",
        "ShareCommentary": f"What we learned from number {number}",
        "Visibility": "MEMBER_NETWORK",
    }
    return tuple(said.get(column, "") for column in HEADERS[name])


def _measured(database: str, fresh: Fresh, path: Path, rows: int, size: Size) -> Iterator[Figure]:
    pairs, took = Pairs(), []
    for _ in range(size.slow_runs):
        with fresh():
            took.append(bring(path, rows))
        with fresh(), stopwatch() as bare:
            check("acts", bare_archive.take_in(path, _seller()), rows)
        pairs.ours.append(took[-1].whole)
        pairs.floor.append(bare[0])
    last = took[-1]
    note = (
        f"{pairs.told}; {rows:,} rows: preview {last.preview:.1f} s, taking in {last.taking:.1f} s, "
        f"restating {last.restating:.1f} s"
    )
    what = f"An archive on {database}, against reading and inserting it bare"
    yield Figure("I4", what, pairs.ratio, goal=GOAL, note=note)
    yield Figure("I4", f"The same, in all, on {database}", spread(pairs.ours), "s", IN_ALL)


def _seller() -> int:
    return int(roster.sellers().order_by("pk").values_list("pk", flat=True)[0])


def bring(path: Path, rows: int) -> Took:
    """Do what a worker does with an upload that was received, and confirmed as soon as it was read."""
    seller, today = _seller(), clock.today()
    moment = datetime.now(UTC)
    before = execute("SELECT count(*) FROM scoring_activity")[0][0]
    with path.open("rb") as file:
        upload = uploads.receive(File(file), seller_id=seller, made_by=None, now=moment)
    with stopwatch() as preview:
        check("read", uploads.read(upload.pk, today=today, now=moment))
    check("confirmed", uploads.confirm(upload.pk, items=[], now=moment))
    with stopwatch() as taking:
        waiting = uploads.take_in(upload.pk, today=today, now=moment)
    with stopwatch() as restated:
        restating.settle(waiting or [], today=today)
    check("done", Upload.objects.get(pk=upload.pk).state, UploadState.DONE)
    check("acts", execute("SELECT count(*) FROM scoring_activity")[0][0], before + rows)
    return Took(preview[0], taking[0], restated[0])


def _peaks(path: Path, address: str) -> tuple[float, float]:
    """The worker's peak and that of the reading process, in megabytes."""
    told = path.with_suffix(".peak")
    worker = peak("archive", str(path), str(told), address=address)
    return worker, float(told.read_text())


def alone(path: str, told: str) -> None:
    """Bring an archive in, and write down the peak of the reading process."""
    peaks = [0.0]
    read = reading.read

    def watched(*args: Any, **kwargs: Any) -> Iterator[Any]:
        for number, found in enumerate(read(*args, **kwargs)):
            if number % 500 == 0:
                peaks.append(_peak_of_child())
            yield found

    reading.read = watched  # type: ignore[assignment]
    with zipfile.ZipFile(path) as archive:
        rows = sum(archive.read(name).count(b"\n") - 1 for name in archive.namelist())
    bring(Path(path), rows)
    Path(told).write_text(f"{max(peaks)}")


def _peak_of_child() -> float:
    """Its own peak; what getrusage says would be at least what this process had when it started it."""
    children = Path("/proc/thread-self/children").read_text().split()
    found = [
        re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        for pid in children
        if (status := Path(f"/proc/{pid}/status")).exists()
    ]
    return max((int(match[1]) * 1024 / 1e6 for match in found if match), default=0.0)
