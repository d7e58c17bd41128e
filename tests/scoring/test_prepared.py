"""Prepared statements do what the same statements do unprepared."""

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from scoring import intake
from scoring.intake import Entry
from scoring.models import Kind, Score, Tally
from scoring.prepared import prepared
from tests.moments import TODAY, days_ago


def kept():
    """How many statements the database keeps for this connection."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def test_a_second_write_plans_nothing_anew(ana):
    entry = Entry(Kind.objects.get(code="comment_posted"), TODAY)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)
    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)
    before = kept()

    intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)

    assert kept() == before
    assert before or connection.vendor != "postgresql"
    assert Tally.objects.get().quantity == 3


@pytest.mark.parametrize("days", [[TODAY], [TODAY, days_ago(1)], []])
def test_rows_are_those_of_the_plain_statement(ana, days):
    for day in (TODAY, days_ago(1)):
        Score.objects.create(
            seller=ana.seller, day=day, brand=1, find=2, engage=3, relate=4, ssi=2, formula_id=1
        )
    wanted = Score.objects.of(ana.seller.pk).filter(day__in=days).order_by("day")
    plain = list(wanted.values())

    for _again in range(7):
        with prepared():
            assert list(wanted.all().values()) == plain


def test_a_union_is_prepared_too(ana):
    keys = Kind.objects.order_by().values_list("pk")
    wanted = keys.filter(pk=1).union(keys.filter(pk=2))
    before = kept()

    with prepared():
        found = list(wanted)

    assert sorted(found) == [(1,), (2,)]
    assert kept() == before + (connection.vendor == "postgresql")


def test_a_constraint_still_speaks(ana):
    comment = Kind.objects.get(code="comment_posted")

    with pytest.raises(IntegrityError), transaction.atomic(), prepared():
        Tally.objects.create(seller=ana.seller, kind=comment, day=TODAY, quantity=0)

    assert not Tally.objects.exists()
