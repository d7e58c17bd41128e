"""The files of uploads while they wait: under random names, and readable by their owner only."""

import os
import secrets
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings


class TooLarge(ValueError):
    """More bytes than may be brought in."""


def keep(chunks: Iterable[bytes], *, most_bytes: int) -> tuple[str, int]:
    """Write a file; gives its new name and its size. Raises TooLarge, and leaves nothing then."""
    name, size = secrets.token_hex(16), 0
    try:
        descriptor = os.open(path_of(name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            for chunk in chunks:
                size += len(chunk)
                if size > most_bytes:
                    raise TooLarge
                out.write(chunk)
    except BaseException:
        remove(name)
        raise
    return name, size


def path_of(name: str) -> Path:
    return Path(settings.UPLOADS) / name


def remove(name: str) -> None:
    if name:
        path_of(name).unlink(missing_ok=True)


def forgotten(known: Collection[str], *, before: datetime) -> Iterator[str]:
    """The files that nobody knows of, and nothing was written to since a moment."""
    for path in Path(settings.UPLOADS).iterdir():
        if path.name not in known and path.is_file() and path.stat().st_mtime < before.timestamp():
            yield path.name
