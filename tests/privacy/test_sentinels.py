"""Words are planted in every field of text of every format, brought in, and found nowhere afterwards."""

import io
import logging
import secrets
import stat
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scoring import recompute, uploads
from scoring.archive import wire
from scoring.archive.container import open_archive
from scoring.archive.found import Act, Job, Skipped, TableRow
from scoring.archive.recognise import reader_of
from scoring.models import Activity, Seat, Upload
from scoring.models.upload import UploadState
from scoring.samples.formats import FORMATS
from scoring.samples.recipe import Owner, Recipe, Sample
from scoring.samples.sales_navigator import SEATS
from scoring.uploads import files, reading
from tests.privacy.places import files_with, has, keys_with, new_in, tables_with

TODAY = date(2026, 4, 12)
NOW = datetime(2026, 4, 12, 12, tzinfo=UTC)
ZONE = "Europe/Warsaw"
WORD = f"Zq{secrets.token_hex(6)}"  # of this run alone, so that nothing else on the machine has it
PLAIN = {"activities-csv", "activities-xlsx"}  # their notes and links are the seller's own words for us
OWN_WORDS = {"scoring_activity"}  # where those may stand
# One of each reader and era; the others are of the same fields.
THROUGH_THE_DOOR = (
    *("linkedin", "linkedin-complete-2021-early", "linkedin-messages", "linkedin-comments"),
    *("x", "x-older", "mastodon", "mastodon-outbox", "facebook", "facebook-older", "instagram"),
    *("instagram-older", "activities-csv", "activities-xlsx"),
)


class Planted:
    """Fills fields with words that hold the one word, and remembers which."""

    def __init__(self) -> None:
        self.fields: list[str] = []

    def __call__(self, field: str) -> str:
        self.fields.append(field)
        return f"{WORD} {len(self.fields)} and more of it"


def planted(name: str, *, days: int = 3) -> Sample:
    owner = Owner(f"{WORD}first", f"{WORD}last", f"{WORD}-handle", f"{WORD} Works", f"{WORD} seller")
    recipe = Recipe(TODAY - timedelta(days=days - 1), TODAY, owner=owner, zone=ZONE, text=Planted())
    return FORMATS[name](recipe)


