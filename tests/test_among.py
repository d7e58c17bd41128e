"""`among` and `each_within`: one of some values, as one array where the database has arrays."""

import pytest
from django.db import connection

from scoring.models import Score
from teams.models import Membership, Seller
from tests.moments import days_ago
from tests.teams.crowd import DAY, crowd

pytestmark = pytest.mark.django_db

FEW_AND_MANY = ([1, 2], [1, 2, 3, 4])


@pytest.fixture
def sellers(north):
    return crowd(north, [7000, 6000, 5000, 4000])


def test_it_finds_what_in_finds(sellers):
    keys = [seller.pk for seller in sellers]
    for some in (keys[:2], keys[3:], set(keys), [], [None], [None, keys[0]], [*keys, keys[0], 10**6]):
        assert list(Seller.objects.filter(pk__among=some)) == list(Seller.objects.filter(pk__in=some))


def test_a_key_of_another_table_and_a_day_are_looked_up_alike(sellers):
    keys = [seller.pk for seller in sellers[:3]]
    days = [DAY, days_ago(1), days_ago(2)]
    assert Membership.objects.filter(seller__among=keys).count() == len(keys)
    found, expected = (
        Score.objects.filter(**{f"seller__{how}": keys, f"day__{how}": days}).values_list("seller", "day")
        for how in ("among", "in")
    )
    assert sorted(found) == sorted(expected) == sorted((key, DAY) for key in keys)


def test_without_a_value_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(Seller.objects.filter(pk__among=[])) == []


def test_the_rows_of_a_queryset_are_found(sellers, south):
    keys = [seller.pk for seller in sellers]
    best = Score.objects.filter(ssi__gte=6000).order_by().values("seller")
    least = Score.objects.filter(ssi__lte=4000).order_by().values("seller")
    for some, found in ((best, keys[:2]), (best.union(least), [*keys[:2], keys[3]]), (best.none(), [])):
        assert sorted(Score.objects.filter(seller__among=some).values_list("seller", flat=True)) == found
    assert not Membership.objects.filter(seller__among=best, team=south)


def test_each_day_from_a_first_to_a_last_is_looked_up(sellers, django_assert_num_queries):
    keys = [seller.pk for seller in sellers]
    early, late = days_ago(3), days_ago(1)
    assert early < late < DAY
    for first, last in ((early, DAY), (DAY, DAY), (early, late), (days_ago(400), DAY)):
        found = Score.objects.filter(seller__in=keys, day__each_within=(first, last))
        assert set(found) == set(Score.objects.filter(seller__in=keys, day__range=(first, last)))
        assert found.exists() is (last == DAY)
    with django_assert_num_queries(0):
        assert list(Score.objects.filter(day__each_within=(DAY, late))) == []


def test_a_statement_stays_the_same_however_many_there_are(sellers):
    statements = {Seller.objects.filter(pk__among=some).query.sql_with_params()[0] for some in FEW_AND_MANY}
    statements |= {
        Score.objects.filter(day__each_within=(first, DAY)).query.sql_with_params()[0]
        for first in (days_ago(1), days_ago(90))
    }
    assert len(statements) == (2 if connection.vendor == "postgresql" else len(FEW_AND_MANY) + 2)
