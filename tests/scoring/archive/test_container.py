"""Uploads that are no good: refused whole when dangerous, and otherwise only the file that is bad."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest

from scoring.archive import container
from scoring.archive.broken import Broken, on_its_own
from scoring.archive.container import open_archive
from scoring.archive.found import Act, Refused, Skipped

TEXT = b"Date,Link\n2026-01-02,https://example.com\n"


@pytest.fixture
def upload(tmp_path):
    return tmp_path / "upload"


def write_zip(path, members, *, packing=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", packing) as zipped:
        for name, content in members:
            zipped.writestr(name, content)


def read_all(path):
    with open_archive(path) as archive:
        return [member.open().read() for member in archive.members()]


def refusal(path):
    with pytest.raises(Refused) as refused:
        read_all(path)
    return refused.value.code


def breakage(path, name):
    with open_archive(path) as archive, pytest.raises(Broken) as broken:
        archive.named(name).open().read()
    return broken.value.code


def patched(path, old, new):
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def test_a_zip_is_its_files_with_their_sizes(upload):
    write_zip(upload, [("Shares.csv", TEXT), ("Articles/Articles/one.html", b"<p>"), ("Articles/", b"")])

    with open_archive(upload) as archive:
        members = {member.name: (member.base, member.folders, member.size) for member in archive.members()}
        content = archive.named("Shares.csv").open().read()

    assert members == {
        "Shares.csv": ("Shares.csv", (), len(TEXT)),
        "Articles/Articles/one.html": ("one.html", ("Articles", "Articles"), 3),
    }
    assert content == TEXT


def test_a_single_file_is_an_archive_of_one(upload):
    upload.write_bytes(TEXT)

    with open_archive(upload) as archive:
        (member,) = archive.members()

        assert archive.single
        assert (member.name, member.size, member.open().read()) == ("", len(TEXT), TEXT)


def test_what_a_mac_adds_is_left_out(upload):
    write_zip(upload, [("in/Shares.csv", TEXT), ("__MACOSX/in/._Shares.csv", b"\0"), ("in/.DS_Store", b"\0")])

    with open_archive(upload) as archive:
        assert [member.name for member in archive.members()] == ["in/Shares.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../Shares.csv",
        "in/../../Shares.csv",
        "..\\Shares.csv",
        "/etc/passwd",
        "\\\\server\\Shares.csv",
        "C:\\a.csv",
        "..",
    ],
)
def test_names_that_point_out_of_the_archive_are_refused(upload, name):
    write_zip(upload, [("Shares.csv", TEXT), (name, b"")])

    assert refusal(upload) == "dangerous_names"


def test_a_name_with_nul_is_refused(upload):
    write_zip(upload, [("Shares.csv", TEXT), ("Votes.csvXX.exe", b"")])
    patched(upload, b"Votes.csvXX.exe", b"Votes.csv\0X.exe")

    assert refusal(upload) == "dangerous_names"


@pytest.mark.parametrize("name", ["a" * 1001, "a/" * 501])
def test_a_name_without_end_is_refused(upload, name):
    write_zip(upload, [(name, b"x")])

    assert refusal(upload) == "dangerous_names"


@pytest.mark.parametrize("mode", [0o120777, 0o020666, 0o010666, 0o140666])
def test_links_and_devices_are_refused(upload, mode):
    link = zipfile.ZipInfo("Shares.csv")
    link.create_system = 3
    link.external_attr = mode << 16
    write_zip(upload, [("Votes.csv", TEXT), (link, b"/etc/passwd")])

    assert refusal(upload) == "links"


def test_of_two_files_of_one_name_none_is_read(upload):
    with pytest.warns(UserWarning, match="Duplicate name"):
        write_zip(upload, [("Shares.csv", TEXT), ("Votes.csv", TEXT), ("Shares.csv", b"other")])

    with open_archive(upload) as archive:
        assert [member.name for member in archive.members()] == ["Shares.csv", "Votes.csv"]
        assert archive.named("Votes.csv").open().read() == TEXT
    assert breakage(upload, "Shares.csv") == "twice"


def test_a_file_that_unpacks_to_hundreds_of_times_its_size_is_refused_when_it_is_opened(upload):
    write_zip(upload, [("Shares.csv", bytes(2 * container.SMALL))])

    assert refusal(upload) == "bomb"


def test_a_bomb_among_files_that_nobody_reads_hurts_nobody(upload):
    write_zip(upload, [("Shares.csv", TEXT), ("media/film.mp4", bytes(2 * container.SMALL))])

    with open_archive(upload) as archive:
        assert archive.named("Shares.csv").open().read() == TEXT


def test_a_small_file_may_be_packed_as_tightly_as_it_likes(upload):
    write_zip(upload, [("Shares.csv", bytes(container.SMALL))])

    with open_archive(upload) as archive:
        assert len(archive.named("Shares.csv").open().read()) == container.SMALL


def test_files_that_share_their_packed_bytes_are_a_bomb(upload):
    """As in a zip whose directory names one packed file many times."""
    write_zip(upload, [("a.csv", bytes(1000) + TEXT), ("b.csv", bytes(1000) + TEXT)])
    content = upload.read_bytes()
    second = content.rindex(b"PK\x01\x02")
    upload.write_bytes(content[: second + 42] + struct.pack("<L", 0) + content[second + 46 :])

    assert refusal(upload) == "bomb"


def test_what_is_read_altogether_is_bounded(upload, monkeypatch):
    monkeypatch.setattr(container, "MOST_READ", 2 * len(TEXT))
    write_zip(upload, [("a.csv", TEXT), ("b.csv", TEXT), ("c.csv", TEXT)])

    assert refusal(upload) == "too_much"


def test_one_file_is_bounded(upload, monkeypatch):
    monkeypatch.setattr(container, "MOST_OF_A_FILE", len(TEXT) - 1)
    write_zip(upload, [("Shares.csv", TEXT)])

    assert breakage(upload, "Shares.csv") == "file_too_large"


def test_the_number_of_files_is_bounded(upload, monkeypatch):
    monkeypatch.setattr(container, "MOST_MEMBERS", 2)
    write_zip(upload, [(f"media/{number}.jpg", b"") for number in range(3)])

    assert refusal(upload) == "too_many_files"


def test_nested_archives_are_never_opened(upload):
    inner = io.BytesIO()
    write_zip(inner, [("Shares.csv", TEXT)])
    write_zip(upload, [("one.zip", inner.getvalue()), ("two.ZIP", inner.getvalue()), ("folder/", b"")])

    assert refusal(upload) == "nested"


def test_a_nested_archive_beside_files_is_left_alone(upload):
    write_zip(upload, [("Shares.csv", TEXT), ("more.zip", b"no zip at all")])

    with open_archive(upload) as archive:
        assert archive.named("Shares.csv").open().read() == TEXT


def encrypt(path, *, only=None):
    """Set the flag of encryption in both headers of every file, or of the named one."""
    content = bytearray(path.read_bytes())
    for signature, flags, name in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = content.find(signature)
        while at >= 0:
            if only is None or content[at + name :].startswith(only):
                content[at + flags] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(content)


def test_an_archive_with_a_password_is_refused(upload):
    write_zip(upload, [("Shares.csv", TEXT), ("Votes.csv", TEXT)])
    encrypt(upload)

    assert refusal(upload) == "encrypted"


def test_a_single_file_with_a_password_does_not_sink_the_others(upload):
    write_zip(upload, [("Shares.csv", TEXT), ("Votes.csv", TEXT)])
    encrypt(upload, only=b"Votes.csv")

    assert breakage(upload, "Votes.csv") == "encrypted"
    with open_archive(upload) as archive:
        assert archive.named("Shares.csv").open().read() == TEXT


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_not_unpacked(upload, packing):
    write_zip(upload, [("Shares.csv", TEXT)], packing=packing)

    assert breakage(upload, "Shares.csv") == "packing"


@pytest.mark.parametrize("claimed", [5, 10_000])
def test_a_file_that_lies_about_its_size_is_broken(upload, claimed):
    write_zip(upload, [("Shares.csv", TEXT)])
    content = bytearray(upload.read_bytes())
    directory = content.index(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<L", claimed)
    upload.write_bytes(content)

    assert breakage(upload, "Shares.csv") in {"damaged", "wrong_size"}


def test_a_file_with_spoiled_bytes_is_broken(upload):
    write_zip(upload, [("Shares.csv", TEXT)], packing=zipfile.ZIP_STORED)
    patched(upload, b"2026-01-02", b"2026-01-03")

    assert breakage(upload, "Shares.csv") == "damaged"


def test_a_truncated_zip_is_refused(upload):
    write_zip(upload, [("Shares.csv", TEXT * 1000)])
    content = upload.read_bytes()

    for size in range(4, len(content) - 1, 7):
        upload.write_bytes(content[:size])
        assert refusal(upload) == "damaged_zip"


@pytest.mark.parametrize("at", range(0, 120))
def test_a_zip_with_any_byte_of_its_directory_spoiled_is_refused_or_broken(upload, at):
    write_zip(upload, [("Shares.csv", TEXT), ("Votes.csv", TEXT)])
    content = bytearray(upload.read_bytes())
    content[-1 - at] ^= 0xFF
    upload.write_bytes(content)

    with suppress(Refused, Broken):
        assert set(read_all(upload)) <= {TEXT}


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\n" * 600])
def test_nothing_is_refused(upload, content):
    upload.write_bytes(content)

    assert refusal(upload) == "empty"


def test_a_zip_of_nothing_is_refused(upload):
    write_zip(upload, [("folder/", b"")])

    assert refusal(upload) == "empty"


@pytest.mark.parametrize(
    "head", [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh9", bytes(257) + b"ustar"]
)
def test_other_archives_than_zip_are_named(upload, head):
    upload.write_bytes(head + bytes(100))

    assert refusal(upload) == "other_archive"


def test_a_file_that_is_gone_is_refused(upload):
    assert refusal(upload) == "gone"


def test_how_far_the_reading_is_is_told_by_the_megabyte(upload):
    moved = []
    content = b"0123456789abcdef" * (container.MIB // 4)
    upload.write_bytes(content)

    with open_archive(upload) as archive:
        archive.watch = lambda done, total: moved.append((done, total))
        archive.members()[0].open().read()

    assert len(moved) == 4
    assert moved == sorted(moved)
    assert moved[-1] == (len(content), len(content))


def test_a_broken_file_is_a_skipped_row_and_what_came_before_it_stands():
    act = Act("Shares.csv", 2, "content_shared", None, "linkedin", "0" * 32)

    def rows():
        yield act
        raise Broken("damaged", 3)

    assert list(on_its_own("Shares.csv", rows())) == [act, Skipped("Shares.csv", 3, "", "damaged")]
