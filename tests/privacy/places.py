"""Where words could have got to: the database, the store, the disk; each is searched for a word."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.db import connection

LARGEST = 64 * 1024 * 1024  # bytes of a file that is searched


def tables_with(word: str) -> set[str]:
    """The tables of the database in any column of which, of any type, the word stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - its own names
            if any(has(value, word) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def has(value: Any, word: str) -> bool:
    """Whether the word stands in a value, in bytes of it, or in any of its parts; capitals do not matter."""
    if isinstance(value, memoryview | bytearray):
        value = bytes(value)
    if isinstance(value, bytes):
        low = value.lower()
        return any(word.lower().encode(encoding) in low for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
    if isinstance(value, dict):
        return any(has(part, word) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple | set):
        return any(has(part, word) for part in value)
    return word.lower() in str(value).lower()


def keys_with(word: str) -> set[str]:
    """The keys of the store, in all its databases, that the word stands in or below."""
    found = set()
    for number in (0, 1):
        with redis.Redis(unix_socket_path=str(settings.VALKEY_SOCKET), db=number) as store:
            for key in store.scan_iter(count=1000):
                if has(key, word) or has(_value(store, key), word):
                    found.add(f"{number} {key!r}")
    return found


def _value(store: "redis.Redis", key: bytes) -> Any:
    match store.type(key):
        case b"string":
            return store.get(key)
        case b"list":
            return store.lrange(key, 0, -1)
        case b"hash":
            return store.hgetall(key)
        case b"set":
            return store.smembers(key)
        case b"zset":
            return store.zrange(key, 0, -1)
        case b"none":
            return b""  # gone meanwhile
    raise AssertionError(f"{key!r} is of a sort that cannot be searched.")


def files_with(word: str, *folders: Path) -> set[str]:
    """The files below some folders that have the word in them or in their names."""
    return {
        str(path)
        for folder in folders
        for path in _files(folder)
        if has(path.name, word) or _holds(path, word)
    }


def new_in(folder: Path, *, since: float) -> list[Path]:
    """What was made or changed in a folder, itself only, since a moment."""
    found = []
    for entry in os.scandir(folder):
        try:
            if entry.stat(follow_symlinks=False).st_mtime >= since:
                found.append(Path(entry.path))
        except FileNotFoundError:
            continue
    return found


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
        return
    for below, _folders, names in os.walk(folder):
        yield from (path for name in names if (path := Path(below) / name).is_file())


def _holds(path: Path, word: str) -> bool:
    try:
        if path.stat().st_size > LARGEST:
            return False
        return has(path.read_bytes(), word)
    except OSError:
        return False  # gone, or not ours
