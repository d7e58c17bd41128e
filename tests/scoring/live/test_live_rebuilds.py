"""What the rows that are stored do not say of one more act: each of these is a rebuild."""

from datetime import timedelta

from scoring import intake, recompute
from scoring.models import Formula, Holding, Kind, PillarSum, Restatement, Score
from teams.models import Leave, Membership, Seller
from tests.moments import TODAY, days_ago
from tests.scoring.live.rebuild import add, assert_as_rebuilt, catch_up, let_rest, pass_night

TOMORROW = TODAY + timedelta(days=1)


def test_without_sums(seller):
    PillarSum.objects.all().delete()

    assert not add(seller)

    assert_as_rebuilt(seller)


def test_with_a_change_that_waits_to_be_restated(seller):
    Leave.objects.bulk_create([Leave(seller_id=seller, first=days_ago(6), until=days_ago(4))])
    recompute.ask(seller, first=days_ago(6))

    assert not add(seller)

    (of_today,) = Score.objects.of(seller).on(TODAY).values(*Score.PARTS)
    recompute.settle(seller, today=TODAY)
    assert Score.objects.of(seller).on(TODAY).values(*Score.PARTS).get() == of_today


def test_after_somebody_left(seller):
    Seller.objects.filter(pk=seller).update(left_on=TODAY)

    assert not add(seller)

    assert not Score.objects.of(seller).on(TODAY).exists()


def test_for_an_act_of_long_ago(seller):
    let_rest(seller)

    assert not add(seller, day=days_ago(8))

    assert_as_rebuilt(seller)


def test_for_an_act_before_the_newest(seller):
    assert add(seller)

    assert not add(seller, day=days_ago(1))

    assert_as_rebuilt(seller)


def test_for_a_day_on_which_other_items_were_held(seller):
    photo = Kind.objects.get(code="profile_photo")
    intake.hold(seller, photo, first=days_ago(3), today=TODAY)
    intake.release(seller, photo, on=TODAY, today=TODAY)

    assert not add(seller, day=days_ago(1))

    assert_as_rebuilt(seller)


def test_when_an_item_ended_since_the_sums_were_built(seller):
    photo = Kind.objects.get(code="profile_photo")
    Holding.objects.create(seller_id=seller, kind=photo, first=days_ago(9), until=TODAY)
    catch_up(seller)
    # As the sums stood before a night went by.
    PillarSum.objects.update(held_from=days_ago(3), held_until=TODAY, held_brand=4)

    assert not add(seller)

    assert_as_rebuilt(seller)


def test_when_sums_under_an_older_formula_would_be_left_behind(seller):
    second = put_second_version_in_force(days_ago(1))
    catch_up(seller)
    assert PillarSum.objects.filter(seller=seller).count() == 2

    assert not add(seller)

    assert PillarSum.objects.get(seller=seller).formula == second
    assert_as_rebuilt(seller)


def test_for_a_day_under_another_formula(seller):
    second = put_second_version_in_force(TODAY)
    catch_up(seller)
    PillarSum.objects.exclude(formula=second).delete()

    assert not add(seller, day=days_ago(1))

    assert_as_rebuilt(seller)


def test_when_a_day_since_has_no_score(seller):
    Score.objects.on(days_ago(1)).delete()

    assert not add(seller, day=days_ago(2))

    assert_as_rebuilt(seller)


def test_when_today_has_no_score(seller):
    Score.objects.on(TODAY).delete()

    assert not add(seller)

    assert_as_rebuilt(seller)


def test_when_the_day_before_has_no_score(seller):
    Score.objects.on(days_ago(1)).delete()

    assert not add(seller)

    assert Score.objects.of(seller).on(days_ago(1)).exists()
    assert_as_rebuilt(seller)


def test_when_midnight_passed_meanwhile(seller):
    pass_night(TOMORROW)

    assert not add(seller, today=TODAY)

    assert_as_rebuilt(seller, today=TOMORROW)


def test_on_somebodys_first_day(ana):
    Membership.objects.filter(seller=ana.seller).delete()
    Restatement.objects.all().delete()

    assert not add(ana.seller.pk)
    assert add(ana.seller.pk)

    assert_as_rebuilt(ana.seller.pk)


def put_second_version_in_force(day):
    draft = Formula.objects.get().copy(name="Version 2", by=None)
    draft.half_life_days = 10
    draft.save()
    draft.put_in_force(day, today=days_ago(20))
    return draft
