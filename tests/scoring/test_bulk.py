"""Bulk equals pure, on random histories with holdings, leave, teams and two formula versions."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import bulk, recompute
from scoring.formula.pillar import score
from scoring.models import Formula, Holding, Kind, PillarSum, Score, Tally
from scoring.past import first_day, history_of
from scoring.rulebook import Rulebook
from scoring.sums import Range
from teams.models import Leave, Seller, User
from tests.moments import TODAY, days_ago

EVENTS = ("comment_posted", "campaign_launched", "recommendation_given", "message_sent", "people_search")
STANDING = ("profile_photo", "profile_skills")

spans = st.tuples(st.integers(0, 90), st.one_of(st.none(), st.integers(1, 60)))
people = st.fixed_dictionaries(
    {
        "acts": st.dictionaries(
            st.tuples(st.sampled_from(EVENTS), st.integers(0, 120)), st.integers(1, 40), max_size=25
        ),
        "held": st.lists(st.tuples(st.sampled_from(STANDING), spans), max_size=3, unique_by=str),
        "leave": st.lists(
            st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=2, unique_by=lambda s: s[0]
        ),
    }
)


@pytest.fixture
def version_two(db):
    draft = Formula.objects.get().copy(name="Version 2", by=None)
    draft.half_life_days, draft.gap_find = 14, 200
    draft.save()
    draft.put_in_force(days_ago(3), today=days_ago(10))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cast=st.lists(people, min_size=1, max_size=4), back=st.integers(0, 8))
def test_bulk_equals_pure(version_two, cast, back):
    Seller.objects.all().delete()
    sellers = [settle(number, person) for number, person in enumerate(cast)]
    day = days_ago(back)

    score_day(sellers, day=day, today=TODAY)

    formula = Rulebook().formula_on(day)
    stored = {row.seller_id: row for row in Score.objects.on(day)}
    for seller in sellers:
        history = history_of(seller)
        began = first_day(history, joined_team=None)
        assert (seller in stored) == (began is not None and began <= day)
        if seller in stored:
            expected = score(history, on=day, formula=formula)
            assert tuple(getattr(stored[seller], part) for part in Score.PARTS) == tuple(expected)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(person=people)
def test_the_kept_sums_serve_day_after_day(version_two, person):
    Seller.objects.all().delete()
    seller = settle(0, person)
    recompute.restate(seller, first=TODAY, today=TODAY)

    for ahead in (1, 2, 40):
        day = TODAY + datetime.timedelta(days=ahead)
        score_day([seller], day=day, today=day)

        history = history_of(seller)
        if first_day(history, joined_team=None) is not None:
            row = Score.objects.get(seller=seller, day=day)
            expected = score(history, on=day, formula=Rulebook().formula_on(day))
            assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected)


def score_day(sellers, *, day, today):
    everybody = Range(min(sellers), max(sellers))
    scored = bulk.score(everybody, day=day, today=today)
    placed = bulk.unplaced(scored.rows)
    bulk.write(everybody, placed, scored.basis, bulk.lay_out(placed, day=day), day=day, today=today)


def settle(number, person):
    """Make a seller with this past, straight in the tables that scoring reads."""
    user, _made = User.objects.get_or_create(email=f"s{number}@example.com")
    seller = Seller.objects.create(user=user, joined_on=days_ago(200))
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    Tally.objects.bulk_create(
        Tally(seller=seller, kind=kinds[code], day=days_ago(ago), quantity=n)
        for (code, ago), n in person["acts"].items()
    )
    for code, (ago, lasting) in person["held"]:
        first = days_ago(ago)
        until = first + datetime.timedelta(days=lasting) if lasting else None
        Holding.objects.get_or_create(seller=seller, kind=kinds[code], first=first, defaults={"until": until})
    Leave.objects.bulk_create(
        Leave(seller=seller, first=days_ago(ago), until=days_ago(ago) + datetime.timedelta(days=lasting))
        for ago, lasting in person["leave"]
    )
    assert not PillarSum.objects.filter(seller=seller).exists()
    return seller.pk
