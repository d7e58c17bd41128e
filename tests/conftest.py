"""What all tests share: a real Valkey, the cast, a real Chromium and real workers."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache

from tests.environment import remove_private_folder
from tests.processes import running_valkey

pytest_plugins = ["tests.cast", "tests.browser", "tests.workers"]

# Two cores, shared by two rounds of tests and a browser: a slow example says nothing about the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the kinds and the formula, which a migration loads, back to tests that empty the database."""
    for item in items:
        if is_transactional(item) and "django_db_serialized_rollback" not in item.fixturenames:
            item.fixturenames.append("django_db_serialized_rollback")


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(item.fixturenames)
    )


@pytest.fixture(scope="session", autouse=True)
def valkey() -> Iterator[None]:
    """The store of this test process, as `bin/run` starts it."""
    with running_valkey(settings.VALKEY_SOCKET):
        yield


@pytest.fixture(autouse=True)
def empty_cache(valkey: None) -> None:
    """No rate limit, session or cached number outlives its test."""
    cache.clear()


def pytest_unconfigure() -> None:
    remove_private_folder()
