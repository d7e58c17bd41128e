"""Many sellers restated at once end in the rows that restating each of them alone gives."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import recompute, restating
from scoring.models import Correction, Formula, Holding, Kind, PillarSum, Restatement, Score, Tally
from scoring.rulebook import Rulebook
from teams.models import Leave, Membership, Seller, User

TODAY = date(2026, 3, 20)
PARTS = ("day", *Score.PARTS, "change", "formula_id", "team_id", "rank")
ago = st.integers(0, 60).map(lambda days: TODAY - timedelta(days=days))


@pytest.fixture
def staff(north, south) -> list[Seller]:
    """Ten people: enough to be restated together."""
    people = []
    for n in range(10):
        user = User.objects.create_user(f"s{n}@example.com", "x", first_name="S", last_name=str(n))
        people.append(Seller.objects.create(user=user, joined_on=date(2026, 1, 1)))
    return people


def rows(sellers: list[Seller]) -> list[tuple]:
    return [
        (seller.pk, *row)
        for seller in sellers
        for row in Score.objects.of(seller).order_by("day").values_list(*PARTS)
    ]


def kept_sums(sellers: list[Seller]) -> list[dict]:
    exact = ("formula_id", "seller_id", "newest", "held_from", "held_until", "began", "landmark")
    found = PillarSum.objects.filter(seller__in=sellers).order_by("formula_id", "seller_id")
    return [
        {name: getattr(row, name) for name in exact}
        | {
            name: pytest.approx(getattr(row, name), abs=1e-9)
            for name in ("brand", "find", "engage", "relate", *PillarSum.HELD)
        }
        for row in found
    ]


acts = st.tuples(
    st.integers(0, 9),
    st.sampled_from(["comment_posted", "people_search", "article_published", "connection_accepted"]),
    ago,
    st.integers(1, 30),
)
items = st.tuples(st.integers(0, 9), ago, st.none() | st.integers(1, 20))
away = st.tuples(st.integers(0, 9), ago, st.integers(1, 9))


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(acts, max_size=60),
    items=st.lists(items, max_size=6, unique_by=lambda item: item[0]),
    away=st.lists(away, max_size=4, unique_by=lambda leave: leave[0]),
    left=st.dictionaries(st.integers(0, 9), ago, max_size=3),
    firsts=st.lists(ago, min_size=10, max_size=10),
    second=st.booleans(),
)
def test_all_at_once_is_each_alone(staff, north, south, acts, items, away, left, firsts, second):
    for model in (Correction, Tally, Holding, Leave, Membership, Score, PillarSum):
        model.objects.all().delete()  # of the example before, or of one that failed
    known = {kind.code: kind for kind in Kind.objects.all()}
    tallies: dict[tuple, int] = {}
    for n, code, day, quantity in acts:
        key = staff[n].pk, day, known[code].pk
        tallies[key] = tallies.get(key, 0) + quantity
    Tally.objects.bulk_create(
        Tally(seller_id=pk, day=day, kind_id=kind, quantity=n) for (pk, day, kind), n in tallies.items()
    )
    for n, day, days in items:
        until = day + timedelta(days=days) if days else None
        Holding.objects.create(seller=staff[n], kind=known["profile_photo"], first=day, until=until)
    for n, day, days in away:
        Leave.objects.create(seller=staff[n], first=day, until=day + timedelta(days=days))
    for n, seller in enumerate(staff):
        if n % 3:
            move = firsts[n]
            Membership.objects.create(seller=seller, team=north, first=date(2026, 1, 1), until=move)
            Membership.objects.create(seller=seller, team=south, first=move)
        Seller.objects.filter(pk=seller.pk).update(left_on=left.get(n))
    # Some scores stand already, and of each what is restated next begins on a day of its own.
    for seller in staff[::2]:
        recompute.restate(seller.pk, first=TODAY - timedelta(days=30), today=TODAY - timedelta(days=5))
    if second:
        Tally.objects.filter(seller=staff[0]).delete()
    Score.objects.update(rank=7)
    Correction.objects.all().delete()
    Restatement.objects.all().delete()  # a new membership asks for one, with its reason: `settle` tells both
    before = list(Score.objects.values())
    asked = dict(zip([seller.pk for seller in staff], firsts, strict=True))

    for pk, first in asked.items():
        recompute.restate(pk, first=first, today=TODAY)
    alone, sums_alone, logged_alone = rows(staff), kept_sums(staff), logged()
    Score.objects.all().delete()
    Score.objects.bulk_create(Score(**row) for row in before)
    restating.restate(asked, today=TODAY)

    assert rows(staff) == alone
    assert kept_sums(staff) == sums_alone
    assert logged() == logged_alone


def logged():
    """What the log of corrections says, which is then empty again."""
    told = set(Correction.objects.values_list("seller", "first", "last", "days", "most"))
    Correction.objects.all().delete()
    return told


def test_a_second_formula_rules_from_its_day_on_and_older_sums_go(staff):
    day = TODAY - timedelta(days=10)
    newer = Formula.objects.get().copy(name="newer", by=None)
    Formula.objects.filter(pk=newer.pk).update(half_life_days=10)
    newer.refresh_from_db()
    newer.put_in_force(day, today=day - timedelta(days=1))
    kind = Kind.objects.get(code="people_search")
    Tally.objects.bulk_create(
        Tally(seller=seller, day=TODAY - timedelta(days=20), kind=kind, quantity=5) for seller in staff
    )
    asked = {seller.pk: TODAY - timedelta(days=20) for seller in staff}
    for pk, first in asked.items():
        recompute.restate(pk, first=first, today=TODAY)
    alone = rows(staff)

    restating.restate(asked, today=TODAY)

    assert rows(staff) == alone
    assert set(PillarSum.objects.values_list("formula", flat=True)) == {Rulebook().on(TODAY).pk}


def test_whoever_has_newer_scores_than_our_clock_keeps_them(staff):
    kind = Kind.objects.get(code="people_search")
    for seller in staff:
        Tally.objects.create(seller=seller, day=TODAY, kind=kind, quantity=5)
    recompute.restate(staff[3].pk, first=TODAY, today=TODAY + timedelta(days=1))

    restating.restate({seller.pk: TODAY for seller in staff}, today=TODAY)

    newest = {seller.pk: Score.objects.of(seller).latest("day").day for seller in staff}
    assert newest.pop(staff[3].pk) == TODAY + timedelta(days=1)
    assert set(newest.values()) == {TODAY}


@pytest.mark.parametrize("first", [date(2026, 3, 1), date(2026, 3, 10)])
def test_asking_for_many_is_asking_for_each(staff, first):
    recompute.ask(staff[0].pk, first=date(2026, 3, 5))

    restating.ask({seller.pk: first for seller in staff})

    asked = Restatement.objects.get(pk=staff[0].pk)
    assert (asked.first, asked.changes) == (min(first, date(2026, 3, 5)), 2)
    assert (Restatement.objects.get(pk=staff[1].pk).first, Restatement.objects.count()) == (first, 10)


def test_settling_strikes_out_what_was_asked(staff):
    kind = Kind.objects.get(code="people_search")
    for seller in staff:
        Tally.objects.create(seller=seller, day=TODAY, kind=kind, quantity=5)
    restating.ask({seller.pk: TODAY for seller in staff[:9]})
    restating.ask({})

    restating.settle([seller.pk for seller in staff], today=TODAY)

    assert not Restatement.objects.exists()
    assert Score.objects.on(TODAY).count() == 9


def test_groups_are_of_near_keys():
    assert list(restating.groups([3, 1, 2, 10_000, 10_001])) == [[1, 2, 3], [10_000, 10_001]]
    assert [len(group) for group in restating.groups(range(1200))] == [500, 500, 200]
