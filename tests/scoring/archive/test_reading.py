"""Archives read by real processes, which run out of memory, time and sense."""

import io
import json
import logging
import os
import subprocess
import sys
import zipfile
from datetime import date

import psutil
import pytest

from scoring.archive import __main__ as child
from scoring.archive import wire
from scoring.archive.found import Act, FileRead, Item, Job, Moved, Recognised, Refused, Skipped, TableRow
from scoring.uploads import reading
from scoring.uploads.reading import MIB, Limits, Unread, read
from tests.scoring.archive.children import ACT

CHILDREN = "tests.scoring.archive.children"
SHARES = (
    "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
    "2026-02-09 01:21:47,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A1,SENTINEL,,,ALL\n"
    "soon,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A2,SENTINEL,,,ALL\n"
)


@pytest.fixture
def job(tmp_path):
    path = tmp_path / "upload"
    path.write_text(SHARES)
    return Job(path=str(path), key=b"k" * 32, zone="Europe/Warsaw", today=date(2026, 11, 22))


def misbehaving(name, job, **limits):
    return read(job, limits=Limits(**limits), program=("-m", CHILDREN, name))


def problem(found):
    """What was found before the reading ended, and why it ended."""
    kept = []
    with pytest.raises(Unread) as unread:
        kept.extend(found)
    return kept, unread.value


def test_an_archive_is_recognised_and_read(job):
    first, *found = read(job)

    assert first == Recognised("linkedin")
    (act,) = [one for one in found if isinstance(one, Act)]
    assert (act.kind, act.day, act.network) == ("content_shared", date(2026, 2, 9), "linkedin")
    assert [(one.line, one.reason, one.value) for one in found if isinstance(one, Skipped)] == [
        (3, "no_day", "…")
    ]
    assert FileRead("Shares.csv", 2) in found
    assert found[-1] == Moved(len(SHARES), len(SHARES))
    assert "SENTINEL" not in repr(found)


