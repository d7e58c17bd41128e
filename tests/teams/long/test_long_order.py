"""What a long list shows, and in which order."""

import datetime
import secrets
from dataclasses import replace

import pytest

from scoring import standings
from scoring.models import Score, Standing
from teams.leaderboard import Viewer
from teams.listing import Listing
from teams.models import Follow, Membership
from teams.page_cache import Version
from tests.teams.costs import queries_of
from tests.teams.crowd import DAY, WEEK_AGO, compare, score
from tests.teams.long.lists import as_live, board_of, file_rows, get, lists, team, viewer_of, whole

pytestmark = pytest.mark.django_db


def test_right_after_the_night_a_long_board_says_what_a_short_one_would(
    people, long, ana, bruno, north, retail, store
):
    Follow.objects.create(follower=ana.seller, followed=people[0])
    long(1000)
    viewers = [Viewer(), viewer_of(ana), viewer_of(bruno)]
    short = [[board_of(one, viewer) for one in lists(north, retail)] for viewer in viewers]
    assert not any(shown.is_of_the_night for of_viewer in short for shown in of_viewer)

    long(5)
    for viewer, of_viewer in zip(viewers, short, strict=True):
        for one, before in zip(lists(north, retail), of_viewer, strict=True):
            shown = board_of(one, viewer)
            assert shown.is_of_the_night
            assert shown.n == before.n
            assert as_live(whole(shown)) == before.places
            assert shown.own == (before.own and replace(before.own, rank_now=before.own.rank))
            for n, place in enumerate(before.places):
                if place.is_you:
                    assert shown.listed().own_position is not None
                    assert before.places[shown.listed().own_position - 1].rank == place.rank
                    assert shown.listed().rows[n : n + 1]


def test_a_long_sub_team_has_the_ranks_of_the_whole(people, long, bruno, north, store):
    long(1000)
    before = board_of(team(north), viewer_of(bruno)).listed(among=team(store)).rows

    long(5)
    shown = board_of(team(north), viewer_of(bruno)).listed(among=team(store))

    assert not shown.is_sortable
    assert shown.rows[0 : len(shown.rows)] == before
    assert [place.rank for place in before] == [1, 3, 11, 12, 13, 14, 15, 16]


def test_a_short_sub_team_of_a_long_list_is_ranked_and_sorted_now(people, long, bruno, north, store):
    long(1000)
    before = board_of(team(north), viewer_of(bruno))

    long(8)
    shown = board_of(team(north), viewer_of(bruno))

    assert shown.is_of_the_night
    for sort in ("rank", "name", "-change"):
        listed = shown.listed(among=team(store), sort=sort)
        assert listed.is_sortable
        assert listed.rows == before.listed(among=team(store), sort=sort).rows


def test_deep_last_and_own_pages(client, people, long, ana, north, monkeypatch):
    monkeypatch.setattr("teams.board_page.ROWS_A_PAGE", 4)
    long()
    client.force_login(ana)

    pages = [get(client, page=number) for number in range(1, 7)]

    ranks = [[place.rank for place in page.context["page"]] for page in pages]
    assert ranks == [[1, 2, 3, 3], [3, 6, 7, 7], [7, 7, 11, 12], [13, 14, 15, 16], [17, 18, 18], [17, 18, 18]]
    own = pages[0].context["own_url"]
    assert own in ("page=2", "page=3")
    around = get(client, page=own.removeprefix("page="))
    assert around.context["own"] is None
    assert around.content.decode().count('id="you"') == 1


@pytest.mark.parametrize("held", [range(0), range(100)])
def test_the_next_page_finds_nobody_anew(people, long, ana, bruno, held, monkeypatch):
    monkeypatch.setattr("teams.night_order.HELD", held)
    long()
    of_the_night = Version("own", "shared", "viewer", secrets.token_hex())
    viewer, other = replace(viewer_of(ana), version=of_the_night), viewer_of(bruno)

    def page(number, viewer=viewer):
        return board_of(Listing.everybody(), viewer).listed().rows[4 * number : 4 * number + 4]

    page(0, replace(other, version=of_the_night))
    first, second = (queries_of(lambda number=number: page(number)) for number in (0, 1))

    # One's own place is known by then; of a list that is held all places are.
    assert second == first - (0 if held else 1)
    assert page(1) == page(1, viewer_of(ana))


