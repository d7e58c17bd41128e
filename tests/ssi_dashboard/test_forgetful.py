"""A cache that is away knows nothing, and nobody has to care."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.urls import reverse

from ssi_dashboard import forgetful
from teams import freshness


@pytest.fixture
def cache():
    return caches["forgetful"]


@pytest.fixture
def away(cache, monkeypatch):
    """The server cannot be reached until the function that is given is called."""
    reachable = cache._cache
    monkeypatch.setattr(cache, "_cache", cache._class(["unix:///nowhere/valkey.sock"]))

    def back() -> None:
        cache._cache = reachable
        forgetful._silence._until = 0.001  # the pause is over

    yield back
    back()
    cache.get("anything")


def test_what_is_kept_is_found_by_the_other_cache(cache):
    cache.set("a", 1)
    cache.set_many({"b": "two"})

    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": "two"}
    assert caches["default"].get("a") == 1
    assert (cache.add("a", 2), cache.add("d", 4), cache.has_key("d")) == (False, True, True)
    assert cache.touch("a", 5) is True
    assert (cache.delete("a"), cache.get("a", "none")) == (True, "none")


def test_one_that_is_away_knows_nothing_and_says_so_once(cache, away, caplog):
    with caplog.at_level(logging.WARNING):
        assert cache.get("a", "none") == "none"
        assert cache.get_many(["a"]) == {}
        assert cache.set("a", 1) is None
        assert cache.set_many({"a": 1, "b": 2}) == ["a", "b"]
        assert (cache.add("a", 1), cache.has_key("a"), cache.touch("a"), cache.delete("a")) == (False,) * 4
        away()
        assert cache.set_many({"a": 1}) == []

    said = [record.getMessage() for record in caplog.records if record.name == forgetful.__name__]
    assert said == [
        "The cache does not answer, pages are made without it: ConnectionError",
        "The cache answers again.",
    ]


def test_a_change_that_could_not_be_told_is_told_when_the_cache_is_back(cache, away):
    away()
    numbers = freshness.read(freshness.PEOPLE, freshness.NIGHT)
    assert numbers.keep()
    cache._cache = cache._class(["unix:///nowhere/valkey.sock"])
    freshness.rise(freshness.of_team("north"))

    away()
    now = freshness.read(freshness.PEOPLE, freshness.NIGHT)

    assert not now.drawn
    assert now.numbers[freshness.PEOPLE] != numbers.numbers[freshness.PEOPLE]
    assert now.numbers[freshness.NIGHT] != numbers.numbers[freshness.NIGHT]
    assert freshness.read(freshness.NIGHT).numbers[freshness.NIGHT] == now.numbers[freshness.NIGHT]


@pytest.mark.django_db
def test_who_is_signed_in_stays_so_without_it(client, ana, away):
    client.force_login(ana)

    assert client.get(reverse("preferences")).status_code == 200
    assert Session.objects.count() == 1
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("preferences")).status_code == 302


def test_numbers_that_were_lost_never_come_back():
    first = freshness.read("a", "b")
    assert (first.drawn, first.keep()) == (("a", "b"), True)
    assert freshness.read("a", "b").numbers == first.numbers

    caches["default"].clear()

    assert freshness.read("a", "b").numbers != first.numbers


def test_what_was_read_before_a_change_is_not_put_down_after_it():
    reading = freshness.read("a")

    freshness.rise("a")

    assert not reading.keep()
    assert freshness.read("a").numbers != reading.numbers