@pytest.fixture
def quiet_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for temporary files."""
    folder = tmp_path / "temp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def nowhere(
    quiet_disk: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Iterator["Nowhere"]:
    caplog.set_level(logging.DEBUG)
    yield Nowhere(quiet_disk, caplog, capfd)
    for path in Path(settings.UPLOADS).iterdir():  # of a test that failed
        path.unlink()


class Nowhere:
    """Asserts that the word is in no place of ours."""

    def __init__(
        self, temp: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        self._temp = temp
        self._caplog = caplog
        self._capfd = capfd
        self._since = time.time() - 1
        self._said: list[str] = []

    def but_for(self, *tables: str) -> None:
        assert tables_with(WORD) <= set(tables)
        assert keys_with(WORD) == set()
        for record in self._caplog.records:
            assert not has([record.getMessage(), record.args, record.exc_text], WORD)
        self._said += self._capfd.readouterr()
        assert not has(self._said, WORD)
        waiting = {str(files.path_of(name)) for name in _waiting()}
        assert files_with(WORD, Path(settings.VAR_DIR), self._temp) <= waiting
        system = Path("/tmp")  # noqa: S108 - where a process without our settings would write
        if system.is_dir():
            assert (
                files_with(WORD, *(path for path in new_in(system, since=self._since) if path.is_file()))
                == set()
            )


def _waiting() -> set[str]:
    return set(Upload.objects.open().values_list("file", flat=True))


def send(client, content: bytes, *, to: str = "uploads") -> Upload:
    """Bring a file in as a browser does; its own name is a planted word too."""
    file = SimpleUploadedFile(f"{WORD}.zip", content)
    before = set(Upload.objects.values_list("pk", flat=True))
    with time_machine.travel(NOW, tick=False):
        answer = client.post(reverse(to), {"file": file})
    assert answer.status_code == 302
    return Upload.objects.exclude(pk__in=before).get()


def assert_private(upload: Upload) -> None:
    path = files.path_of(upload.file)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not has(path.name, WORD)


def assert_gone() -> None:
    assert [path.name for path in Path(settings.UPLOADS).iterdir()] == []


def shown(client, upload: Upload) -> None:
    """Look at every page that tells of an upload."""
    with time_machine.travel(NOW, tick=False):
        for name, more in (("upload", [upload.pk]), ("uploads", []), ("upload-faults", [upload.pk])):
            answer = client.get(reverse(name, args=more))
            assert answer.status_code == 200
            assert not has(b"".join(answer), WORD)


@pytest.mark.parametrize("name", FORMATS)
def test_words_are_planted_in_every_member(name):
    made = planted(name)

    parts = [made.content]
    if made.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
            parts = [archive.read(info) for info in archive.infolist() if info.filename.endswith(READ)]

    bare = [part for part in parts if not has(part, WORD)]
    assert len(bare) <= WITHOUT_WORDS.get(name.split("-")[0], 0), bare


READ = (".csv", ".json", ".js", ".html")
# Of LinkedIn: messages of coaches, of which there are none, and addresses of posts and dates; of X: numbers;
# of Facebook: reactions, when all are in the other form.
WITHOUT_WORDS = {"linkedin": 6, "x": 4, "facebook": 1}


@pytest.mark.parametrize("name", sorted({*FORMATS} - PLAIN))
def test_no_word_leaves_the_reader(name, tmp_path):
    made = planted(name)
    path = tmp_path / "upload"
    path.write_bytes(made.content)
    job = Job(str(path), b"k" * 32, ZONE, TODAY, ("managing director",), frozenset({"people_search"}))

    with open_archive(path) as archive:
        found = list(reader_of(archive).read(archive, job))

    assert sum(isinstance(one, Act) for one in found) == (made.acts + made.optional).total()
    assert not has([wire.told(one) for one in found], WORD)


@pytest.mark.parametrize("name", sorted(PLAIN))
def test_of_a_table_only_its_columns_leave_the_reading_process(name, tmp_path):
    made = planted(name)
    path = tmp_path / "upload"
    path.write_bytes(made.content)

    found = list(reading.read(Job(str(path), b"k" * 32, ZONE, TODAY)))

    for one in found:
        told = one._replace(cells=one.cells | {"note": "", "link": ""}) if isinstance(one, TableRow) else one
        assert not has(told, WORD)


@pytest.mark.parametrize(
    "name", ["linkedin-comments", "linkedin-messages", "linkedin-reactions", "linkedin-events"]
)
@pytest.mark.parametrize("by", [1, 2])
def test_words_in_the_wrong_columns_are_not_told(name, by, tmp_path):
    made = planted(name)
    header, _end, rows = made.content.partition(b"\n")
    columns = header.split(b",")
    path = tmp_path / "upload"
    path.write_bytes(b",".join(columns[by:] + columns[:by]) + b"\n" + rows)

    found = list(reading.read(Job(str(path), b"k" * 32, ZONE, TODAY)))

    assert any(isinstance(one, Skipped) for one in found)
    assert not has(found, WORD)


@pytest.mark.parametrize("name", THROUGH_THE_DOOR)
def test_what_is_taken_in_and_taken_back_leaves_no_word(name, client, ana, nowhere):
    own_words = OWN_WORDS if name in PLAIN else set()
    made = planted(name)
    client.force_login(ana)

    upload = send(client, made.content)
    assert_private(upload)
    assert uploads.read(upload.pk, today=TODAY, now=NOW)
    shown(client, upload)
    nowhere.but_for()

    upload.refresh_from_db()
    assert upload.state == UploadState.PREVIEWED
    assert_private(upload)
    assert uploads.confirm(upload.pk, items=upload.report["items"], now=NOW)
    sellers = uploads.take_in(upload.pk, today=TODAY, now=NOW)
    for seller in sellers:
        recompute.settle(seller, today=TODAY)
    assert Activity.objects.filter(seller=ana.seller).exists()
    assert_gone()
    nowhere.but_for(*own_words)
    if not own_words:
        shown(client, upload)

    for seller in uploads.undo(upload.pk, now=NOW):
        recompute.settle(seller, today=TODAY)
    assert not Activity.objects.filter(seller=ana.seller).exists()
    shown(client, upload)
    assert_gone()
    nowhere.but_for()


@pytest.mark.parametrize(
    "name", ["linkedin", "x", "mastodon", "facebook", "instagram", "linkedin-comments", "activities-csv"]
)
def test_what_is_cancelled_leaves_no_word(name, client, ana, nowhere):
    client.force_login(ana)
    upload = send(client, planted(name).content)
    assert uploads.read(upload.pk, today=TODAY, now=NOW)

    with time_machine.travel(NOW, tick=False):
        client.post(reverse("upload-cancellation", args=[upload.pk]))

    shown(client, upload)
    assert_gone()
    nowhere.but_for()


@pytest.mark.parametrize("name", ["linkedin", "x", "facebook", "activities-xlsx", "activities-csv"])
def test_what_fails_leaves_no_word(name, client, ana, nowhere):
    content = planted(name).content
    broken = (
        content[: len(content) // 2] if content.startswith(b"PK") else f"{WORD}, and no table\n".encode() * 9
    )
    client.force_login(ana)
    upload = send(client, broken)

    uploads.read(upload.pk, today=TODAY, now=NOW)

    upload.refresh_from_db()
    assert upload.state == UploadState.FAILED
    shown(client, upload)
    assert_gone()
    nowhere.but_for()


def test_what_nobody_confirms_leaves_no_word(client, ana, nowhere):
    client.force_login(ana)
    upload = send(client, planted("linkedin-comments").content)
    assert uploads.read(upload.pk, today=TODAY, now=NOW)

    uploads.sweep(now=NOW + timedelta(hours=25))

    upload.refresh_from_db()
    assert upload.state == UploadState.EXPIRED
    assert_gone()
    nowhere.but_for()


def test_what_an_administrator_brings_leaves_no_word(client, ana, root, nowhere):
    for seat in SEATS:
        Seat.objects.create(number=seat, seller=ana.seller)
    client.force_login(root)

    upload = send(client, planted("sales-navigator", days=7).content, to="seats")
    assert_private(upload)
    assert uploads.read(upload.pk, today=TODAY, now=NOW)
    nowhere.but_for()
    assert uploads.confirm(upload.pk, items=[], now=NOW)
    assert uploads.take_in(upload.pk, today=TODAY, now=NOW) == [ana.seller.pk]

    assert Activity.objects.filter(seller=ana.seller).exists()
    assert_gone()
    nowhere.but_for()