def test_a_long_board_names_its_order_and_sorts_by_nothing_else(client, people, long, ana):
    long()
    client.force_login(ana)

    response = get(client, sort="-brand")
    seen = response.content.decode()

    assert "keep the order of the night of 20 November 2026" in " ".join(seen.split())
    assert 'id="sort-' not in seen
    assert "aria-sort" not in seen
    assert response.context["address"] == ""
    assert [place.rank for place in response.context["page"]][:3] == [1, 2, 3]


def test_a_write_moves_ones_own_rank_at_once_and_no_other_row(client, people, long, ana, north):
    long()
    client.force_login(ana)
    before = [place for place in get(client).context["page"] if not place.is_you]

    Score.objects.of(ana.seller).on(DAY).update(ssi=8500)

    response = get(client)
    own = response.context["own_place"]
    assert (own.ssi, own.rank, own.rank_now) == (8500, 7, 2)
    assert [place for place in response.context["page"] if not place.is_you] == before
    assert "In the order of the night: 7" in response.content.decode()


def test_the_past_keeps_its_order(people, long, ana, north):
    long(1000)
    before = board_of(team(north), viewer_of(ana), day=WEEK_AGO, compared_to=DAY)

    long(5)
    shown = board_of(team(north), viewer_of(ana), day=WEEK_AGO, compared_to=DAY)

    assert shown.is_of_the_night
    assert as_live(whole(shown)) == before.places
    assert shown.own.rank == before.own.rank


def test_an_old_night_that_lost_its_order_is_ranked_by_counting(
    client, people, long, ana, bruno, north, store
):
    long()
    asked = [(team(north), None), (team(north), team(store)), (Listing.everybody(), None)]

    def everything():
        shown = [(board_of(one, viewer_of(ana)), among) for one, among in asked]
        return [
            (board.n, board.own, board.listed(among=among).rows[2:9], len(board.listed(among=among).rows))
            for board, among in shown
        ]

    kept = everything()
    Standing.objects.update(order=None, above=None)

    assert everything() == kept
    client.force_login(bruno)
    assert len(file_rows(client)) == 20
    assert compare(ana.seller).organisation.rank == 9


def test_new_and_moved_are_against_the_same_list_then(people, long, ana, ada, north, south):
    joined = DAY - datetime.timedelta(days=2)
    score(ada, 5000, day=WEEK_AGO)
    score(ada, 5500)
    Membership.objects.filter(seller=ada.seller).update(until=joined, team=south)
    Membership.objects.create(seller=ada.seller, team=north, first=joined)
    Score.objects.of(ada.seller).on(WEEK_AGO).update(team=south)
    Score.objects.of(ada.seller).on(DAY).update(team=north)
    long()

    own = board_of(team(north), viewer_of(ada)).own
    in_all = board_of(Listing.everybody(), viewer_of(ada)).own

    assert (own.is_new, own.move, own.change) == (True, None, 500)
    assert (in_all.is_new, in_all.move is not None) == (False, True)


def test_a_list_that_was_short_or_not_ranked_then(people, long, north, store):
    long(5)
    shorter = Score.objects.on(WEEK_AGO).filter(team=north).order_by("seller")
    kept = list(shorter.values_list("seller", flat=True)[:2])
    Score.objects.on(WEEK_AGO).exclude(seller__in=kept).delete()
    standings.rank_again(WEEK_AGO)
    assert {place.is_new for place in whole(board_of(team(north), Viewer()))} == {True, False}

    Standing.objects.filter(day=WEEK_AGO).delete()
    assert {(place.is_new, place.move) for place in whole(board_of(team(north), Viewer()))} == {(False, None)}
