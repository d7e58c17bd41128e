"""Each rival computes what it claims, on a handful of acts."""

import csv
import datetime
import uuid

import pytest
from django.db import connection

from bench.peers import bulk_import, orm
from bench.peers.discourse import Discourse
from bench.peers.odoo import Odoo
from scoring.models import Activity, Kind, Score, Tally
from scoring.rulebook import Rulebook

TODAY = datetime.date(2026, 3, 20)

pytestmark = pytest.mark.django_db


def act(user, code, *, days_ago=0, quantity=1):
    return Activity.objects.create(
        seller=user.seller,
        kind=Kind.objects.get(code=code),
        day=TODAY - datetime.timedelta(days=days_ago),
        quantity=quantity,
        content=uuid.uuid4(),
    )


def discourse():
    """Its tables and views, as of now."""
    connection.check_constraints()  # a table with a check still to come gets no index
    peer = Discourse(Rulebook().formula_on(TODAY), today=TODAY)
    peer.prepare()
    return peer


def test_discourse_adds_up_points_by_period_and_ranks_them(ana, ada):
    act(ana, "comment_posted", quantity=2)  # 4 points each
    act(ana, "people_search", days_ago=20)  # 2 points
    act(ada, "comment_posted", days_ago=3)

    peer = discourse()

    assert peer.totals("all_time") == {ana.seller.pk: (10, 1), ada.seller.pk: (4, 2)}
    assert peer.totals("weekly") == {ana.seller.pk: (8, 1), ada.seller.pk: (4, 2)}
    assert peer.totals("daily") == {ana.seller.pk: (8, 1)}


def test_discourse_sees_only_new_acts_of_the_last_ten_days_at_night(ana):
    peer = discourse()
    act(ana, "comment_posted", days_ago=10)
    act(ana, "comment_posted", days_ago=11)

    peer.nightly()

    assert peer.totals("all_time") == {ana.seller.pk: (4, 1)}


def test_discourse_takes_a_deleted_act_out_again(ana):
    done = act(ana, "comment_posted")
    act(ana, "people_search")
    peer = discourse()
    Activity.objects.filter(pk=done.pk).update(deleted_at=datetime.datetime.now(datetime.UTC))

    peer.hourly()

    assert peer.totals("all_time") == {ana.seller.pk: (2, 1)}


def odoo(*users):
    kinds = Kind.objects.filter(code__in=["comment_posted", "people_search"]).order_by("pk")
    first = TODAY - datetime.timedelta(days=30)
    return Odoo([user.seller.pk for user in users], [kind.pk for kind in kinds], first=first, today=TODAY)


@pytest.mark.parametrize("update", [Odoo.one_by_one, Odoo.in_batch])
def test_odoo_counts_the_acts_of_each_goal(ana, ada, update):
    act(ana, "comment_posted")
    act(ana, "comment_posted", days_ago=30)
    act(ana, "comment_posted", days_ago=31)
    act(ada, "people_search")
    peer = odoo(ana, ada)

    update(peer)

    comments, searches = (Kind.objects.get(code=code).pk for code in ("comment_posted", "people_search"))
    assert peer.values() == {
        (ana.seller.pk, comments): 2,
        (ana.seller.pk, searches): 0,
        (ada.seller.pk, comments): 0,
        (ada.seller.pk, searches): 1,
    }


def test_odoo_compares_every_goal_with_every_group(ana, ada):
    act(ana, "comment_posted")
    act(ada, "comment_posted")
    peer = odoo(ana, ada)

    peer.in_batch()

    assert peer.compared == 4


def test_the_orm_loop_gives_the_score_of_acts_below_their_caps(ana):
    act(ana, "comment_posted", days_ago=30)
    act(ana, "people_search", days_ago=3, quantity=2)

    orm.score_all([ana.seller.pk], day=TODAY, version=Rulebook().on(TODAY))

    stored = Score.objects.get(seller=ana.seller, day=TODAY)
    engage, find = 4 * 2**-1, 2 * 2 * 2 ** (-3 / 30)
    assert stored.engage == round(10000 * (1 - 2 ** (-engage / 450)))
    assert stored.find == round(10000 * (1 - 2 ** (-find / 400)))


def file_of(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["seller", "kind", "day", "until", "quantity", "network", "link", "note"])
        writer.writerows(rows)
    return path


def test_the_bulk_import_counts_each_row_once_and_keeps_tallies(ana, tmp_path):
    row = ("ana@example.com", "comment_posted", "2026-03-19", "", "2", "linkedin", "", "")
    path = file_of(tmp_path / "acts.csv", row, row, (*row[:4], "5", *row[5:]))

    first, second = bulk_import.take_in(path), bulk_import.take_in(path)

    assert (first, second) == (3, 0)
    assert Activity.objects.count() == 3
    assert Tally.objects.get().quantity == 9
