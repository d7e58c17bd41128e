"""Who writes much to SQLite takes turns; on PostgreSQL nobody waits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection

from scoring import sqlite_turns
from scoring.sqlite_turns import turn

A_MOMENT, LONG = 0.2, 10  # seconds

pytestmark = pytest.mark.django_db


@pytest.fixture
def another():
    """Somebody else who wants a turn: gives what tells that they had it."""
    with ThreadPoolExecutor(1) as threads:

        def wants_a_turn():
            had_it = Event()
            threads.submit(take_a_turn, had_it)
            return had_it

        yield wants_a_turn


def take_a_turn(had_it):
    with turn():
        had_it.set()


def test_on_sqlite_another_waits_for_the_end_of_a_turn(another):
    with turn():
        had_it = another()
        assert had_it.wait(A_MOMENT) is (connection.vendor != "sqlite")

    assert had_it.wait(LONG)


def test_within_a_turn_nobody_waits_for_oneself(another):
    with turn(), turn():
        had_it = another()
        assert had_it.wait(A_MOMENT) is (connection.vendor != "sqlite")

    assert had_it.wait(LONG)


def test_whoever_is_not_let_in_goes_on(another, monkeypatch):
    monkeypatch.setattr(sqlite_turns, "PATIENCE_SECONDS", A_MOMENT)

    with turn():
        assert another().wait(LONG)
