"""What a published night says of everybody, of industries and of teams."""

import datetime
import uuid

import pytest

from scoring import intake, night, recompute, standings
from scoring.formula.ranking import ranks
from scoring.intake import Entry
from scoring.models import Formula, Handover, Kind, PillarSum, Run, RunChunk, Score, Standing
from scoring.models.run import Step
from scoring.rulebook import Rulebook
from teams.models import Industry, Membership, Seller, Team, User
from tests.moments import NOON, TODAY, days_ago

TOMORROW = TODAY + datetime.timedelta(days=1)


@pytest.fixture
def tree(db):
    """A region with two stores; a seller belongs to the region itself."""
    top = Team.objects.create(name="Everybody here", slug="top")
    region = Team.objects.create(name="Region", slug="region", parent=top)
    stores = [Team.objects.create(name=f"Store {n}", slug=f"store-{n}", parent=region) for n in (1, 2)]
    return top, region, *stores


@pytest.fixture
def sellers(tree):
    """Nine sellers who did more and more, two of them alike, one of them hidden, one in no team."""
    _top, region, first, second = tree
    industries = [Industry.objects.create(name=name) for name in ("Tools", "Timber")]
    homes = [first] * 3 + [second] * 3 + [region, region, None]
    people = []
    for number, home in enumerate(homes):
        user = User.objects.create_user(f"s{number}@example.com", first_name=f"S{number}")
        seller = Seller.objects.create(
            user=user,
            joined_on=days_ago(30),
            industry=industries[number % 2] if number else None,
            shown_on_boards=number != 4,
        )
        if home:
            Membership.objects.create(seller=seller, team=home, first=days_ago(30))
        log(seller.pk, quantity=max(1, number - number % 2 + 1))
        people.append(seller)
    return people


def log(seller_id, *, quantity, day=TODAY, today=TODAY):
    entry = Entry(Kind.objects.get(code="comment_posted"), day, quantity=quantity)
    intake.record(seller_id, entry, token=uuid.uuid4(), today=today)


def run(day=TODAY):
    night.complete(night.run_again(day), now=NOON, today=day)


def members(team, tree):
    below = {tree[0].pk: tree, tree[1].pk: tree[1:]}.get(team.pk, (team,))
    return Membership.objects.filter(team__in=below).values("seller")


def shown(scores):
    return scores.filter(seller__shown_on_boards=True)


def test_a_list_is_ranked_as_its_shown_members_are(sellers, tree):
    run()

    _top, region, first, second = tree
    scores = shown(Score.objects.on(TODAY))
    lists = {
        "": [scores],
        "industry_": [scores.filter(seller__industry=one) for one in Industry.objects.all()],
        "team_": [
            scores.filter(team__in=[first, second]).filter(seller__in=members(t, tree))
            for t in (first, second)
        ],
        "parent_": [scores.filter(team__in=[first, second])],
    }
    for name, parts in lists.items():
        for part in parts:
            # Of a list that is longer than these, their ranks are among more.
            rows = list(part.values_list("ssi", f"{name}rank", f"{name}position"))
            everybody = shown(Score.objects.on(TODAY)).filter(seller__in=members(region, tree))
            among = (
                list(everybody.values_list("ssi", flat=True)) if name == "parent_" else [r[0] for r in rows]
            )
            expected = dict(zip(among, ranks(among), strict=True))
            assert [rank for _ssi, rank, _position in rows] == [expected[ssi] for ssi, _r, _p in rows]
            assert len({position for _s, _r, position in rows}) == len(rows)


def test_levels_are_told_from_each_sellers_own_team(sellers, tree):
    run()

    in_region = Score.objects.get(seller=sellers[7], day=TODAY)
    in_store = Score.objects.get(seller=sellers[5], day=TODAY)
    nowhere = Score.objects.get(seller=sellers[8], day=TODAY)
    assert (in_region.team_rank, in_region.parent_rank, in_region.grandparent_rank) == (1, 1, None)
    assert (in_store.team_rank, in_store.parent_rank, in_store.grandparent_rank) == (1, 3, 3)
    assert (nowhere.rank, nowhere.team_rank) == (1, None)


def test_who_is_not_shown_has_no_place_and_is_in_no_number(sellers, tree):
    run()

    hidden = Score.objects.get(seller=sellers[4], day=TODAY)
    assert [getattr(hidden, place) for place in Score.PLACES] == [None] * 10
    assert Standing.objects.of_everybody().get().n == 8
    assert Standing.objects.of_team(tree[3].pk).get().n == 2


def test_a_ring_of_teams_keeps_nobody_from_being_ranked(sellers, tree):
    _top, region, first, second = tree
    Team.objects.filter(pk=region.pk).update(parent=first)

    run()

    assert Standing.objects.of_team(region.pk).get().n == 2
    assert Standing.objects.of_team(second.pk).get().n == 2
    assert night.published_day() == TODAY


def test_averages_are_those_of_the_shown_members(sellers, tree):
    run()

    for team in tree:
        standing = Standing.objects.of_team(team.pk).get(day=TODAY)
        for part in Score.PARTS:
            values = list(
                shown(Score.objects.on(TODAY))
                .filter(seller__in=members(team, tree))
                .values_list(part, flat=True)
            )
            assert getattr(standing, part) == (2 * sum(values) + len(values)) // (2 * len(values))
            assert standing.n == len(values)


