"""A cache that may be gone: then it knows nothing and keeps nothing, and whoever asks it need not care."""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from django.utils.functional import cached_property
from redis import Redis, RedisError

logger = logging.getLogger(__name__)

# A server that hangs costs each of us its timeout: after one of those it is left alone for a while.
PAUSE_SECONDS = 5.0


class _Silence:
    """Since when this process hears nothing from the server, if so: told once, and told when it is over."""

    def __init__(self) -> None:
        self._until = 0.0

    def lasts(self) -> bool:
        return self._until > time.monotonic()

    def begin(self, error: RedisError) -> None:
        if not self._until:
            logger.warning("The cache does not answer, pages are made without it: %s", type(error).__name__)
        self._until = time.monotonic() + PAUSE_SECONDS

    def end(self) -> None:
        if self._until:
            self._until = 0.0
            logger.warning("The cache answers again.")


_silence = _Silence()


def ask_again() -> None:
    """End the pause: the server is known to be there."""
    _silence.end()


class _OneClient(RedisCacheClient):
    """Makes its client once: a new one for each question, as Django has it, takes longer than the answer."""

    @cached_property
    def _only(self) -> Redis:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Redis:
        return self._only


class ForgetfulCache(RedisCache):
    """Redis for what the database knows too, such as sessions, and for what only saves time.

    What counts something, such as tries to sign in, belongs into the other cache, which complains.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _OneClient

    def validate_key(self, key: str) -> None:
        """Every key will do: only memcached minds letters, and Django looks at each of them for its sake."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return _asked(lambda: super(ForgetfulCache, self).get(key, default, version), default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        return _asked(lambda: super(ForgetfulCache, self).get_many(keys, version), {})

    def has_key(self, key: str, version: int | None = None) -> bool:
        return _asked(lambda: super(ForgetfulCache, self).has_key(key, version), False)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _asked(lambda: super(ForgetfulCache, self).add(key, value, timeout, version), False)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        _asked(lambda: super(ForgetfulCache, self).set(key, value, timeout, version), None)

    def set_many(
        self, data: dict[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """Gives the keys that could not be set: all or none."""
        return _asked(lambda: super(ForgetfulCache, self).set_many(data, timeout, version), list(data))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return _asked(lambda: super(ForgetfulCache, self).touch(key, timeout, version), False)

    def delete(self, key: str, version: int | None = None) -> bool:
        """Tried in any case: a session that ended must not be found again."""
        return _asked(lambda: super(ForgetfulCache, self).delete(key, version), False, in_any_case=True)


def _asked(ask: Callable[[], Any], otherwise: Any, *, in_any_case: bool = False) -> Any:
    if _silence.lasts() and not in_any_case:
        return otherwise
    try:
        answer = ask()
    except RedisError as error:
        _silence.begin(error)
        return otherwise
    _silence.end()
    return answer
