"""Lists that are too long to be ranked while somebody waits: what is short in tests is long here."""

import pytest

from scoring import standings
from ssi_dashboard import clock
from teams.models import Team
from tests.teams.crowd import DAY, WEEK_AGO, crowd, publish, score

LONG_DAYS = (WEEK_AGO, DAY)
EQUAL = [7000, 6000, 6000, 5000, 4000, 4000, 4000, 100, 0, 0]


@pytest.fixture(autouse=True)
def today(db, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def store(north):
    return Team.objects.create(name="Store", slug="store", parent=north)


@pytest.fixture
def people(ana, north, store, south, retail):
    """Ana in North among ten, eight in its store, six in South; all had something else a week ago."""
    score(ana, 4000)
    score(ana, 4100, day=WEEK_AGO)
    everybody = crowd(north, EQUAL, industry=retail)
    everybody += crowd(store, [9000, 6000, 3500, 3400, 3300, 3200, 3100, 3000])
    everybody += crowd(south, [8000, 6000, 2000, 1900, 1800, 1700], industry=retail)
    for n, who in enumerate(everybody):
        if n % 4:
            score(who, (n * 997) % 7000, day=WEEK_AGO)
    return everybody


@pytest.fixture
def long(monkeypatch):
    """Say from how many on a list is long, and rank the days by the night's own step."""

    def make(longest=5):
        monkeypatch.setattr(standings, "LONGEST_LIVE", longest)
        for day in LONG_DAYS:
            publish(day)
            standings.rank_again(day)

    return make
