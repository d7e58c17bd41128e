import datetime

import pytest
import time_machine
from django.db import transaction

from scoring import night, recompute
from scoring.formula.history import Span
from scoring.models import Restatement, Score, Standing
from teams.models import Leave, Membership, Seller
from teams.moving import move
from teams.restating import first_difference
from tests.cast import JOINED_ON
from tests.moments import NOON, TODAY, days_ago

DAY = datetime.date


@pytest.fixture
def seller(ana):
    """Ana with all her scores written, and nothing waiting."""
    settle(ana.seller)
    return ana.seller


@pytest.fixture
def membership(seller):
    return seller.memberships.get()


def settle(seller):
    return recompute.settle(seller.pk, today=TODAY)


def asked(seller):
    """The day from which a restatement waits, or None."""
    return Restatement.objects.filter(pk=seller.pk).values_list("first", flat=True).first()


def teams(seller):
    return dict(Score.objects.of(seller).values_list("day", "team__name"))


@pytest.mark.parametrize(
    ("before", "after", "same", "first"),
    [
        ((DAY(2026, 3, 1), None), (DAY(2026, 3, 1), None), True, None),
        ((DAY(2026, 3, 1), None), (DAY(2026, 3, 1), None), False, DAY(2026, 3, 1)),
        ((DAY(2026, 3, 1), None), (DAY(2026, 2, 1), None), True, DAY(2026, 2, 1)),
        ((DAY(2026, 2, 1), None), (DAY(2026, 3, 1), None), True, DAY(2026, 2, 1)),
        ((DAY(2026, 2, 1), None), (DAY(2026, 2, 1), DAY(2026, 5, 1)), True, DAY(2026, 5, 1)),
        ((DAY(2026, 2, 1), DAY(2026, 5, 1)), (DAY(2026, 2, 1), None), True, DAY(2026, 5, 1)),
        ((DAY(2026, 2, 1), DAY(2026, 5, 1)), (DAY(2026, 2, 1), DAY(2026, 4, 1)), True, DAY(2026, 4, 1)),
    ],
)
def test_the_first_day_on_which_two_spans_differ(before, after, same, first):
    assert first_difference(Span(*before), Span(*after), same=same) == first


def test_a_first_membership_brings_scores(seller):
    assert teams(seller)[JOINED_ON + datetime.timedelta(days=30)] == "North"
    assert asked(seller) is None


def test_a_changed_team_is_restated_from_the_first_day(seller, membership, south):
    membership.team = south
    membership.save()

    assert asked(seller) == JOINED_ON
    settle(seller)
    assert set(teams(seller).values()) == {"South"}


def test_saving_without_a_change_asks_for_nothing(seller, membership):
    membership.save()
    seller.save()

    assert asked(seller) is None


def test_an_end_is_restated_from_the_end(seller, membership):
    membership.until = days_ago(10)
    membership.save()

    assert asked(seller) == days_ago(10)
    settle(seller)
    assert teams(seller)[days_ago(11)] == "North"
    assert teams(seller)[days_ago(10)] is None


def test_a_later_beginning_takes_the_scores_before_it(seller, membership):
    membership.first = days_ago(5)
    membership.save()

    assert asked(seller) == JOINED_ON
    settle(seller)
    assert min(teams(seller)) == days_ago(5)


def test_a_deleted_membership_is_restated(seller, membership):
    membership.delete()

    assert asked(seller) == JOINED_ON
    settle(seller)
    assert teams(seller) == {}


def test_memberships_deleted_by_a_queryset_are_restated(seller):
    Membership.objects.filter(seller=seller).delete()

    assert asked(seller) == JOINED_ON


def test_a_membership_given_to_another_seller_restates_both(seller, membership, sofia):
    settle(sofia.seller)
    Membership.objects.filter(seller=sofia.seller).delete()
    settle(sofia.seller)

    membership.seller = sofia.seller
    membership.save()

    assert asked(seller) == JOINED_ON
    assert asked(sofia.seller) == JOINED_ON


def test_leave_is_restated_from_its_first_day_and_its_end_from_the_end(seller):
    leave = Leave.objects.create(seller=seller, first=days_ago(20), until=days_ago(10))
    assert asked(seller) == days_ago(20)
    settle(seller)

    leave.until = days_ago(15)
    leave.save()
    assert asked(seller) == days_ago(15)
    settle(seller)

    leave.delete()
    assert asked(seller) == days_ago(20)


