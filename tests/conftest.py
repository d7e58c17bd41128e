"""What all tests share: a real Valkey, the cast, a real Chromium and real workers."""

from collections.abc import Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connection, connections

from scoring import rulebook
from ssi_dashboard import forgetful
from tests.environment import remove_private_folder
from tests.processes import running_valkey

pytest_plugins = ["tests.cast", "tests.browser", "tests.workers"]

# Two cores, shared by two rounds of tests and a browser: a slow example says nothing about the code.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they use, and give the kinds and the formula back to those that empty the database.

    A migration loads the kinds, so a flush would take them from every later test.
    """
    for item in items:
        if {"page", "context", "browser"} & set(item.fixturenames):
            item.add_marker("browser")
        if {"start_worker", "start_beat"} & set(item.fixturenames):
            item.add_marker("worker")
        if is_transactional(item):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)
    if connection.vendor == "postgresql":
        leave_out_what_needs_no_second_database(config, items)


def leave_out_what_needs_no_second_database(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Formulas know no database, and pages look alike on both."""
    left_out = [item for item in items if not uses_database(item) or item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def uses_database(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or bool(
        {"db", "transactional_db", "live_server"} & set(item.fixturenames)
    )


def is_transactional(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(item.fixturenames)
    )


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Let every connection know what a flushed database is filled with again.

    Once a browser's event loop runs in the thread, Django hands out another connection object than the one
    that made the database and kept its content.
    """
    kept = getattr(connection, "_test_serialized_contents", None)
    if kept is not None:
        type(connections[DEFAULT_DB_ALIAS])._test_serialized_contents = kept  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def valkey() -> Iterator[None]:
    """The store of this test process, as `bin/run` starts it."""
    with running_valkey(settings.VALKEY_SOCKET):
        yield


@pytest.fixture(autouse=True)
def empty_cache(valkey: None) -> None:
    """No rate limit or session outlives its test, nor a formula, whose key a rollback frees."""
    cache.clear()
    forgetful.ask_again()
    rulebook.forget()


def pytest_unconfigure() -> None:
    remove_private_folder()
