"""What an upload is, told from what it holds and never from its name."""

from collections.abc import Iterator
from importlib import import_module
from typing import Protocol, cast

from scoring.archive.broken import Broken
from scoring.archive.container import Archive
from scoring.archive.found import Found, Job, Refused

# In this order: a plain table is asked last, since it can be almost anything.
READERS = ("linkedin", "x", "mastodon", "facebook", "instagram", "sales_navigator", "plain")


class Reader(Protocol):
    """A module that knows one sort of archive."""

    NAME: str

    def owns(self, archive: Archive) -> bool: ...

    def read(self, archive: Archive, job: Job) -> Iterator[Found]: ...


def reader_of(archive: Archive) -> Reader:
    """Find who reads an archive. Raises Refused."""
    broken = ""
    for name in READERS:
        reader = cast(Reader, import_module(f"scoring.archive.{name}"))
        try:
            if reader.owns(archive):
                return reader
        except Broken as error:
            broken = broken or error.code
    raise _refusal(archive, broken)


def _refusal(archive: Archive, broken: str) -> Refused:
    members = archive.members()
    if broken == "encrypted":
        return Refused("encrypted")
    if not archive.single and any(member.name.lower().endswith(".html") for member in members):
        return Refused("only_pages")
    if broken:
        return Refused("unreadable")
    return Refused("unknown")
