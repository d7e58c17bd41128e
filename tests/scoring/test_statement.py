"""Statements of what is stored: they meet the stored scores, and tell what was deleted."""

import datetime
import uuid
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import intake, recompute
from scoring.formula.lines import Part
from scoring.models import Activity, Formula, Holding, Kind, Score, Tally
from scoring.statement import NoIndex, removed_since, rows, statement_of
from teams.models import Leave, Seller
from tests.moments import NOON, TODAY, days_ago

HOLDS_STILL = [HealthCheck.function_scoped_fixture]
KINDS = ["comment_posted", "people_search", "article_published", "profile_refreshed", "meeting_booked"]
ago = st.integers(0, 70)
acts = st.lists(st.tuples(st.sampled_from(KINDS), ago, st.integers(1, 30), st.booleans()), max_size=25)
items = st.dictionaries(
    st.sampled_from(["profile_photo", "profile_about"]), st.tuples(ago, st.none() | st.integers(1, 40))
)
away = st.none() | st.tuples(ago, st.integers(1, 15))


def log(seller_id, code, back, quantity=1):
    entry = intake.Entry(Kind.objects.get(code=code), days_ago(back), quantity=quantity)
    return intake.record(seller_id, entry, token=uuid.uuid4(), today=TODAY)


def live(seller_id, acts, items, away):
    """Make a past at once, as an import would; of some acts it is told that they were deleted."""
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    tallies: dict[tuple[str, date], int] = {}
    for code, back, quantity, is_deleted in acts:
        Activity.objects.create(
            seller_id=seller_id,
            kind=kinds[code],
            day=days_ago(back),
            quantity=quantity,
            content=uuid.uuid4(),
            deleted_at=NOON if is_deleted else None,
        )
        if not is_deleted:
            cell = code, days_ago(back)
            tallies[cell] = tallies.get(cell, 0) + quantity
    Tally.objects.bulk_create(
        Tally(seller_id=seller_id, kind=kinds[code], day=day, quantity=n)
        for (code, day), n in tallies.items()
    )
    for code, (back, length) in items.items():
        first = days_ago(back)
        until = None if length is None else first + timedelta(days=length)
        Holding.objects.create(seller_id=seller_id, kind=kinds[code], first=first, until=until)
    if away:
        first = days_ago(away[0])
        Leave.objects.create(seller_id=seller_id, first=first, until=first + timedelta(days=away[1]))


def put_in_force(day):
    newer = Formula.objects.get().copy(name="newer", by=None)
    Formula.objects.filter(pk=newer.pk).update(half_life_days=14, gap_relate=90)
    newer.kinds.filter(kind__code="comment_posted").update(points=6, cap=20, cap_period="week")
    newer.refresh_from_db()
    newer.put_in_force(day, today=day - timedelta(days=1))


@pytest.fixture
def two_formulas(db):
    put_in_force(days_ago(30))


@settings(max_examples=25, suppress_health_check=HOLDS_STILL)
@given(acts=acts, items=items, away=away, pair=st.tuples(st.integers(0, 90), st.integers(0, 90)))
def test_a_statement_meets_the_stored_scores_and_adds_up(ana, two_formulas, acts, items, away, pair):
    seller = ana.seller.pk
    live(seller, acts, items, away)
    recompute.restate(seller, first=ana.seller.joined_on, today=TODAY)
    last, first = map(days_ago, sorted(pair))

    told = statement_of(seller, first=first, last=last, today=TODAY)

    stored = dict(Score.objects.of(seller).values_list("day", "ssi"))
    assert (told.opening, told.closing) == (stored[first], stored[last])
    assert told.opening + told.amount() == told.closing
    amounts = [amount for *_, amount in rows(told)]
    assert sum(amounts[:-1]) == amounts[-1]
    assert all(amount == 0 for part, *_, amount in rows(told) if part == "removed")
    for model in (Activity, Tally, Holding, Leave, Score):
        model.objects.all().delete()


def test_before_the_first_score_the_opening_is_0(ana):
    log(ana.seller.pk, "comment_posted", 3)

    told = statement_of(ana.seller.pk, first=date(2025, 1, 1), last=TODAY, today=TODAY)

    assert told.opening == 0
    assert told.closing == Score.objects.get(seller=ana.seller, day=TODAY).ssi == told.amount() > 0


def test_acts_deleted_after_the_first_day_are_listed_once_for_kind_and_day(ana):
    seller = ana.seller.pk
    gone = [log(seller, "comment_posted", 5, n) for n in (2, 3)]
    gone.append(log(seller, "people_search", 4))
    for act in gone:
        intake.delete(act, now=NOON, today=TODAY)

    told = statement_of(seller, first=days_ago(6), last=TODAY, today=TODAY)

    assert [(line.kind, line.day, line.quantity, line.amount) for line in told.of(Part.REMOVED)] == [
        ("people_search", days_ago(4), 1, 0),
        ("comment_posted", days_ago(5), 5, 0),
    ]
    assert told.closing == 0


def test_the_day_of_a_deletion_is_one_of_the_organisation(ana):
    act = log(ana.seller.pk, "comment_posted", 5)
    # Half past eleven in the evening of UTC is the next day in Warsaw.
    late = datetime.datetime(2026, 11, 18, 23, 30, tzinfo=datetime.UTC)
    intake.delete(act, now=late, today=TODAY)

    found = [bool(removed_since(ana.seller.pk, days_ago(n), upto=TODAY)) for n in (3, 2, 1, 0)]

    assert found == [True, True, False, False]


def test_acts_of_later_days_that_were_deleted_are_not_listed(ana):
    intake.delete(log(ana.seller.pk, "comment_posted", 1), now=NOON, today=TODAY)

    assert removed_since(ana.seller.pk, days_ago(9), upto=days_ago(2)) == {}


def test_days_without_an_index_have_no_statement(ana):
    seller = ana.seller.pk
    with pytest.raises(NoIndex, match="not come yet"):
        statement_of(seller, first=TODAY, last=TODAY + timedelta(days=1), today=TODAY)
    Seller.objects.filter(pk=seller).update(left_on=days_ago(3))

    with pytest.raises(NoIndex, match="had left"):
        statement_of(seller, first=days_ago(9), last=days_ago(3), today=TODAY)
    assert statement_of(seller, first=days_ago(9), last=days_ago(4), today=TODAY).lines == ()


def test_a_statement_costs_the_same_queries_however_much_there_is(ana, django_assert_num_queries):
    seller = ana.seller.pk
    log(seller, "comment_posted", 5)
    statement_of(seller, first=days_ago(9), last=TODAY, today=TODAY)

    for back in range(9):
        log(seller, "people_search", back)

    with django_assert_num_queries(4):
        statement_of(seller, first=days_ago(9), last=TODAY, today=TODAY)