def test_only_a_long_list_keeps_its_order(sellers, tree, monkeypatch):
    monkeypatch.setattr(standings, "LONGEST_LIVE", 4)

    run()

    assert Standing.objects.of_team(tree[2].pk).get().order is None
    key = tree[1].pk
    ordered = list(
        shown(Score.objects.on(TODAY))
        .filter(seller__in=members(tree[1], tree))
        .order_by("-ssi", "seller")
        .values_list("seller_id", flat=True)
    )
    assert standings.sellers_at("team", key, TODAY, first=1, count=50) == ordered
    assert standings.sellers_at("team", key, TODAY, first=3, count=2) == ordered[2:4]
    assert standings.sellers_at("team", key, TODAY, first=100, count=2) == []
    assert standings.sellers_at("team", tree[2].pk, TODAY, first=1, count=2) is None
    best = Score.objects.get(seller=ordered[0], day=TODAY).ssi
    lists = [("team", key), ("team", tree[2].pk)]
    for ssi, rank in ((best, 1), (0, 1 + len(ordered)), (10000, 1)):
        told = standings.told_to(ssi, lists, TODAY)
        assert list(told) == [("team", key)], "A short list is ranked when it is asked for."
        assert (told["team", key].n, told["team", key].rank) == (len(ordered), rank)


def test_a_restated_day_is_ranked_anew_and_twice_is_once(sellers, tree):
    run(days_ago(1))
    run()
    worst = shown(Score.objects.on(days_ago(1))).order_by("ssi", "seller").first().seller_id
    log(worst, quantity=40, day=days_ago(1))

    night.rank_again()

    row = Score.objects.get(seller=worst, day=days_ago(1))
    assert (row.rank, row.position) == (1, 1)
    before = (
        list(Score.objects.order_by("day", "seller").values()),
        list(Standing.objects.order_by("pk").values()),
    )
    Run.objects.filter(day=days_ago(1)).update(ranks_stale=True)
    night.rank_again()
    after = (
        list(Score.objects.order_by("day", "seller").values()),
        list(Standing.objects.order_by("pk").values()),
    )
    assert after == before


def test_a_write_between_the_two_steps_is_in_what_is_written(sellers):
    """Also one from before midnight, which does not know of the new day yet."""
    due = night.run_again(TOMORROW)
    night.start(due, now=NOON)
    (part,) = night.waiting_chunks(due, now=NOON)
    night.work(part, now=NOON, today=TOMORROW)
    night.rank(due)

    log(sellers[0].pk, quantity=40, day=TODAY, today=TODAY)
    log(sellers[1].pk, quantity=40, day=TOMORROW, today=TOMORROW)
    night.complete(due, now=NOON, today=TOMORROW)

    for seller in sellers[:3]:
        found = Score.objects.get(seller=seller, day=TOMORROW)
        places = [getattr(found, place) for place in Score.PLACES]
        recompute.restate(seller.pk, first=TOMORROW, today=TOMORROW)
        again = Score.objects.get(seller=seller, day=TOMORROW)
        for name in (*Score.PARTS, "change"):
            assert getattr(found, name) == getattr(again, name)
        assert [getattr(again, place) for place in Score.PLACES] == places
        assert again.rank is not None


def test_nothing_is_kept_of_a_part_once_it_is_published(sellers):
    run()

    assert list(RunChunk.objects.values_list("step", flat=True)) == [Step.WRITE]
    assert set(Handover.objects.values_list("data", flat=True)) == {None}


def test_the_sums_of_a_formula_to_come_are_built_and_those_in_force_stay(sellers):
    draft = Formula.objects.get().copy(name="Version 2", by=None)
    draft.half_life_days = 10
    draft.save()
    in_force = list(PillarSum.objects.order_by("seller").values())
    assert night.missing_sums(today=TODAY) == []
    draft.put_in_force(days_ago(-3), today=TODAY)

    wanted = night.missing_sums(today=TODAY)
    for formula_id, first, last in wanted:
        night.build_sums(formula_id, first, last, today=TODAY)

    assert wanted
    assert night.missing_sums(today=TODAY) == []
    assert list(PillarSum.objects.exclude(formula=draft.pk).order_by("seller").values()) == in_force
    built = {row.seller_id: row.engage for row in PillarSum.objects.filter(formula=draft.pk)}
    log(sellers[0].pk, quantity=3, day=days_ago(2))
    recompute.restate(sellers[0].pk, first=TODAY, today=TODAY)
    kept = PillarSum.objects.get(formula=draft.pk, seller=sellers[0]).engage
    assert kept > built[sellers[0].pk]
    assert Rulebook().on(TODAY).pk != draft.pk


def test_orders_of_old_nights_go_and_month_ends_stay(sellers, monkeypatch):
    monkeypatch.setattr(standings, "LONGEST_LIVE", 4)
    run()
    row = Standing.objects.of_everybody().get()
    for day in (days_ago(60), datetime.date(2026, 9, 30), days_ago(410)):
        Standing.objects.create(
            of=row.of, key=0, day=day, n=1, order=b"1234", above=b"1", **dict.fromkeys(Score.PARTS, 1)
        )
    Score.objects.create(
        seller=sellers[0], day=days_ago(410), formula_id=row.n, **dict.fromkeys(Score.PARTS, 1)
    )

    standings.thin_out(today=TODAY)

    everybody = Standing.objects.of_everybody()
    assert everybody.get(day=days_ago(60)).order is None
    assert everybody.get(day=datetime.date(2026, 9, 30)).order is not None
    assert everybody.get(day=TODAY).order is not None
    assert not everybody.filter(day=days_ago(410)).exists()
    assert not Score.objects.on(days_ago(410)).exists()
