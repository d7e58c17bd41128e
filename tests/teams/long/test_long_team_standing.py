"""Where a long team stands: its night's counts say the same as counting while somebody waits."""

import pytest

from scoring import standings
from teams.standing import standing_of
from tests.teams.costs import queries_of
from tests.teams.crowd import DAY
from tests.teams.long.lists import team

pytestmark = pytest.mark.django_db


def test_the_bands_are_the_same_by_the_night_and_live(people, long, north, monkeypatch):
    long(1000)
    live = standing_of(team(north), day=DAY)

    long(5)

    told = standing_of(team(north), day=DAY)
    assert [band.n for band in live.bands] == [3, 10, 4, 2]
    assert told.bands == live.bands
    assert told.average == live.average


def test_a_night_whose_order_is_gone_is_counted_anew(people, long, north):
    long(5)
    found = standing_of(team(north), day=DAY).bands
    standings.thin_out(today=DAY.replace(year=DAY.year + 1))

    assert standing_of(team(north), day=DAY).bands == found


def test_a_long_team_costs_no_more_queries_than_twice_as_many(people, long, north):
    long(5)
    costs = queries_of(lambda: standing_of(team(north), day=DAY))

    assert costs <= 26
