"""What a process keeps in its memory for a while."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


class _Kept(NamedTuple):
    value: object
    size: int
    until: float  # seconds of the monotonic clock


class Shelf(Generic[Value]):
    """Values by key, the oldest first: too old ones go, and the oldest when it gets too full."""

    def __init__(self, most_bytes: int, lifetime_seconds: float) -> None:
        self._most_bytes, self._lifetime_seconds = most_bytes, lifetime_seconds
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> Value | None:
        with self._lock:
            self._tidy()
            found = self._kept.get(key)
        return found.value if found else None  # type: ignore[return-value]

    def put(self, key: str, value: Value, *, size: int) -> None:
        with self._lock:
            if key in self._kept:
                self._bytes -= self._kept.pop(key).size
            self._kept[key] = _Kept(value, size, time.monotonic() + self._lifetime_seconds)
            self._bytes += size
            self._tidy()

    def _tidy(self) -> None:
        now = time.monotonic()
        while self._kept:
            key, oldest = next(iter(self._kept.items()))
            if oldest.until > now and self._bytes <= self._most_bytes:
                return
            del self._kept[key]
            self._bytes -= oldest.size
