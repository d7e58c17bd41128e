"""One seller beside others, and averages, where lists are long."""

import pytest

from scoring.models import Score, Standing
from teams.comparison import average_of
from tests.teams.costs import queries_of
from tests.teams.crowd import DAY, WEEK_AGO, compare, crowd, hide, score
from tests.teams.long.lists import board_of, by_day, lists, team, viewer_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ssi", "rank", "tied"), [(3950, 10, False), (0, 17, True), (4000, 7, True), (7000, 2, True)]
)
def test_ones_own_score_of_the_night_is_not_in_ones_way(people, long, ana, north, retail, ssi, rank, tied):
    long()
    Score.objects.of(ana.seller).on(DAY).update(ssi=ssi)
    standings_now = [board_of(one, viewer_of(ana)).own.rank_now for one in lists(north, retail)]
    found = board_of(team(north), viewer_of(ana)).listed(query="nowak").rows[0]
    compared = compare(ana.seller)

    long(1000)
    live = [board_of(one, viewer_of(ana)).own.rank for one in lists(north, retail)]
    live_standing = compare(ana.seller)

    assert standings_now == live
    assert (found.rank, found.tied, found.rank_now) == (rank, tied, rank)
    for place, live_place in (
        (compared.industry, live_standing.industry),
        (compared.organisation, live_standing.organisation),
    ):
        assert (place.rank, place.n, place.top_percent) == (
            live_place.rank,
            live_place.n,
            live_place.top_percent,
        )


def test_standing_is_the_same_by_the_night_and_live(people, long, ana, north, retail):
    hidden = people[3]
    hide(hidden)
    long(1000)
    live = [compare(who) for who in (ana.seller, hidden, people[-1])]

    long(5)

    assert [compare(who) for who in (ana.seller, hidden, people[-1])] == live


def test_who_joined_after_the_night_is_told_the_place_they_would_have(people, long, ana, ada, north):
    long()
    score(ada, 6000)

    own = board_of(team(north), viewer_of(ada)).own
    compared = compare(ada.seller).organisation

    assert (own.rank, own.rank_now, own.tied) == (3, 3, True)
    assert board_of(team(north), viewer_of(ada)).listed().own_position is None
    assert (compared.rank, compared.n) == (4, 26)


def test_averages_come_from_the_nights_and_the_last_day_of_a_short_list_lives(people, long, ana, north):
    long(1000)
    live = average_of(team(north), DAY), by_day(north)
    Score.objects.of(people[0]).on(WEEK_AGO).update(ssi=0)
    assert by_day(north) == live[1]
    Score.objects.of(ana.seller).on(DAY).update(ssi=10_000)
    moved = by_day(north)
    assert moved[WEEK_AGO] == live[1][WEEK_AGO]
    assert moved[DAY] == average_of(team(north), DAY).ssi > live[1][DAY]
    Score.objects.of(ana.seller).on(DAY).update(ssi=4000)

    long(5)
    Score.objects.of(ana.seller).on(DAY).update(ssi=10_000)

    assert average_of(team(north), DAY) == live[0]
    assert by_day(north)[DAY] == live[1][DAY]


def test_an_average_of_few_is_never_told(north, store, long):
    crowd(store, [5000] * 4)
    long(2)

    assert Standing.objects.of_team(store.pk).filter(day=DAY).get().n == 4
    assert average_of(team(store), DAY) is None
    assert by_day(store) == {}


def test_standing_in_long_lists_is_looked_up(people, long, ana, retail):
    long()

    assert queries_of(lambda: compare(ana.seller)) <= 8