def test_reading_twice_finds_the_same(job):
    assert list(read(job)) == list(read(job))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 and then nothing", "damaged_zip"),
        (b"hello", "unknown"),
        (b"\x00\x01\xff" * 99, "unknown"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(job, content, code):
    reading.Path(job.path).write_bytes(content)

    _found, unread = problem(read(job))

    assert unread.code == code
    assert str(unread).endswith(".")


def test_a_dangerous_archive_is_refused_whole(job):
    with zipfile.ZipFile(job.path, "w") as zipped:
        zipped.writestr("Shares.csv", SHARES)
        zipped.writestr("../Shares.csv", SHARES)

    found, unread = problem(read(job))

    assert (found, unread.code) == ([], "dangerous_names")


def test_a_bomb_is_refused_before_it_unpacks(job):
    with zipfile.ZipFile(job.path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("Shares.csv", SHARES + "\n" * 50 * MIB)

    assert problem(read(job))[1].code == "bomb"


def test_a_reader_over_its_memory_is_refused(job):
    found, unread = problem(misbehaving("hungry", job, memory=150 * MIB))

    assert unread.code == "memory"
    assert found[0] == Recognised("misbehaving")


def test_a_reader_over_its_processor_time_is_ended(job):
    assert problem(misbehaving("busy", job, cpu_seconds=1))[1].code == "too_slow"


def test_a_reader_that_waits_for_ever_is_ended(job):
    found, unread = problem(misbehaving("waiting", job, seconds=3))

    assert unread.code == "too_slow"
    assert found[-1] == ACT


def test_a_process_that_tells_nothing_any_more_is_ended(job, monkeypatch):
    monkeypatch.setattr(reading, "MOST_OF_AN_END", 0.1)

    assert problem(misbehaving("silent", job))[1].code == "too_slow"


def test_a_process_that_is_killed_is_told_from_one_that_ended(job):
    found, unread = problem(misbehaving("killed", job))

    assert unread.code == "killed"
    assert found[1:] == [ACT] * len(found[1:])


def test_a_crash_tells_its_place_and_no_word_of_the_archive(job, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        found, unread = problem(misbehaving("crashing", job))

    assert unread.code == "broken"
    assert len(found) > 1
    assert "KeyError at children.py:" in caplog.text
    assert "SENTINEL" not in caplog.text + repr(unread.facts) + str(unread) + "".join(capfd.readouterr())


@pytest.mark.parametrize("name", ["babbling", "rambling"])
def test_what_is_not_of_the_language_between_the_processes_is_not_believed(job, name, monkeypatch):
    monkeypatch.setattr(reading, "MOST_OF_A_LINE", MIB)

    assert problem(misbehaving(name, job))[1].code == "broken"


def test_the_process_can_keep_nothing_on_the_disk(job, tmp_path):
    _found, unread = problem(misbehaving("writing", job))

    assert (unread.code, unread.facts["what"]) == ("broken", "OSError")
    assert all(b"SENTINEL" not in file.read_bytes() for file in tmp_path.glob("*.kept"))


def test_the_process_knows_no_secret_and_no_django(job, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "SENTINEL")
    monkeypatch.setenv("DATABASE_URL", "SENTINEL")

    (row,) = [one for one in misbehaving("telling", job) if isinstance(one, TableRow)]

    assert set(row.cells) <= {"PATH", "LD_LIBRARY_PATH", "LC_CTYPE", "MALLOC_ARENA_MAX", "modules"}
    assert not {"django", "celery", "ssi_dashboard", "teams"} & set(row.cells["modules"].split())


def test_what_leaves_the_process_is_harmless(job):
    _first, skipped, row, *_rest = misbehaving("dirty", job)

    assert skipped.value == "1" + "\N{REPLACEMENT CHARACTER}" * 3 + "2"
    assert row.cells == {"note": "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"}


def test_the_process_ends_when_nobody_listens_any_more(job):
    found = misbehaving("waiting", job)
    _first, row = next(found), next(found)

    found.close()

    assert not psutil.pid_exists(int(row.cells["pid"]))


def test_the_process_ends_with_its_parent(job):
    """When a parent dies, the system closes what it held open."""
    process = subprocess.Popen(
        [sys.executable, "-m", CHILDREN, "waiting", str(200 * MIB), "60"],
        cwd=reading.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    process.stdin.write(wire.job_line(job))
    process.stdin.flush()
    process.stdout.readline()

    process.stdin.close()

    try:
        assert process.wait(timeout=60) == 1
    finally:
        process.kill()
        process.stdout.close()


def test_rows_without_end_are_too_many(monkeypatch):
    monkeypatch.setattr(child, "MOST_FOUND", 3)
    outlet = child.Outlet(io.BytesIO())
    for _time in range(3):
        outlet.tell(ACT)
        outlet.tell(Moved(1, 2))

    with pytest.raises(Refused) as refused:
        outlet.tell(ACT)

    assert refused.value.code == "too_many_rows"


FOUND = [
    ACT,
    ACT._replace(day=date(2024, 2, 29), link="1" * 32, seat="17"),
    TableRow("activities.csv", 2, {"note": "Zażółć"}),
    Item("Profile.csv", "profile_headline"),
    Skipped("Shares.csv", 0, "", "damaged"),
    FileRead("Shares.csv", 2),
    Moved(1, 2),
    Recognised("linkedin"),
]


@pytest.mark.parametrize("found", FOUND)
def test_what_is_found_is_heard_as_it_was_told(found):
    (message,) = wire.messages(wire.line_of([wire.told(found)]))

    assert wire.found_of(message) == found


def test_the_job_is_heard_as_it_was_told(job):
    job = Job(job.path, b"\0\xff", "UTC", date(2026, 1, 1), ("dyrektor",), frozenset({"people_search"}))

    assert wire.job_of(wire.job_line(job)) == job


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[1]",
        b"[[]]",
        b'["act"]',
        b"[" * 100_000,
        b"\xff",
        b'[["act", 1]]',
        b'[["x"]]',
        b"[[{}]]",
    ],
)
def test_other_lines_are_garbled(line):
    with pytest.raises(wire.Garbled):
        [wire.found_of(message) for message in wire.messages(line)]


@pytest.mark.parametrize("day", [0, -1, 10**9, "2026", 1.5, [1]])
def test_days_that_are_none_are_garbled(day):
    with pytest.raises(wire.Garbled):
        wire.found_of(json.loads(json.dumps(["act", *ACT[:3], day, *ACT[4:]])))


def test_the_key_is_not_on_the_command_line(job):
    found = misbehaving("waiting", job)
    _first, row = next(found), next(found)
    try:
        process = psutil.Process(int(row.cells["pid"]))
        assert job.key.hex() not in " ".join([*process.cmdline(), *process.environ().values()])
        assert process.ppid() == os.getpid()
    finally:
        found.close()
