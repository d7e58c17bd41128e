"""Columns go in and come out as rows would; on PostgreSQL by its binary form, elsewhere by plain rows."""

import numpy as np
import pytest
from django.db import IntegrityError, connection
from django.db.models import F, Func, IntegerField

from scoring import columns
from scoring.column_forms import NO_DAY, NO_NUMBER
from scoring.formula.catalogue import PILLARS
from scoring.models import Handover, PillarSum, Run, RunChunk, Score, Standing
from tests.moments import TODAY

pytestmark = pytest.mark.django_db
DAY = TODAY.toordinal()


def rows(sellers, **others):
    scores = np.arange(len(sellers), dtype=np.int16)
    plain = dict.fromkeys(Score.PARTS, scores)
    return {"seller_id": np.array(sellers), "day": DAY, "formula_id": 1, **plain, **others}


def sums_of(sellers, **others):
    days = {"landmark": DAY, "held_from": DAY, "newest": None, "held_until": None, "began": None}
    points = dict.fromkeys([*PILLARS, *PillarSum.HELD], 0.0)
    return {"formula_id": 1, "seller_id": np.array(sellers), "writes": 0, **days, **points, **others}


def test_what_went_in_comes_out():
    change = np.ma.masked_equal(np.array([-5, 0, -32768], dtype=np.int16), -32768)
    team = np.ma.masked_equal(np.array([7, -1, 9]), -1)

    assert columns.append(Score, rows([3, 1, 2], team_id=team, change=change)) == 3

    stored = list(
        Score.objects.order_by("seller_id").values_list("seller_id", "day", "ssi", "team_id", "change")
    )
    assert stored == [(1, TODAY, 1, None, 0), (2, TODAY, 2, 9, None), (3, TODAY, 0, 7, -5)]
    found = columns.read(Score.objects.order_by("seller_id"), "seller_id", "day", "team_id", "ssi")
    assert {name: column.tolist() for name, column in found.items()} == {
        "seller_id": [1, 2, 3],
        "day": [DAY] * 3,
        "team_id": [NO_NUMBER, 9, 7],
        "ssi": [1, 2, 0],
    }


def test_days_that_are_missing_come_out_as_none_and_floats_exactly():
    columns.append(PillarSum, sums_of([5], brand=0.1, find=1e-300, engage=1 / 3))

    found = columns.read(PillarSum.objects.all(), "newest", "landmark", "brand", "find", "engage")

    assert found["newest"].tolist() == [NO_DAY]
    assert found["landmark"].tolist() == [DAY]
    assert [found[name][0] for name in ("brand", "find", "engage")] == [0.1, 1e-300, 1 / 3]


def test_what_is_kept_packed_says_what_its_columns_say():
    columns.append(PillarSum, sums_of([7, 3], newest=None, held_until=DAY + 3, began=DAY - 400))
    PillarSum.objects.filter(seller=3).update(brand=1 / 7, newest=TODAY, held_until=None, writes=9)

    packed = columns.read(PillarSum.objects.order_by("seller_id"), *PillarSum.PACKED)
    one_by_one = columns.read(
        PillarSum.objects.order_by("seller_id").annotate(same=F("writes")), *PillarSum.PACKED, "same"
    )

    assert {name: column.tolist() for name, column in packed.items()} == {
        name: one_by_one[name].tolist() for name in packed
    }
    assert packed["seller_id"].tolist() == [3, 7]
    assert packed["brand"][0] == 1 / 7
    assert packed["newest"].tolist() == [DAY, NO_DAY]
    assert packed["writes"].tolist() == [9, 0]


@pytest.mark.parametrize("order", ["seller_id", "-seller_id", "newest", "brand"])
def test_columns_stay_beside_each_other_in_the_order_that_was_asked_for(order):
    newest = np.ma.masked_equal(np.array([0, DAY, DAY - 1]), 0)
    columns.append(PillarSum, sums_of([3, 1, 2], brand=np.array([0.3, 0.5, 0.1]), newest=newest))
    stored = PillarSum.objects.filter(newest__isnull=False).order_by(order)

    found = columns.read(stored, "seller_id", "brand", "newest")

    rows = stored.values_list("seller_id", "brand", "newest")
    assert list(zip(*(column.tolist() for column in found.values()), strict=True)) == [
        (seller, brand, newest.toordinal()) for seller, brand, newest in rows
    ]