def test_leaving_takes_the_scores_and_coming_back_brings_them(seller):
    seller.left_on = days_ago(3)
    seller.save()
    assert asked(seller) == days_ago(3)
    settle(seller)
    assert max(teams(seller)) == days_ago(4)

    seller.left_on = None
    seller.save()
    assert asked(seller) == days_ago(3)
    settle(seller)
    assert max(teams(seller)) == TODAY


def test_the_earliest_of_several_changes_counts(seller, membership):
    membership.until = days_ago(10)
    membership.save()
    Leave.objects.create(seller=seller, first=days_ago(30), until=days_ago(29))

    assert asked(seller) == days_ago(30)


def test_the_need_is_gone_with_a_change_that_is_rolled_back(seller, membership, south):
    with transaction.atomic():
        membership.team = south
        membership.save()
        transaction.set_rollback(True)

    assert asked(seller) is None


def test_a_deleted_seller_leaves_no_need_behind(ana, seller):
    Leave.objects.create(seller=seller, first=days_ago(20), until=days_ago(10))

    ana.delete()

    assert not Seller.objects.exists()
    assert not Restatement.objects.exists()


def test_a_worker_is_told_after_the_commit(seller, membership, south, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        membership.team = south
        membership.save()

    assert [callback.__name__ for callback in callbacks].count("send_hint") == 1


def test_what_no_worker_heard_is_found_by_the_tick(seller, membership):
    membership.until = days_ago(10)
    membership.save()

    assert night.waiting_restatements() == [seller.pk]


@time_machine.travel(NOON, tick=False)
def test_moving_ends_one_membership_and_begins_the_next(seller, south):
    assert move(seller, to=south, on=days_ago(7))

    settle(seller)
    assert teams(seller)[days_ago(8)] == "North"
    assert teams(seller)[days_ago(7)] == "South"
    assert list(seller.memberships.values_list("first", "until")) == [
        (JOINED_ON, days_ago(7)),
        (days_ago(7), None),
    ]


def test_moving_on_the_first_day_changes_the_team(seller, south):
    assert move(seller, to=south, on=JOINED_ON)

    assert list(seller.memberships.values_list("first", "until", "team__name")) == [
        (JOINED_ON, None, "South")
    ]


def test_moving_to_where_one_is_changes_nothing(seller, north):
    assert not move(seller, to=north, on=days_ago(7))

    assert asked(seller) is None


def test_moving_keeps_what_is_planned_for_later(seller, membership, north, south):
    membership.until = days_ago(2)
    membership.save()
    Membership.objects.create(seller=seller, team=north, first=TODAY)

    assert move(seller, to=south, on=days_ago(7))

    assert list(seller.memberships.values_list("first", "until", "team__name")) == [
        (JOINED_ON, days_ago(7), "North"),
        (days_ago(7), TODAY, "South"),
        (TODAY, None, "North"),
    ]


def test_a_team_that_moves_has_the_lists_above_it_ranked_again(ana, north, south):
    night.complete(night.run_again(TODAY), now=NOON, today=TODAY)
    everybody = Standing.objects.of_team(south.pk).filter(day=TODAY)
    assert not everybody.exists()

    north.parent = south
    north.save()
    assert night.rank_again() == [TODAY]

    assert everybody.get().n == Standing.objects.of_team(north.pk).get(day=TODAY).n == 1


def test_who_is_hidden_after_the_night_is_counted_out_of_it(ana, north):
    night.complete(night.run_again(TODAY), now=NOON, today=TODAY)

    ana.seller.shown_on_boards = False
    ana.seller.save()
    assert night.rank_again() == [TODAY]

    assert not Standing.objects.filter(day=TODAY).exists()
    assert Score.objects.get(seller=ana.seller, day=TODAY).rank is None


def test_other_changes_of_a_seller_or_a_team_rank_nothing(ana, north):
    night.complete(night.run_again(TODAY), now=NOON, today=TODAY)

    north.name = "Further north"
    north.save()
    ana.seller.title = "Adviser"
    ana.seller.save()

    assert night.rank_again() == []
