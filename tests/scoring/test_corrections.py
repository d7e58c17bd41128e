"""The log of corrections: what changes did to past days, when, by whom, and how much at most."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from scoring import intake, recompute, restating
from scoring.acting import acting
from scoring.corrections import Because, change_between
from scoring.models import Correction, Kind, Restatement, Score, Tally
from scoring.models.correction import Cause
from teams.models import Leave, Membership, Seller
from tests.cast import seller as make_seller
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import hold, log


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ana(ana):
    """With a past that the log says nothing of."""
    recompute.settle(ana.seller.pk, today=TODAY)
    log(ana, "comment_posted", days_ago(20))
    Correction.objects.all().delete()
    return ana


def scores(ana):
    return dict(Score.objects.of(ana.seller).filter(day__lt=TODAY).values_list("day", "ssi"))


def check(ana, before, cause, by=None):
    """There is one correction, and it says what became of the scores."""
    after = scores(ana)
    changed = {day: after[day] - before[day] for day in before if after[day] != before[day]}
    told = Correction.objects.get()
    assert (told.seller, told.cause, told.made_by) == (ana.seller, cause, by)
    assert (told.first, told.last, told.days) == (min(changed), max(changed), len(changed))
    assert told.most == max(changed.values(), key=abs)
    assert told.made_at == NOON


def test_what_is_done_today_is_no_correction(ana):
    log(ana, "comment_posted")
    act = log(ana, "message_sent")
    intake.delete(act, now=timezone.now(), today=TODAY)
    hold(ana, "profile_photo")

    assert not Correction.objects.exists()


@pytest.mark.parametrize("back", [2, 30])
def test_a_late_entry_is_one(ana, back):
    before = scores(ana)

    with acting(lambda: ana.pk):
        log(ana, "meeting_booked", days_ago(back))

    check(ana, before, Cause.LATE, by=ana)
    assert Correction.objects.get().first == days_ago(back)


def test_a_change_a_deletion_and_a_restoration_are(ana):
    act = log(ana, "meeting_booked", days_ago(9))
    Correction.objects.all().delete()
    kind = Kind.objects.get(code="message_sent")
    steps = [
        (Cause.CHANGED, lambda: intake.change(act, intake.Entry(kind, days_ago(12)), today=TODAY)),
        (Cause.DELETED, lambda: intake.delete(act, now=timezone.now(), today=TODAY)),
        (Cause.RESTORED, lambda: intake.undo_delete(act, now=timezone.now(), today=TODAY)),
    ]

    for cause, step in steps:
        before = scores(ana)
        step()
        check(ana, before, cause)
        Correction.objects.all().delete()


def test_a_change_of_words_alone_is_none(ana):
    act = log(ana, "meeting_booked", days_ago(9))
    Correction.objects.all().delete()

    intake.change(act, intake.Entry(act.kind, act.day, note="With a note"), today=TODAY)

    assert not Correction.objects.exists()


def test_an_item_from_an_earlier_day_is_one(ana):
    before = scores(ana)

    hold(ana, "profile_photo", days_ago(5))

    check(ana, before, Cause.ITEM)


def test_days_before_the_first_score_had_no_index(db, north):
    newcomer = make_seller("nina", "Nina", "Nowa", team=north)
    Membership.objects.filter(seller=newcomer.seller).update(first=TODAY)
    Restatement.objects.all().delete()

    log(newcomer, "meeting_booked", days_ago(3))

    told = Correction.objects.get()
    assert (told.first, told.last, told.days) == (days_ago(3), days_ago(1), 3)
    assert told.most == Score.objects.get(seller=newcomer.seller, day=days_ago(3)).ssi


def test_a_day_that_waited_for_its_night_was_not_corrected(ana):
    Score.objects.of(ana.seller).filter(day__gte=days_ago(2)).delete()

    recompute.restate(ana.seller.pk, first=TODAY, today=TODAY)

    assert Score.objects.of(ana.seller).on(days_ago(1)).exists()
    assert not Correction.objects.exists()


def go_on_leave(seller):
    Leave.objects.create(seller=seller, first=days_ago(9), until=days_ago(4))


def leave(seller):
    seller.left_on = days_ago(3)
    seller.save()


@pytest.mark.parametrize(("change", "cause"), [(go_on_leave, Cause.LEAVE), (leave, Cause.LEAVING)])
def test_what_is_changed_in_the_administration_is_done_later_and_keeps_its_author(ana, root, change, cause):
    with acting(lambda: root.pk):
        change(ana.seller)

    recompute.settle(ana.seller.pk, today=TODAY)

    told = Correction.objects.get()
    assert (told.cause, told.made_by) == (cause, root)
    assert told.last == days_ago(1)
    assert not Restatement.objects.exists()


def test_several_changes_that_wait_together_are_told_as_several(ana, root, bruno):
    with acting(lambda: root.pk):
        recompute.ask(ana.seller.pk, first=days_ago(9), cause=Cause.LEAVE)
        restating.ask({ana.seller.pk: days_ago(12)}, Because(Cause.IMPORT, root.pk))
    asked = Restatement.objects.get()
    assert (asked.cause, asked.made_by, asked.first) == (Cause.SEVERAL, root, days_ago(12))

    with acting(lambda: bruno.pk):
        recompute.ask(ana.seller.pk, first=days_ago(3), cause=Cause.LEAVE)

    asked.refresh_from_db()
    assert (asked.cause, asked.made_by, asked.changes) == (Cause.SEVERAL, None, 3)


@pytest.mark.parametrize("many", [3, 12])
def test_of_many_at_once_each_has_its_own(db, north, many, root):
    """Few are restated one by one, many together: the log is the same."""
    people = [make_seller(f"p{n}", "P", str(n), team=north) for n in range(many)]
    for n, person in enumerate(people):
        recompute.settle(person.seller.pk, today=TODAY)
        log(person, "comment_posted", days_ago(40 + n))
    Correction.objects.all().delete()
    before = {person.seller.pk: scores(person) for person in people}
    for n, person in enumerate(people[1:]):
        Leave.objects.create(seller=person.seller, first=days_ago(20 + n), until=days_ago(10))
    Restatement.objects.all().delete()
    asked = {person.seller.pk: days_ago(50) for person in people}
    restating.ask(asked, Because(Cause.IMPORT, root.pk))

    restating.settle(sorted(asked), today=TODAY)

    found = {row.seller_id: row for row in Correction.objects.all()}
    assert set(found) == {person.seller.pk for person in people[1:]}  # nothing changed for the first
    for person in people[1:]:
        told, after, then = found[person.seller.pk], scores(person), before[person.seller.pk]
        changed = {day: after[day] - then[day] for day in then if after[day] != then[day]}
        assert (told.first, told.last, told.days) == (min(changed), max(changed), len(changed))
        assert told.most == max(changed.values(), key=abs)
        assert (told.cause, told.made_by) == (Cause.IMPORT, root)


def test_many_who_leave_lose_days(db, north):
    people = [make_seller(f"p{n}", "P", str(n), team=north) for n in range(10)]
    for person in people:
        recompute.settle(person.seller.pk, today=TODAY)
        log(person, "comment_posted", days_ago(40))
    Correction.objects.all().delete()
    lost = {person.seller.pk: scores(person)[days_ago(4)] for person in people}
    Seller.objects.update(left_on=days_ago(4))
    restating.ask(dict.fromkeys(lost, days_ago(4)))

    restating.settle(sorted(lost), today=TODAY)

    rows = Correction.objects.all()
    assert {(row.first, row.last, row.days) for row in rows} == {(days_ago(4), days_ago(1), 4)}
    assert {row.seller_id: row.most for row in rows} == {pk: -ssi for pk, ssi in lost.items()}


@pytest.mark.parametrize("many", [1, 10])
def test_being_scored_for_the_first_time_is_none(db, north, many):
    people = [make_seller(f"p{n}", "P", str(n), team=north).seller.pk for n in range(many)]
    kind = Kind.objects.get(code="comment_posted")
    Tally.objects.bulk_create(Tally(seller_id=pk, day=days_ago(30), kind=kind, quantity=3) for pk in people)
    Restatement.objects.all().delete()
    restating.ask(dict.fromkeys(people, days_ago(30)))

    restating.settle(people, today=TODAY)

    assert Score.objects.filter(day=days_ago(9), ssi__gt=0).count() == many
    assert not Correction.objects.exists()


def test_the_largest_change_keeps_its_sign():
    days = [TODAY - timedelta(days=n) for n in (3, 2, 1, 0)]
    before, after = dict.fromkeys(days, 500), dict(zip(days, (510, 470, 500, 900), strict=True))

    change = change_between(before, after, began=days[0], today=TODAY)

    assert change == (days[0], days[1], 2, -30)


def test_the_page_names_who_was_signed_in(client, ana, bruno, chiara):
    client.force_login(ana)
    form = {"kind": "meeting_booked", "token": uuid.uuid4(), "day": days_ago(8).isoformat(), "quantity": 1}
    client.post(reverse("activities"), form)
    page = reverse("statement", args=[ana.seller.pk])

    for viewer in (ana, bruno):
        client.force_login(viewer)
        text = client.get(page).text
        assert "Logged late" in text
        assert "Ana Nowak" in text[text.index('id="corrections"') :]
    apart = {"first": days_ago(40), "last": days_ago(30)}
    assert "No later change touched the index of these days." in client.get(page, apart).text


def test_the_log_goes_with_the_seller_and_stays_without_its_author(ana, root):
    with acting(lambda: root.pk):
        log(ana, "meeting_booked", days_ago(8))

    root.delete()
    assert Correction.objects.get().made_by is None
    ana.seller.delete()
    assert not Correction.objects.exists()