def test_a_part_of_the_rows_in_order():
    columns.append(Score, rows([3, 1, 2]))

    found = columns.read(Score.objects.order_by("seller_id")[:2], "seller_id")

    assert found["seller_id"].tolist() == [1, 2]


def test_more_rows_than_one_statement_takes():
    many = np.arange(1, 1000)

    assert columns.append(Score, rows(many, rank=many)) == 999

    assert list(Score.objects.order_by("seller_id").values_list("seller_id", "rank")) == [
        (n, n) for n in range(1, 1000)
    ]


def test_annotations_and_fields_are_named_whatever_their_order():
    columns.append(Score, rows([1, 2]))

    found = columns.read(Score.objects.annotate(twice=F("ssi") * 2).order_by("pk"), "twice", "seller_id")

    assert found["twice"].tolist() == [0, 2]
    assert found["seller_id"].tolist() == [1, 2]


def test_nothing_comes_out_as_empty_columns_of_their_kind():
    found = columns.read(Score.objects.all(), "seller_id", "day")

    assert [column.size for column in found.values()] == [0, 0]


def test_a_taken_key_is_refused_and_nothing_of_the_rows_is_written(transactional_db):
    columns.append(Score, rows([2]))

    with pytest.raises(IntegrityError):
        columns.append(Score, rows([1, 2, 3]))


def test_rows_are_written_over_those_with_the_same_key_and_other_columns_stay():
    columns.append(Score, rows([1, 2], rank=np.array([4, 5])))

    columns.upsert(Score, rows([2, 3]), key=("seller_id", "day"))

    assert list(Score.objects.order_by("seller_id").values_list("ssi", "rank")) == [(0, 4), (0, 5), (1, None)]


def test_only_rows_that_are_there_are_changed():
    columns.append(Score, rows([1, 2], rank=np.array([4, 5])))
    places = np.ma.masked_equal(np.array([-1, 8, 9]), -1)

    keys = {"seller_id": np.array([1, 2, 3]), "day": np.full(3, DAY)}
    columns.update(Score, {"rank": places, **keys}, key=("seller_id", "day"))

    assert list(Score.objects.order_by("seller_id").values_list("rank", flat=True)) == [None, 8]


def test_a_text_for_all_rows():
    averages = dict.fromkeys(Score.PARTS, 1)
    columns.append(Standing, {"of": "team", "key": np.array([1, 2]), "day": DAY, "n": 5, **averages})

    assert Standing.objects.of_team(2).get().day == TODAY


def test_large_bytes_go_in_and_out_as_they_are():
    for key in (1, 2, 3):
        averages = dict.fromkeys(Score.PARTS, 1)
        Standing.objects.create(of=Standing.Of.TEAM, key=key, day=TODAY, n=5, **averages)
    data = bytes(range(256)) * 1000

    some = [{"of": "team", "key": key, "day": TODAY, "order": data * key, "above": data} for key in (2, 3)]
    columns.put(Standing, some, key=("of", "key", "day"))
    columns.put(Standing, [], key=("of", "key", "day"))

    rows = Standing.objects.order_by("key")
    assert columns.take(rows, "order") == [None, data * 2, data * 3]
    assert columns.take(rows, "above") == [None, data, data]


def test_large_bytes_take_the_room_that_they_have():
    """To compress them would take PostgreSQL longer than to write them."""
    run = Run.objects.create(day=TODAY)
    part = RunChunk.objects.create(run=run, first_seller=1, last_seller=1)
    Handover.objects.create(chunk=part, of=Handover.Of.SCORES)

    columns.put(
        Handover, [{"chunk_id": part.pk, "of": "scores", "data": bytes(99_999)}], key=("chunk_id", "of")
    )

    size = "pg_column_size" if connection.vendor == "postgresql" else "length"
    assert Handover.objects.values_list(Func("data", function=size, output_field=IntegerField())).get() == (
        99_999,
    )
