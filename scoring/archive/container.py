"""The upload as a set of files: a zip within limits, or a single file. Nothing is ever unpacked to a disk."""

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

from scoring.archive.broken import Broken
from scoring.archive.found import Refused

MIB = 1024 * 1024
MOST_MEMBERS = 100_000
LONGEST_NAME = 1000  # characters
MOST_OF_A_FILE = 512 * MIB  # unpacked
MOST_READ = 1024 * MIB  # unpacked, of all files that are opened
MOST_TIMES_SMALLER = 250  # what people and networks write packs to a fiftieth at the best
SMALL = MIB  # unpacked; what is smaller may be packed as tightly as it likes
READABLE = (".csv", ".json", ".js", ".html", ".xlsx", ".xml")
ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd")
PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What a zip that contradicts itself makes of zipfile and zlib.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
    IndexError,
)
ENCRYPTED = 0x1
STRONGLY_ENCRYPTED = 0x40
MOVED_EVERY = MIB


class Member:
    """One file of the archive: its name with folders, "" for a single file, and its size in bytes."""

    __slots__ = ("_archive", "_info", "name", "size")

    def __init__(self, archive: "Archive", name: str, size: int, info: zipfile.ZipInfo | None) -> None:
        self._archive = archive
        self._info = info
        self.name = name
        self.size = size

    @property
    def base(self) -> str:
        """The name without folders."""
        return self.name.rpartition("/")[2]

    @property
    def folders(self) -> tuple[str, ...]:
        return tuple(self.name.split("/")[:-1])

    @property
    def readable(self) -> bool:
        return not self.name or self.name.lower().endswith(READABLE)

    def open(self) -> io.BufferedReader:
        """Open for reading from the start. Raises Broken, also while it is read, and Refused for a bomb."""
        return io.BufferedReader(_Bounded(self._archive, self, self._source()), buffer_size=1 << 16)

    def _source(self) -> IO[bytes]:
        if self._info is None:
            return Path(self._archive.path).open("rb")
        return self._archive.source_of(self._info)


class Archive:
    """An open upload. It is closed by `close`, or as a context.

    watch is told how many bytes were read, of how many that can be, whenever it is another MiB.
    """

    def __init__(self, path: str, zipped: zipfile.ZipFile | None = None) -> None:
        self.path = path
        self.watch: Callable[[int, int], None] | None = None
        self.done = 0
        self._zipped = zipped
        self._told = 0
        self._twice: set[str] = set()
        self._members = list(self._listed())
        self.total = sum(member.size for member in self._members if member.readable)

    @property
    def single(self) -> bool:
        """Whether the upload is one file, and no zip."""
        return self._zipped is None

    def members(self) -> list[Member]:
        """The files, each name once; what a Mac adds of its own is left out."""
        return self._members

    def named(self, name: str) -> Member | None:
        """The file of exactly that name."""
        return next((member for member in self._members if member.name == name), None)

    def _listed(self) -> Iterator[Member]:
        if self._zipped is None:
            yield Member(self, "", Path(self.path).stat().st_size, None)
            return
        infos = [info for info in self._zipped.infolist() if not _is_nobodys(info)]
        counts = Counter(info.filename for info in infos)
        self._twice = {name for name, count in counts.items() if count > 1}
        seen = set()
        for info in infos:
            if info.filename not in seen:
                seen.add(info.filename)
                yield Member(self, info.filename, info.file_size, info)

    def source_of(self, info: zipfile.ZipInfo) -> IO[bytes]:
        """Open what a zip holds. Raises Broken and Refused."""
        assert self._zipped is not None  # noqa: S101 - a member with an info is of a zip
        if info.filename in self._twice:
            raise Broken("twice")
        if info.flag_bits & (ENCRYPTED | STRONGLY_ENCRYPTED):
            raise Broken("encrypted")
        if info.compress_type not in PACKING:
            raise Broken("packing")
        if info.file_size > max(SMALL, MOST_TIMES_SMALLER * info.compress_size):
            raise Refused("bomb")
        with _damage_told():
            return self._zipped.open(info)

    def count(self, size: int) -> None:
        """Note that so many bytes were read. Raises Refused when it is too much altogether."""
        self.done += size
        if self.done > MOST_READ:
            raise Refused("too_much", most_mib=MOST_READ // MIB)
        if self.watch and self.done - self._told >= MOVED_EVERY:
            self._told = self.done
            self.watch(min(self.done, self.total), self.total)

    def close(self) -> None:
        if self._zipped is not None:
            self._zipped.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Bounded(io.RawIOBase):
    """The bytes of a member, counted: no more and no fewer than were announced."""

    def __init__(self, archive: Archive, member: Member, source: IO[bytes]) -> None:
        if member.size > MOST_OF_A_FILE:
            source.close()
            raise Broken("file_too_large")
        self._archive = archive
        self._source = source
        self._left = member.size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        with _damage_told():
            data = self._source.read(len(buffer))
        self._left -= len(data)
        if self._left < 0 or (not data and self._left):
            raise Broken("wrong_size")
        self._archive.count(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._source.close()
        super().close()


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (Broken, Refused):
        raise
    except DAMAGE as error:
        raise Broken("damaged") from error


def open_archive(path: str | Path) -> Archive:
    """Open an upload and look at all that it lists. Raises Refused."""
    path = str(path)
    try:
        head = _head(path)
    except OSError:
        raise Refused("gone") from None
    if not head.strip():
        raise Refused("empty")
    if head.startswith(OTHER_ARCHIVES) or head[257:262] == b"ustar":
        raise Refused("other_archive")
    if not head.startswith(ZIP):
        return Archive(path)
    zipped = _zip(path)
    try:
        _check(zipped.infolist())
        return Archive(path, zipped)
    except Refused:
        zipped.close()
        raise


def _head(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(512)


def _zip(path: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except DAMAGE as error:
        raise Refused("damaged_zip") from error


def _check(infos: list[zipfile.ZipInfo]) -> None:
    """Refuse what is dangerous, and what holds nothing that could be read."""
    if len(infos) > MOST_MEMBERS:
        raise Refused("too_many_files", most=MOST_MEMBERS)
    for info in infos:
        if _is_dangerous(info.orig_filename):
            raise Refused("dangerous_names")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Refused("links")
    files = [info for info in infos if not _is_nobodys(info)]
    if not files:
        raise Refused("empty")
    if all(info.filename.lower().endswith(ARCHIVES) for info in files):
        raise Refused("nested")
    if all(info.flag_bits & (ENCRYPTED | STRONGLY_ENCRYPTED) for info in files):
        raise Refused("encrypted")
    if _overlap(files):
        raise Refused("bomb")


def _is_dangerous(name: str) -> bool:
    """Whether a name points out of the folder that somebody might unpack the archive into."""
    parts = name.replace("\\", "/").split("/")
    return (
        not name
        or len(name) > LONGEST_NAME
        or "\0" in name
        or ".." in parts
        or parts[0] == ""
        or (len(parts[0]) > 1 and parts[0][1] == ":")
    )


def _is_nobodys(info: zipfile.ZipInfo) -> bool:
    """Folders, and what a Mac adds when it packs."""
    name = info.filename
    return info.is_dir() or name.startswith("__MACOSX/") or name.endswith(".DS_Store")


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    """Whether files share packed bytes, which is how a small bomb has many large files."""
    end = 0
    for start, size in sorted((info.header_offset, info.compress_size) for info in infos):
        if start < end:
            return True
        end = start + size
    return False
