"""Rows of archives become acts: each once, whatever overlaps."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from scoring import intake, past, uploads
from scoring.formula.pillar import score
from scoring.models import Activity, Holding, Kind, Restatement, Score, Seat, Tally, Trace, Upload
from scoring.models.upload import UploadState
from scoring.rulebook import Rulebook
from scoring.uploads.gathering import gather
from tests.moments import TODAY, days_ago
from tests.scoring.uploads.bringing import act, bring, counts, item, link_mark, take_back


def logged(user, kind="comment_posted", *, day=TODAY, **said):
    entry = intake.Entry(kind=Kind.objects.get(code=kind), day=day, **said)
    return intake.record(user.seller.pk, entry, token=uuid4(), today=TODAY)


def tallies(user):
    return sum(Tally.objects.filter(seller=user.seller).values_list("quantity", flat=True))


def scores_are_true(user):
    history, formula = past.history_of(user.seller.pk), Rulebook().formula_on(TODAY)
    rows = list(Score.objects.of(user.seller).order_by("day"))
    return bool(rows) and all(
        tuple(getattr(row, part) for part in Score.PARTS)
        == tuple(score(history, on=row.day, formula=formula))
        for row in rows
    )


def test_what_is_kept_of_a_row_is_kind_network_and_day(ana):
    upload = bring(ana.seller.pk, [act("a", day=days_ago(3), link=link_mark(ana.seller.pk, "https://a.b/c"))])

    (kept,) = Activity.objects.all()
    assert (kept.kind.code, kept.network, kept.day) == ("comment_posted", "linkedin", days_ago(3))
    assert (kept.link, kept.note, kept.source, kept.quantity) == ("", "", Activity.Source.ARCHIVE, 1)
    assert counts(upload) == {"read": 1, "new": 1}
    assert scores_are_true(ana)
    assert not Restatement.objects.exists()


def test_the_same_archive_twice_adds_nothing(ana):
    rows = [act("a"), act("b", day=days_ago(2)), act("b", day=days_ago(2))]
    bring(ana.seller.pk, rows)

    again = bring(ana.seller.pk, rows)

    assert counts(again) == {"read": 3, "known": 3}
    assert Activity.objects.count() == tallies(ana) == 3
    assert Trace.objects.count() == 6


def test_a_newer_archive_adds_only_what_is_new(ana):
    bring(ana.seller.pk, [act("a"), act("b")])

    newer = bring(ana.seller.pk, [act("c"), act("b")])

    assert counts(newer) == {"read": 2, "known": 1, "new": 1}
    assert tallies(ana) == 3


def test_an_act_is_the_same_whatever_kind_it_is_told_as_later(ana):
    bring(ana.seller.pk, [act("friend", kind="executive_connected")])

    bring(ana.seller.pk, [act("friend", kind="colleague_connected")])

    assert Activity.objects.get().kind.code == "executive_connected"


def test_another_seller_with_the_same_marks_is_somebody_else(ana, ada):
    bring(ana.seller.pk, [act("a")])

    assert counts(bring(ada.seller.pk, [act("a")])) == {"read": 1, "new": 1}


@pytest.mark.parametrize("said", [{}, {"network": "linkedin"}, {"quantity": 1}])
def test_an_entry_by_hand_is_taken_over_and_the_seller_is_shown_which(ana, said):
    logged(ana, **said)

    upload = bring(ana.seller.pk, [act("a")])

    assert counts(upload) == {"read": 1, "taken_over": 1}
    assert upload.report["taken_over"] == [
        {"kind": "comment_posted", "day": TODAY.isoformat(), "quantity": 1}
    ]
    assert tallies(ana) == 1


@pytest.mark.parametrize("said", [{"network": "x"}, {"link": "https://other.example/"}, {"day": days_ago(1)}])
def test_an_entry_that_says_something_else_is_another_act(ana, said):
    logged(ana, **said)

    assert counts(bring(ana.seller.pk, [act("a")]))["new"] == 1


def test_the_same_link_is_recognised_however_it_is_written(ana):
    logged(ana, link="https://www.linkedin.com/feed/update/urn:li:activity:7/?trk=x", network="linkedin")
    link = link_mark(ana.seller.pk, "linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7")

    assert counts(bring(ana.seller.pk, [act("a", link=link)])) == {"read": 1, "taken_over": 1}


def test_an_entry_of_three_is_three_rows_and_the_fourth_is_new(ana):
    logged(ana, quantity=3)

    first = bring(ana.seller.pk, [act("a"), act("b")])
    second = bring(ana.seller.pk, [act("a"), act("b"), act("c"), act("d")])

    assert counts(first) == {"read": 2, "taken_over": 2}
    assert counts(second) == {"read": 4, "known": 2, "taken_over": 1, "new": 1}
    assert tallies(ana) == 4


def test_the_entry_that_says_most_is_taken_first(ana):
    logged(ana)
    named = logged(ana, link="https://a.example/")
    link = link_mark(ana.seller.pk, "https://a.example/")

    bring(ana.seller.pk, [act("a", link=link), act("b")])

    assert Trace.objects.get(n=1, link__isnull=False).activity_id == named.pk
    assert tallies(ana) == 2


def test_a_later_entry_by_hand_is_a_new_act(ana):
    bring(ana.seller.pk, [act("a")])
    logged(ana)

    assert counts(bring(ana.seller.pk, [act("a")])) == {"read": 1, "known": 1}
    assert tallies(ana) == 2


def test_a_deleted_act_is_reported_and_not_revived(ana):
    bring(ana.seller.pk, [act("a"), act("b")])
    intake.delete(Activity.objects.order_by("pk")[0], now=now(), today=TODAY)

    again = bring(ana.seller.pk, [act("a"), act("b")])

    assert counts(again) == {"read": 2, "known": 1, "deleted_before": 1}
    assert tallies(ana) == 1


def test_undated_rows_count_by_difference_and_on_the_day_of_the_import(ana):
    def likes(*names):
        return [act(name, kind="post_recommended", day=None, network="x", file="like.js") for name in names]

    first = bring(ana.seller.pk, likes("a", "b"), format="x", today=days_ago(9))
    second = bring(ana.seller.pk, likes("a", "b", "c"), format="x")

    assert counts(first) == {"read": 2, "baseline": 2}
    assert counts(second) == {"read": 3, "known": 2, "new": 1}
    assert Activity.objects.get().day == TODAY


def test_an_article_is_dated_by_the_first_import_that_contained_it(ana):
    article = act("story", kind="article_published", day=None, file="Articles")
    bring(ana.seller.pk, [article], today=days_ago(5))

    bring(ana.seller.pk, [article])

    assert Activity.objects.get().day == days_ago(5)


def test_an_act_of_an_archive_is_found_again_in_ones_own_export_and_then_stays(ana, tmp_path):
    from django.core.management import call_command

    upload = bring(ana.seller.pk, [act("a"), act("b")])
    exported = tmp_path / "acts.csv"
    call_command("export_activities", to=str(exported), stdout=io.StringIO())

    call_command("import_activities", str(exported), stdout=io.StringIO())
    take_back(upload)

    assert tallies(ana) == 2
    assert set(Activity.objects.values_list("source", flat=True)) == {Activity.Source.FILE}


def test_confirmed_items_hold_from_today_and_no_others(ana):
    bring(ana.seller.pk, [item("profile_photo"), item("profile_skills")], items=["profile_photo"])

    (held,) = Holding.objects.all()
    assert (held.kind.code, held.first, held.until) == ("profile_photo", TODAY, None)
    assert held.confirmed_on == TODAY
    items = past.items_of(ana.seller.pk)
    assert past.to_confirm(items, today=TODAY + timedelta(days=179)) == set()
    assert past.to_confirm(items, today=TODAY + timedelta(days=180)) == {"profile_photo"}


def test_rows_of_seats_go_to_their_sellers_and_unknown_seats_are_told(ana, ada):
    Seat.objects.create(number="7", seller=ana.seller)
    rows = [act("a", seat="7"), act("b", seat="8"), act("c", seat="8")]

    first = bring(None, rows, format="sales_navigator")
    Seat.objects.create(number="8", seller=ada.seller)
    second = bring(None, rows, format="sales_navigator")

    assert first.report["seats"] == {"unknown": ["8"]}
    assert counts(first) == {"read": 1, "new": 1}
    assert counts(second) == {"read": 3, "known": 1, "new": 2}
    assert (tallies(ana), tallies(ada)) == (1, 2)
    assert scores_are_true(ada)


def test_a_larger_archive_costs_hardly_more_statements(ana):
    bring(ana.seller.pk, [act("warm")])

    def statements(n, name):
        with CaptureQueriesContext(connection) as asked:
            bring(ana.seller.pk, [act(f"{name}{i}", day=days_ago(i % 50)) for i in range(n)], settle=False)
        return len(asked)

    assert statements(1000, "m") <= statements(50, "f") + 3


def test_nothing_is_stored_when_the_upload_was_cancelled_meanwhile(ana):
    upload = Upload.objects.create(
        seller=ana.seller, size=1, state=UploadState.TAKING, attempt=1, created_at=now()
    )
    Restatement.objects.all().delete()
    gathered = gather([act("a")], format="linkedin", seller_id=ana.seller.pk, today=TODAY)
    uploads.cancel(upload.pk, now=now())

    assert uploads.take_gathered(upload, gathered, today=TODAY, now=now()) is None
    assert [model.objects.count() for model in (Activity, Trace, Tally, Restatement)] == [0, 0, 0, 0]
