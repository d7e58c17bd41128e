import datetime
from dataclasses import replace

import pytest

from scoring.formula.periods import Period
from teams.access import Reach
from teams.leaderboard import Viewer, board, days_of
from teams.listing import Listing
from teams.models import Membership, Seller, Team
from teams.names import folded, in_order
from teams.tree import Tree
from tests.cast import seller
from tests.teams.crowd import DAY, WEEK_AGO, crowd, hide, score

NOBODY = Viewer()

pytestmark = pytest.mark.django_db


def board_of(team, day=DAY, compared_to=WEEK_AGO, viewer=NOBODY, language="en"):
    return board(listing(team), day=day, compared_to=compared_to, viewer=viewer, language=language)


def listing(team):
    return Listing.team(team.pk, Tree())


def viewer_of(user):
    seller = getattr(user, "seller", None)
    return Viewer(seller=seller and seller.pk, reach=Reach(user, today=DAY), today=DAY)


def test_equal_scores_share_a_rank_and_are_listed_by_name(ana, ada, north):
    crowd(north, [7001, 5000])
    score(ana, 6000)
    score(ada, 6000)

    places = board_of(north).places

    assert [(place.rank, place.tied, place.name) for place in places] == [
        (1, False, "Person north000"),
        (2, True, "Ada Wilk"),
        (2, True, "Ana Nowak"),
        (4, False, "Person north001"),
    ]


def test_movement_is_the_difference_of_ranks(ana, ada, north):
    leader = crowd(north, [5000])[0]
    for who, before, now in ((ana, 4000, 6000), (ada, 3000, 3000)):
        score(who, before, day=WEEK_AGO)
        score(who, now)
    score(leader, 5000, day=WEEK_AGO)

    moves = {place.name: (place.move, place.is_new, place.change) for place in board_of(north).places}

    assert moves == {
        "Ana Nowak": (1, False, 2000),
        "Person north000": (-1, False, 0),
        "Ada Wilk": (0, False, 0),
    }


def test_who_was_not_on_the_board_before_is_new(ana, ada, north, south):
    joined_north_on = DAY - datetime.timedelta(days=2)
    score(ana, 5000, day=WEEK_AGO)
    score(ana, 5000)
    score(ada, 6000, day=WEEK_AGO)
    score(ada, 6100)
    ada.seller.memberships.update(until=joined_north_on, team=south)
    Membership.objects.create(seller=ada.seller, team=north, first=joined_north_on)

    first, second = board_of(north).places

    assert (first.name, first.is_new, first.move, first.change) == ("Ada Wilk", True, None, 100)
    assert (second.is_new, second.move) == (False, -1)


def test_without_an_earlier_board_nothing_moves(ana, north):
    score(ana, 5000)

    place = board_of(north).places[0]

    assert (place.move, place.is_new, place.change) == (None, False, None)


def test_a_past_board_lists_the_members_of_that_day(ana, ada, north, south):
    for who in (ana, ada):
        score(who, 5000, day=WEEK_AGO)
        score(who, 5000)
    ana.seller.memberships.update(until=DAY)
    Membership.objects.create(seller=ana.seller, team=south, first=DAY)

    assert [place.name for place in board_of(north).places] == ["Ada Wilk"]
    assert [place.name for place in board_of(north, day=WEEK_AGO).places] == ["Ada Wilk", "Ana Nowak"]
    assert [place.name for place in board_of(south).places] == ["Ana Nowak"]


def test_who_left_is_on_the_boards_of_before_only(ana, ada, north):
    for who in (ana, ada):
        score(who, 5000, day=WEEK_AGO)
        score(who, 5000)
    Seller.objects.filter(pk=ada.seller.pk).update(left_on=DAY)

    assert [place.name for place in board_of(north).places] == ["Ana Nowak"]
    assert board_of(north, day=WEEK_AGO).n == 2


def test_a_hidden_seller_is_in_no_number_of_others(ana, ada, north):
    hidden = crowd(north, [7000])[0]
    score(hidden, 1000, day=WEEK_AGO)
    for who, before, now in ((ana, 6000, 6000), (ada, 500, 400)):
        score(who, before, day=WEEK_AGO)
        score(who, now)
    hide(hidden)

    shown = board_of(north)

    assert shown.n == 2
    places = [(place.name, place.rank, place.move) for place in shown.places]
    assert places == [("Ana Nowak", 1, 0), ("Ada Wilk", 2, 0)]
    assert shown.listed(query="person").rows == []


