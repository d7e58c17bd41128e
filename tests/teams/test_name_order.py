"""Names are put in order once a day, after the night; equal scores of long lists stand in that order."""

import numpy as np
import pytest

from scoring import standings
from scoring.models import Run
from scoring.models.run import RunState
from teams import name_order
from teams.models import NameOrder
from tests.cast import seller
from tests.moments import TODAY, days_ago
from tests.teams.crowd import publish, score

pytestmark = pytest.mark.django_db
# The order of the alphabet is neither that of the keys nor that of the letters' numbers.
NAMES = ["Zoë", "Łukasz", "anna", "Luz", "Émile", "Marek"]
BY_NAME = ["anna", "Émile", "Łukasz", "Luz", "Marek", "Zoë"]


@pytest.fixture
def people(north, monkeypatch):
    monkeypatch.setattr(standings, "LONGEST_LIVE", 4)
    found = [seller(f"person{n}", name, "", team=north).seller for n, name in enumerate(NAMES)]
    for who in found:
        score(who, 5000, day=TODAY)
    publish(TODAY)
    return found


def names_by_position(day=TODAY):
    of, key = "all", 0
    keys = standings.sellers_at(of, key, day, first=1, count=50)
    people = {who.pk: who.user.first_name for who in name_order.Seller.objects.select_related("user")}
    return [people[key] for key in keys]


def test_equal_scores_stand_in_the_order_of_names(people):
    assert name_order.put_in_order(today=TODAY)

    standings.rank_again(TODAY)

    assert names_by_position() == BY_NAME


def test_another_alphabet_has_another_order(people, settings):
    settings.LANGUAGE_CODE = "pl"
    name_order.put_in_order(today=TODAY)

    standings.rank_again(TODAY)

    assert names_by_position() == ["anna", "Émile", "Luz", "Łukasz", "Marek", "Zoë"]


def test_a_higher_score_stands_above_any_name(people):
    name_order.put_in_order(today=TODAY)
    people[0].scores.filter(day=TODAY).update(ssi=5001)

    standings.rank_again(TODAY)

    assert names_by_position() == ["Zoë", *BY_NAME[:-1]]


def test_who_came_since_stands_after_the_others_and_who_went_is_left_out(people, north):
    name_order.put_in_order(today=TODAY)
    new = seller("new", "Aaron", "", team=north).seller
    score(new, 5000, day=TODAY)
    people[3].scores.all().delete()

    standings.rank_again(TODAY)

    assert names_by_position() == ["anna", "Émile", "Łukasz", "Marek", "Zoë", "Aaron"]


def test_before_the_first_order_equal_scores_stand_by_key(people):
    standings.rank_again(TODAY)

    assert names_by_position() == NAMES


def test_they_are_put_in_order_once_a_day(people):
    assert name_order.put_in_order(today=TODAY)
    assert not name_order.put_in_order(today=TODAY)

    NameOrder.objects.update(made_on=days_ago(1))

    assert name_order.put_in_order(today=TODAY)
    kept = NameOrder.objects.get()
    assert kept.made_on == TODAY
    assert np.frombuffer(kept.sellers, dtype=standings.NUMBER).size == len(NAMES)


def test_not_while_the_night_is_under_way(people):
    Run.objects.update(state=RunState.RUNNING)

    assert not name_order.put_in_order(today=TODAY)


def test_nor_where_all_lists_are_sorted_as_they_are_read(people, monkeypatch):
    monkeypatch.setattr(standings, "LONGEST_LIVE", 1000)

    assert not name_order.put_in_order(today=TODAY)
