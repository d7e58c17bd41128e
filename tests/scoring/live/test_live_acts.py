"""One more act without a rebuild ends in the rows of a rebuild."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from scoring import intake, live, recompute
from scoring.intake import Entry
from scoring.live import Act
from scoring.models import Formula, Holding, Kind, PillarSum, Run, Score, Tally
from scoring.signals import scores_changed
from teams.models import Leave, Membership, Seller, User
from tests.moments import TODAY, days_ago
from tests.scoring.live.rebuild import add, assert_as_rebuilt, catch_up, let_rest, pass_night, put_tally

# Capped a day, a week and a month.
EVENTS = ("comment_posted", "people_search", "article_published", "campaign_launched", "endorsement_given")
STANDING = ("profile_photo", "profile_skills")
spans = st.tuples(st.integers(0, 20), st.one_of(st.none(), st.integers(1, 25)))
people = st.fixed_dictionaries(
    {
        "acts": st.dictionaries(
            st.tuples(st.sampled_from(EVENTS), st.integers(1, 60)), st.integers(1, 15), max_size=12
        ),
        "held": st.lists(st.tuples(st.sampled_from(STANDING), spans), max_size=2, unique_by=str),
        "leave": st.lists(
            st.tuples(st.integers(-3, 40), st.integers(1, 10)), max_size=2, unique_by=lambda s: s[0]
        ),
    }
)
# What happens: a night, or an act so many days ago.
steps = st.lists(
    st.one_of(
        st.just("night"),
        st.tuples(st.sampled_from(EVENTS), st.sampled_from([0, 0, 0, 1, 2, 9]), st.integers(1, 15)),
    ),
    min_size=1,
    max_size=12,
)


@pytest.fixture(params=[-3, 1], ids=["in force for days", "to come"])
def version_two(request, db):
    """A second version that fades faster and caps otherwise."""
    draft = Formula.objects.get().copy(name="Version 2", by=None)
    draft.half_life_days, draft.gap_find = 14, 200
    draft.save()
    draft.kinds.filter(kind__code="comment_posted").update(cap=12, cap_period="week")
    draft.kinds.filter(kind__code="article_published").update(cap=None, cap_period="")
    draft.put_in_force(TODAY + timedelta(days=request.param), today=days_ago(20))


@settings(
    max_examples=15, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(person=people, steps=steps)
def test_any_acts_end_in_the_rows_of_a_rebuild(version_two, person, steps):
    Seller.objects.all().delete()
    seller, today = settle(person), TODAY
    expected = dict(tallies_of(seller))
    catch_up(seller)

    for step in steps:
        if step == "night":
            today += timedelta(days=1)
            pass_night(today)
        else:
            code, back, quantity = step
            day = today - timedelta(days=back)
            event(f"without a rebuild: {add(seller, code, day, quantity, today=today)}")
            expected[code, day] = expected.get((code, day), 0) + quantity

    assert dict(tallies_of(seller)) == expected
    assert_as_rebuilt(seller, today=today)


def test_an_act_of_today_or_of_the_last_days_needs_no_rebuild(seller):
    assert add(seller, day=days_ago(2))
    assert add(seller, day=days_ago(1))
    assert add(seller)
    assert add(seller, code="campaign_launched")

    assert Score.objects.get(seller=seller, day=TODAY).change > 0
    assert_as_rebuilt(seller)


def test_an_act_of_a_week_ago_needs_no_rebuild_when_none_came_since(seller):
    let_rest(seller)

    assert add(seller, day=days_ago(7))

    assert_as_rebuilt(seller)


def test_the_places_of_the_night_stay_and_earlier_days_are_to_be_ranked_anew(seller):
    places = Score.objects.of(seller).order_by("day").values_list("day", *Score.PLACES)
    before = list(places)
    Run.objects.update(ranks_stale=False)

    assert add(seller, day=days_ago(1))

    assert list(places) == before
    stale = dict(Run.objects.values_list("day", "ranks_stale"))
    assert stale == {days_ago(2): False, days_ago(1): True, TODAY: False}


def test_each_write_is_counted_for_a_night_that_read_before(seller):
    before = PillarSum.objects.get(seller=seller).writes

    assert add(seller)

    assert PillarSum.objects.get(seller=seller).writes == before + 1


def test_nobody_elses_rows_are_touched(seller, ada, sofia):
    for other in (ada.seller, sofia.seller):
        put_tally(other, "comment_posted", TODAY, 2)
        recompute.restate(other.pk, first=TODAY, today=TODAY)
    before = rows_of_others(seller)

    assert add(seller)
    assert not add(seller, day=days_ago(1))

    assert rows_of_others(seller) == before


def test_scores_are_said_to_have_changed_once_that_is_committed(seller, django_capture_on_commit_callbacks):
    told = []
    hear = lambda seller_ids, teams, **_signal: told.append((seller_ids, teams))  # noqa: E731
    scores_changed.connect(hear)

    with django_capture_on_commit_callbacks(execute=True):
        assert add(seller)
        assert not told

    assert told == [([seller], {Membership.objects.get(seller=seller).team_id})]


@pytest.mark.parametrize("days", [10, 200])
def test_the_statements_are_few_whatever_came_before(seller, days, django_assert_num_queries):
    for back in range(6, days):
        put_tally(Seller.objects.get(pk=seller), "people_search", days_ago(back), 3)
    catch_up(seller)
    act = Act(Kind.objects.get(code="people_search"), TODAY, 1, TODAY)

    with transaction.atomic(), django_assert_num_queries(7):
        assert live.add(seller, act, live.read(seller, act, token=uuid.uuid4()))


def test_recording_takes_few_statements(seller, django_assert_num_queries):
    entry = Entry(Kind.objects.get(code="comment_posted"), TODAY)

    with django_assert_num_queries(9 + 2):  # with the two of the savepoint that a test stands in
        intake.record(seller, entry, token=uuid.uuid4(), today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_lose_nothing(seller):
    kind = Kind.objects.get(code="people_search")

    def log_ten(_number):
        try:
            for _ in range(10):
                intake.record(seller, Entry(kind, TODAY), token=uuid.uuid4(), today=TODAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(log_ten, range(2)))

    assert Tally.objects.get(seller=seller, day=TODAY).quantity == 20
    assert_as_rebuilt(seller)


def settle(person):
    """Make a seller with this past, straight in the tables that scoring reads."""
    user, _made = User.objects.get_or_create(email="s@example.com")
    seller = Seller.objects.create(user=user, joined_on=days_ago(200))
    for (code, ago), quantity in person["acts"].items():
        put_tally(seller, code, days_ago(ago), quantity)
    for code, (ago, lasting) in person["held"]:
        first = days_ago(ago)
        until = first + timedelta(days=lasting) if lasting else None
        kind = Kind.objects.get(code=code)
        Holding.objects.get_or_create(seller=seller, kind=kind, first=first, defaults={"until": until})
    Leave.objects.bulk_create(
        Leave(seller=seller, first=days_ago(ago), until=days_ago(ago) + timedelta(days=lasting))
        for ago, lasting in person["leave"]
    )
    return seller.pk


def tallies_of(seller):
    rows = Tally.objects.filter(seller=seller).values_list("kind__code", "day", "quantity")
    return {(code, day): quantity for code, day, quantity in rows}


def rows_of_others(seller):
    return [
        list(model.objects.exclude(seller=seller).order_by("pk").values())
        for model in (Score, PillarSum, Tally)
    ]
