"""What a writer that began before midnight, or under an older formula, must not break."""

import datetime
import uuid

from scoring import intake, night, recompute
from scoring.formula.pillar import score
from scoring.intake import Entry
from scoring.models import Formula, Kind, Restatement, Score
from scoring.past import history_of
from scoring.rulebook import Rulebook
from teams.models import Membership
from tests.moments import NOON, TODAY, days_ago

TOMORROW = TODAY + datetime.timedelta(days=1)


def finish(day, *, today):
    night.complete(night.run_again(day), now=NOON, today=today)


def log(seller_id, day, *, today):
    entry = Entry(Kind.objects.get(code="comment_posted"), day, quantity=10)
    intake.record(seller_id, entry, token=uuid.uuid4(), today=today)


def right_scores(seller_id, first, last):
    history, rules = history_of(seller_id), Rulebook()
    for row in Score.objects.of(seller_id).between(first, last):
        expected = score(history, on=row.day, formula=rules.formula_on(row.day))
        assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected), row.day


def test_a_writer_from_before_midnight_leaves_the_new_day_and_restates_it(ana):
    finish(TOMORROW, today=TOMORROW)

    log(ana.seller.pk, TODAY, today=TODAY)
    recompute.ask(ana.seller.pk, first=days_ago(3))
    recompute.settle(ana.seller.pk, today=TODAY)

    assert Score.objects.get(seller=ana.seller, day=TOMORROW).engage > 0
    right_scores(ana.seller.pk, days_ago(3), TOMORROW)


def test_a_day_run_again_under_an_older_formula_knows_what_came_late(ana):
    log(ana.seller.pk, days_ago(20), today=days_ago(20))
    finish(days_ago(1), today=days_ago(1))
    draft = Formula.objects.get().copy(name="Version 2", by=None)
    draft.half_life_days = 10
    draft.save()
    draft.put_in_force(TODAY, today=days_ago(1))
    finish(TODAY, today=TODAY)

    log(ana.seller.pk, days_ago(4), today=TODAY)
    finish(days_ago(1), today=TODAY)

    right_scores(ana.seller.pk, days_ago(5), TODAY)


def test_a_need_that_grew_meanwhile_is_not_struck_out(ana, monkeypatch):
    seller = ana.seller.pk
    recompute.ask(seller, first=days_ago(2))
    read = recompute.past.history_of

    def read_and_be_overtaken(pk):
        history = read(pk)
        recompute.ask(pk, first=days_ago(2))
        return history

    monkeypatch.setattr(recompute.past, "history_of", read_and_be_overtaken)
    recompute.settle(seller, today=TODAY)

    assert Restatement.objects.filter(pk=seller).exists()


def test_who_has_left_sees_no_board(client, ana, ada):
    ana.seller.left_on = datetime.date(2026, 1, 5)
    ana.seller.save()
    client.force_login(ana)

    assert Membership.objects.filter(seller=ana.seller, until=None).exists()
    assert client.get("/teams/north/").status_code == 404


def test_two_chips_of_one_page_are_two_acts(client, ana):
    kinds = ("comment_posted", "message_sent")
    client.force_login(ana)
    token = str(uuid.uuid4())

    for kind in (*kinds, kinds[0]):
        client.post("/activities/", {"kind": kind, "token": token})

    assert sorted(ana.seller.activities.values_list("kind__code", flat=True)) == sorted(kinds)
