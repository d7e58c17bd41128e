import datetime
import uuid

import pytest
from django.db import IntegrityError, transaction

from scoring import intake
from scoring.formula.pillar import score
from scoring.intake import Entry
from scoring.models import Activity, Holding, Kind, PillarSum, Score, Tally
from scoring.past import history_of
from scoring.rulebook import Rulebook
from tests.moments import NOON, TODAY, days_ago


@pytest.fixture
def seller_id(ana):
    return ana.seller.pk


def kind(code):
    return Kind.objects.get(code=code)


def log(seller_id, code="comment_posted", day=TODAY, token=None, **fields):
    entry = Entry(kind(code), day, **fields)
    return intake.record(seller_id, entry, token=token or uuid.uuid4(), today=TODAY)


def ssi(seller_id, day=TODAY):
    return Score.objects.get(seller=seller_id, day=day).ssi


def test_an_act_is_counted_and_scored_at_once(seller_id):
    log(seller_id, quantity=2)

    assert Tally.objects.get(seller=seller_id).quantity == 2
    # 8 points of 450: a quarter of 100 * (1 - 2 ** (-8 / 450)).
    assert ssi(seller_id) == 31


def test_the_same_token_is_the_same_act(seller_id):
    token = uuid.uuid4()

    first = log(seller_id, token=token)
    second = log(seller_id, token=token, code="message_sent")

    assert first == second
    assert Activity.objects.count() == 1


def test_a_late_act_restates_its_day_and_every_later_one(seller_id):
    log(seller_id)
    before = ssi(seller_id)

    log(seller_id, day=days_ago(30), quantity=2)

    assert ssi(seller_id, days_ago(31)) == 0
    assert ssi(seller_id, days_ago(30)) == 31
    assert Score.objects.of(seller_id).between(days_ago(30), TODAY).count() == 31
    assert ssi(seller_id) > before


def test_a_deleted_act_leaves_no_point_behind(seller_id):
    activity = log(seller_id, day=days_ago(5))

    intake.delete(activity, now=NOON, today=TODAY)

    assert not Tally.objects.exists()
    assert set(Score.objects.of(seller_id).values_list("ssi", flat=True)) == {0}
    assert PillarSum.objects.get(seller=seller_id).engage == 0


def test_undo_brings_back_what_was_deleted_as_it_was(seller_id):
    activity = log(seller_id, day=days_ago(5), quantity=3, note="about pumps", link="https://example.com/p")
    before = list(Score.objects.of(seller_id).values())

    intake.delete(activity, now=NOON, today=TODAY)
    intake.undo_delete(Activity.objects.get(), now=NOON, today=TODAY)

    assert list(Score.objects.of(seller_id).values()) == before
    restored = Activity.objects.get()
    assert (restored.quantity, restored.note, restored.link) == (3, "about pumps", "https://example.com/p")


def test_undo_ends_after_thirty_days(seller_id):
    activity = log(seller_id)
    intake.delete(activity, now=NOON - datetime.timedelta(days=31), today=TODAY)

    with pytest.raises(intake.TooLateToUndo):
        intake.undo_delete(Activity.objects.get(), now=NOON, today=TODAY)


def test_deleting_twice_is_deleting_once(seller_id):
    activity = log(seller_id)
    intake.delete(activity, now=NOON, today=TODAY)

    intake.delete(activity, now=NOON + datetime.timedelta(hours=1), today=TODAY)

    assert Activity.objects.get().deleted_at == NOON


def test_a_change_moves_the_points_to_the_other_kind_and_day(seller_id):
    activity = log(seller_id, day=days_ago(3))

    intake.change(activity, Entry(kind("meeting_booked"), days_ago(8)), today=TODAY)

    assert list(Tally.objects.values_list("kind__code", "day")) == [("meeting_booked", days_ago(8))]
    today = Score.objects.get(seller=seller_id, day=TODAY)
    assert today.engage == 0
    assert today.relate > 0


@pytest.mark.parametrize(
    ("day", "refusal"),
    [(TODAY + datetime.timedelta(days=1), intake.FutureActivity), (days_ago(401), intake.TooLongAgo)],
)
def test_days_out_of_reach_are_refused(seller_id, day, refusal):
    with pytest.raises(refusal):
        log(seller_id, day=day)


def test_four_hundred_days_back_are_in_reach(seller_id):
    assert log(seller_id, day=days_ago(400)).pk


def test_a_standing_item_is_no_act_and_an_act_no_standing_item(seller_id):
    with pytest.raises(intake.WrongNature):
        log(seller_id, code="profile_photo")
    with pytest.raises(intake.WrongNature):
        intake.hold(seller_id, kind("comment_posted"), first=TODAY, today=TODAY)


def test_a_held_item_counts_from_its_first_day_until_it_is_released(seller_id):
    intake.hold(seller_id, kind("profile_photo"), first=days_ago(10), today=TODAY)
    intake.hold(seller_id, kind("profile_photo"), first=days_ago(10), today=TODAY)

    intake.release(seller_id, kind("profile_photo"), on=days_ago(4), today=TODAY)

    assert Holding.objects.count() == 1
    by_day = dict(Score.objects.of(seller_id).values_list("day", "brand"))
    assert by_day[days_ago(11)] == 0
    assert by_day[days_ago(10)] == by_day[days_ago(5)] == 883  # 4 points of 30
    assert by_day[days_ago(4)] == by_day[TODAY] == 0


def test_a_tick_taken_back_on_its_own_day_never_was(seller_id):
    intake.hold(seller_id, kind("profile_photo"), first=TODAY, today=TODAY)

    intake.release(seller_id, kind("profile_photo"), on=TODAY, today=TODAY)

    assert not Holding.objects.exists()


def test_the_stored_score_is_what_the_rule_says(seller_id):
    for back, code in [
        (200, "article_published"),
        (40, "comment_posted"),
        (40, "comment_posted"),
        (0, "message_sent"),
    ]:
        log(seller_id, code=code, day=days_ago(back), quantity=12)

    for row in Score.objects.of(seller_id).filter(day__in=[days_ago(200), days_ago(39), TODAY]):
        expected = score(history_of(seller_id), on=row.day, formula=Rulebook().formula_on(row.day))
        assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quantity": 0},
        {"quantity": 1001},
        {"link": "javascript:alert(1)"},
        {"link": "ftp://example.com"},
        {"network": "myspace"},
    ],
)
def test_the_database_refuses_what_a_form_would(seller_id, wrong):
    fields = {"seller_id": seller_id, "kind": kind("comment_posted"), "day": TODAY, "content": uuid.uuid4()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(**{**fields, **wrong})