def test_a_hidden_seller_sees_the_place_they_would_have(ana, north):
    crowd(north, [7000, 6000, 5000])
    score(ana, 6000)
    hide(ana)

    seen = board_of(north, viewer=Viewer(seller=ana.seller.pk))

    assert seen.n == 3
    assert (seen.own.rank, seen.own.tied, seen.own.is_shown) == (2, True, False)
    assert [place.rank for place in seen.places if not place.is_you] == [1, 2, 3]
    assert [place.tied for place in seen.places if not place.is_you] == [False, False, False]


def test_their_manager_sees_a_hidden_seller_and_no_other_manager_does(ana, north, bruno, chiara):
    hide(ana)
    score(ana, 6000)

    assert [place.name for place in board_of(north, viewer=viewer_of(bruno)).places] == ["Ana Nowak"]
    assert board_of(north, viewer=viewer_of(chiara)).places == []


def test_a_filter_keeps_the_rank_in_the_whole_team(ana, north):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    crowd(store, [7000, 5000])
    score(ana, 6000)

    kept = board_of(north).listed(among=listing(store)).rows

    assert [(place.rank, place.team_name) for place in kept] == [(1, "Store"), (3, "Store")]


def test_search_ignores_accents_and_case(north):
    score(seller("lukasz", "Łukasz", "Wójcik", team=north), 5000)
    score(seller("emile", "Émile", "Zając", team=north), 4000)
    shown = board_of(north)

    for query in ("lukasz", "ŁUK", "wojc luk", " łukasz "):
        assert [place.name for place in shown.listed(query=query).rows] == ["Łukasz Wójcik"]
    assert [place.name for place in shown.listed(query="zajac").rows] == ["Émile Zając"]
    assert shown.listed(query="nobody").rows == []


def test_every_column_sorts_both_ways_and_ties_stay_in_the_order_of_rank(north):
    high, low, middle = crowd(north, [3000, 1000, 2000])
    score(high, 100, day=WEEK_AGO)
    score(middle, 100, day=WEEK_AGO)
    shown = board_of(north)

    def order(sort):
        return [place.seller for place in shown.listed(sort=sort).rows]

    assert order("rank") == order("-ssi") == order("-brand") == [high.pk, middle.pk, low.pk]
    assert order("-rank") == order("ssi") == order("relate") == [low.pk, middle.pk, high.pk]
    assert order("name") == [high.pk, low.pk, middle.pk]
    assert order("-change") == [high.pk, middle.pk, low.pk]
    assert order("change") == [middle.pk, high.pk, low.pk]


def test_sorting_is_stable_in_both_directions(north):
    first, second = crowd(north, [3000, 2000])
    for scored in (first, second):
        scored.scores.update(brand=5000)
    shown = board_of(north)

    assert [place.seller for place in shown.listed(sort="brand").rows] == [first.pk, second.pk]
    assert [place.seller for place in shown.listed(sort="-brand").rows] == [first.pk, second.pk]


def test_names_follow_the_alphabet_of_the_language():
    names = ["Łukasz", "Lucia", "Marek", "Lwów", "Luz"]

    assert sorted(names, key=lambda name: in_order(name, "pl")) == ["Lucia", "Luz", "Lwów", "Łukasz", "Marek"]
    assert sorted(names, key=lambda name: in_order(name, "en")) == ["Lucia", "Łukasz", "Luz", "Lwów", "Marek"]
    assert folded("ŁĄKA Straße") == "laka strasse"


def test_a_person_without_a_name_does_not_show_their_address(north):
    score(seller("nameless", "", "", team=north), 5000)

    place = board_of(north).places[0]

    assert (place.name, place.initials) == ("nameless", "N")


@pytest.mark.parametrize(
    ("text", "day", "compared_to"),
    [
        ("2026-11-20", "2026-11-20", "2026-11-13"),
        ("2026-11-02", "2026-11-02", "2026-10-26"),
        ("2026-W46", "2026-11-15", "2026-11-08"),
        ("2026-W47", "2026-11-20", "2026-11-15"),  # not over yet: its last complete day
        ("2026-10", "2026-10-31", "2026-09-30"),
        ("2026-11", "2026-11-20", "2026-10-31"),
    ],
)
def test_a_period_is_shown_by_its_last_complete_day(text, day, compared_to):
    days = days_of(Period.parse(text), published=DAY)

    assert days == (datetime.date.fromisoformat(day), datetime.date.fromisoformat(compared_to))


def test_twice_the_sellers_cost_the_same_queries(ana, north, bruno, django_assert_num_queries):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    asked, viewer = listing(north), replace(viewer_of(bruno), seller=ana.seller.pk)
    score(ana, 100)
    crowd(north, [7000] * 5)
    with django_assert_num_queries(6):
        board(asked, day=DAY, compared_to=WEEK_AGO, viewer=viewer)

    crowd(store, [7000] * 10)
    with django_assert_num_queries(6):
        board(asked, day=DAY, compared_to=WEEK_AGO, viewer=viewer)
