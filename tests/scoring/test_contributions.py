"""What each kind contributes."""

import datetime
import uuid

from scoring import intake, recompute
from scoring.contributions import contributions_of, ssi_of
from scoring.models import Kind, Score
from scoring.past import history_of
from scoring.rulebook import Rulebook

TODAY = datetime.date(2026, 11, 22)


def test_the_parts_add_up_to_the_stored_score(ana):
    for code, days_ago, quantity in [("comment_posted", 3, 7), ("message_sent", 40, 2), ("lead_saved", 0, 5)]:
        day = TODAY - datetime.timedelta(days=days_ago)
        entry = intake.Entry(kind=Kind.objects.get(code=code), day=day, quantity=quantity)
        intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)
    intake.hold(ana.seller.pk, Kind.objects.get(code="profile_photo"), first=TODAY, today=TODAY)

    rows = contributions_of(history_of(ana.seller.pk), on=TODAY, formula=Rulebook().formula_on(TODAY))

    stored = Score.objects.get(seller=ana.seller, day=TODAY).ssi
    assert sum(row.hundredths for row in rows) == stored == ssi_of(ana.seller.pk, on=TODAY)
    assert {row.kind for row in rows} == {"comment_posted", "message_sent", "lead_saved", "profile_photo"}
    assert rows[0].hundredths == max(row.hundredths for row in rows)


def test_somebody_without_a_past_has_no_parts_and_an_index_of_nothing(ana):
    assert contributions_of(history_of(ana.seller.pk), on=TODAY, formula=Rulebook().formula_on(TODAY)) == []
    assert ssi_of(ana.seller.pk, on=TODAY) == 0


def test_who_has_left_has_no_index(ana):
    ana.seller.left_on = TODAY
    ana.seller.save()

    assert ssi_of(ana.seller.pk, on=TODAY) is None


def test_a_score_that_waits_to_be_restated_is_computed(ana):
    recompute.restate(ana.seller.pk, first=TODAY, today=TODAY)
    Score.objects.filter(seller=ana.seller, day=TODAY).update(ssi=1234)
    stored = ssi_of(ana.seller.pk, on=TODAY)
    recompute.ask(ana.seller.pk, first=TODAY)

    assert (stored, ssi_of(ana.seller.pk, on=TODAY)) == (1234, 0)
