import datetime

import pytest

from teams.comparison import average_of, averages_by_day
from teams.listing import Listing
from teams.models import Follow, Industry, Membership, Team
from teams.tree import Tree
from tests.teams.crowd import DAY, WEEK_AGO, compare, crowd, hide, score

pytestmark = pytest.mark.django_db


def listing(team):
    return Listing.team(team.pk, Tree())


def by_day(team):
    newest = average_of(listing(team), DAY)
    return averages_by_day(listing(team), first=WEEK_AGO, last=DAY, newest=newest)


def test_the_network_is_the_team_the_followed_and_oneself(ana, north, south):
    crowd(north, [7000, 5000])
    far, _other = crowd(south, [8000, 9000])
    Follow.objects.create(follower=ana.seller, followed=far)
    score(ana, 6000)

    network = compare(ana.seller).network

    assert (network.rank, network.n) == (3, 4)


def test_the_network_leaves_sub_teams_out(ana, north):
    store = Team.objects.create(name="Store", slug="store", parent=north)
    crowd(store, [9000, 9100])
    score(ana, 6000)

    assert compare(ana.seller).network.n == 1


def test_top_percent_is_rounded_up_and_comes_with_the_average(ana, north, retail):
    crowd(north, [7000, 5000, 4000, 3000, 2001, 2000], industry=retail)
    score(ana, 6000)

    industry = compare(ana.seller).industry

    assert (industry.rank, industry.n, industry.top_percent) == (2, 7, 29)
    assert industry.average == 4143  # 29001 / 7 = 4143.0


def test_equal_scores_share_the_rank(ana, north, retail):
    crowd(north, [6000, 7000], industry=retail)
    score(ana, 6000)

    assert compare(ana.seller).industry.rank == 2


def test_fewer_than_five_give_neither_percentage_nor_average(ana, north, retail):
    crowd(north, [7000, 5000, 4000], industry=retail)
    score(ana, 6000)

    compared = compare(ana.seller)

    assert (compared.industry.rank, compared.industry.n) == (2, 4)
    assert compared.industry.top_percent is compared.industry.average is None
    assert compared.network.top_percent is compared.organisation.average is None


def test_without_an_industry_there_is_no_comparison_in_one(ana):
    ana.seller.industry = None
    ana.seller.save()
    score(ana, 6000)

    assert compare(ana.seller).industry is None


def test_without_a_score_there_is_no_rank(ana, north, retail):
    crowd(north, [7000] * 5, industry=retail)

    industry = compare(ana.seller).industry

    assert (industry.rank, industry.n, industry.average) == (None, 5, 7000)


def test_hidden_and_departed_sellers_are_in_no_number(ana, north, retail):
    sellers = crowd(north, [7000, 7100, 7200, 7300, 5000, 5100, 5200, 5300], industry=retail)
    hide(sellers[0])
    sellers[1].left_on = DAY
    sellers[1].save()
    score(ana, 6000)

    compared = compare(ana.seller)

    for comparison in (compared.industry, compared.network, compared.organisation):
        assert (comparison.rank, comparison.n) == (3, 7)
        assert comparison.average == (7200 + 7300 + 5000 + 5100 + 5200 + 5300 + 6000 + 3) // 7


def test_a_hidden_seller_is_told_the_place_they_would_have(ana, north, retail):
    crowd(north, [7000, 6000, 5000, 4000, 3000], industry=retail)
    score(ana, 6000)
    hide(ana)

    industry = compare(ana.seller).industry

    assert (industry.rank, industry.n, industry.top_percent) == (2, 6, 34)
    assert industry.average == 5000


def test_only_the_own_industry_is_compared(ana, north, retail):
    crowd(north, [7000, 8000], industry=Industry.objects.create(name="Banking"))
    score(ana, 6000)

    compared = compare(ana.seller)

    assert (compared.industry.rank, compared.industry.n) == (1, 1)
    assert (compared.organisation.rank, compared.organisation.n) == (3, 3)


def test_standing_costs_the_same_for_twice_the_sellers(ana, north, south, django_assert_num_queries):
    crowd(north, [7000] * 6)
    score(ana, 6000)
    with django_assert_num_queries(5):
        compare(ana.seller)

    crowd(south, [7000] * 6)
    with django_assert_num_queries(5):
        compare(ana.seller)


def test_a_teams_average_is_of_its_shown_active_members(north, south):
    sellers = crowd(north, [1000, 2000, 3000, 4000, 5000, 9000])
    hide(sellers[5])
    crowd(south, [100] * 6)

    average = average_of(listing(north), DAY)

    assert (average.n, average.ssi, average.brand) == (5, 3000, 3000)
    assert average_of(Listing.everybody(), DAY).n == 11


def test_an_average_of_four_is_not_told(north):
    hide(crowd(north, [1000, 2000, 3000, 4000, 5000])[0])

    assert average_of(listing(north), DAY) is None
    assert average_of(Listing.everybody(), DAY) is None
    assert by_day(north) == {}


def test_averages_by_day_follow_the_members_of_each_day(north, south):
    sellers = crowd(north, [1000, 2000, 3000, 4000, 5000, 6000])
    for seller in sellers:
        score(seller, 1000, day=WEEK_AGO)
    moved = sellers[5].memberships.get()
    moved.until = WEEK_AGO + datetime.timedelta(days=1)
    moved.save()
    Membership.objects.create(seller=sellers[5], team=south, first=moved.until)
    score(sellers[5], 9999, day=DAY - datetime.timedelta(days=1))

    averages = by_day(north)

    assert averages == {WEEK_AGO: 1000, DAY: 3000}
