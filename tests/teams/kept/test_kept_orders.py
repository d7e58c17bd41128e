"""The order of a long list is the same for everybody until a night, or a new ranking of one, changes it."""

import pytest
from django.db import connection

from scoring import night, standings
from scoring.models import Run, Standing
from tests.moments import TODAY
from tests.teams.crowd import crowd, score
from tests.teams.kept.board import board, entered

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crew(ana, ada, north, monkeypatch):
    """Four more in a list that is long here; North 000 is the best of them."""
    monkeypatch.setattr(standings, "LONGEST_LIVE", 3)
    monkeypatch.setattr("teams.night_order.HELD", range(10))
    score(ana, 6000)
    score(ada, 5000)
    found = crowd(north, [4000, 3000, 2000, 1000])
    standings.rank_again(TODAY)
    return found


def orders_read(person):
    """How often a page reads who is on a list in which order, or how many have more than each score."""
    read = []

    def note(execute, sql, *rest):
        read.append('scoring_standing"."order"' in sql or '"above" AS "above"' in sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        assert board(entered(person)).status_code == 200
    return sum(read)


def crew_in_order(person):
    shown = board(entered(person)).content.decode()
    return sorted(range(4), key=lambda n: shown.index(f"north{n:03}"))


def test_a_colleagues_page_does_not_read_it_again(crew, ana, ada):
    assert orders_read(ana) > 0
    assert orders_read(ada) == 0


def test_a_new_ranking_is_on_the_next_page(crew, ana, ada):
    assert crew_in_order(ana) == [0, 1, 2, 3]
    crew[3].scores.filter(day=TODAY).update(ssi=4500)
    Run.objects.filter(day=TODAY).update(ranks_stale=True)

    assert night.rank_again() == [TODAY]

    assert crew_in_order(ada) == [3, 0, 1, 2]


def test_of_a_list_that_is_not_held_a_page_reads_its_slice(crew, ana, ada, monkeypatch):
    monkeypatch.setattr("teams.night_order.HELD", range(0))

    assert crew_in_order(ana) == [0, 1, 2, 3]
    assert orders_read(ada) > 0
    assert crew_in_order(ada) == [0, 1, 2, 3]


@pytest.mark.parametrize("held", [range(0), range(10)])
def test_an_order_that_is_dropped_meanwhile_is_found_by_counting(crew, ana, ada, monkeypatch, held):
    monkeypatch.setattr("teams.night_order.HELD", held)
    assert crew_in_order(ana) == [0, 1, 2, 3]

    Standing.objects.update(order=None, above=None)

    assert crew_in_order(ada) == [0, 1, 2, 3]
