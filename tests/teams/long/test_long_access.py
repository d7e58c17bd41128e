"""Search, files and who sees what on long lists."""

import pytest
from django.urls import reverse

from scoring.models import Score
from teams import following
from teams.listing import Listing
from teams.models import Follow, Industry, Seller, Team
from teams.searching import named_like
from tests.cast import seller
from tests.teams.costs import queries_of
from tests.teams.crowd import DAY, crowd, hide, score
from tests.teams.long.lists import board_of, file_rows, get, team, viewer_of, whole

pytestmark = pytest.mark.django_db


def test_a_search_finds_the_same_people_with_the_same_ranks(people, long, bruno, north):
    score(seller("lukasz", "Łukasz", "Wójcik", team=north), 5000)
    score(seller("strasse", "", "", team=north), 4900)
    long(1000)
    before = board_of(team(north), viewer_of(bruno))

    long(5)
    shown = board_of(team(north), viewer_of(bruno))

    for query in ("lukasz", "ŁUK", "wojc luk", " łukasz ", "store0", "person", "strass", "example", "zzz"):
        listed = shown.listed(query=query)
        assert listed.rows == before.listed(query=query).rows, query
        assert (listed.is_sortable, listed.has_more) == (False, False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("strasse", "Straße"),
        ("aengstrom", "Ængström"),
        ("zolc", "ŻÓŁĆ"),
        ("o'neil", "O'Neil"),
        ("a.b", "a.b"),
        ("(x", "(x)"),
    ],
)
def test_a_pattern_matches_what_folds_to_the_same(north, query, found):
    who = seller("who", found, "Anybody", team=north)
    other = seller("other", "axb", "Other", team=north)

    matching = Seller.objects.filter(named_like(query, path="user__"))

    assert list(matching) == [who.seller]
    assert other.seller not in matching


def test_a_search_lists_fifty_and_says_that_there_are_more(client, people, long, bruno, north, monkeypatch):
    monkeypatch.setattr("teams.night_board.MOST_FOUND", 4)
    long()
    client.force_login(bruno)

    response = get(client, q="person")

    assert len(response.context["page"]) == 4
    assert "More than 4 sellers were found" in response.content.decode()


def test_it_says_of_the_same_rows_what_one_may_do_with_them_however_one_asks(
    people, long, ana, bruno, chiara, monkeypatch
):
    """Of few teams the members are asked, of many the teams of who is on the page."""
    long()
    for person in (ana, bruno, chiara):
        by_seller = []
        for most in (0, 1000):
            monkeypatch.setattr("teams.places.FEW_TEAMS", most)
            by_seller.append(whole(board_of(Listing.everybody(), viewer_of(person))))
        assert by_seller[0] == by_seller[1]
    assert any(place.may_follow for place in whole(board_of(Listing.everybody(), viewer_of(ana))))


def test_who_hid_before_the_night_sees_the_own_row_and_managers_find_it(
    client, people, long, ana, bruno, chiara, north
):
    hide(ana)
    long()

    for person, names in ((bruno, ["Ana Nowak"]), (ana, ["Ana Nowak"]), (chiara, [])):
        found = board_of(team(north), viewer_of(person)).listed(query="nowak").rows
        assert [place.name for place in found] == names
    shown = board_of(team(north), viewer_of(ana))
    assert (shown.own.rank, shown.own.tied, shown.own.is_shown, shown.n) == (7, True, False, 18)
    assert "Ana Nowak" not in [place.name for place in whole(shown)]
    client.force_login(ana)
    assert "Only you and your managers see this row" in get(client).content.decode()


def test_who_hides_or_leaves_after_the_night_is_gone_from_others_boards_at_once(
    people, long, ana, bruno, chiara, north
):
    long()
    hide(people[0])
    Seller.objects.filter(pk=people[1].pk).update(left_on=DAY)

    seen = {person: whole(board_of(team(north), viewer_of(person))) for person in (ana, bruno)}

    assert people[0].pk not in [place.seller for place in seen[ana]]
    assert [place.is_shown for place in seen[bruno] if place.seller == people[0].pk] == [False]
    for places in seen.values():
        assert people[1].pk not in [place.seller for place in places]
    assert board_of(team(north), viewer_of(ana)).listed(query="north000").rows == []


def test_names_lead_only_to_whom_one_coaches_and_may_follow(people, long, ana, bruno, sofia, north):
    Follow.objects.create(follower=ana.seller, followed=people[2])
    long()

    for person in (ana, bruno, sofia):
        for place in whole(board_of(Listing.everybody(), viewer_of(person))):
            viewer = viewer_of(person)
            assert place.may_open == (person is bruno and place.team_name in ("North", "Store"))
            may_follow = following.followable(person, today=DAY).filter(pk=place.seller).exists()
            assert place.may_follow == may_follow
            assert place.followed == (viewer.seller == ana.seller.pk and place.seller == people[2].pk)


def test_three_teams_above_one_is_still_found(people, long, north, store):
    shelf = Team.objects.create(name="Shelf", slug="shelf", parent=store)
    board_team = Team.objects.create(name="Board", slug="board", parent=shelf)
    low = seller("low", "Low", "Down", team=board_team)
    score(low, 3250)
    long()

    shown = board_of(team(north), viewer_of(low))

    assert (shown.own.rank, shown.own.rank_now) == (14, 14)
    assert shown.listed().own_position == 14
    Score.objects.of(low.seller).on(DAY).update(ssi=3000)
    assert board_of(team(north), viewer_of(low)).own.rank_now == 16


def test_the_file_of_a_long_list_is_written_as_it_is_read(client, people, long, bruno, north, monkeypatch):
    client.force_login(bruno)
    long(1000)
    before = file_rows(client)

    long(5)
    monkeypatch.setattr("teams.night_board.ROWS_AT_ONCE", 5)

    rows = file_rows(client)
    assert [row[:2] + row[4:] for row in rows] == [row[:2] + row[4:] for row in before]
    assert sorted(rows) == sorted(before)
    assert [row[2] for row in file_rows(client, team="store")[1:]] == [
        f"Person store{n:03}" for n in range(8)
    ]


def test_a_workbook_is_for_lists_that_fit_into_memory(client, people, long, bruno, monkeypatch):
    long()
    client.force_login(bruno)
    address = reverse("leaderboard-file", args=["north"])
    assert client.get(address, {"format": "xlsx"}).status_code == 200

    monkeypatch.setattr("teams.exports.LONGEST_WORKBOOK", 10)

    assert client.get(address, {"format": "xlsx"}).status_code == 404
    assert "format=xlsx" not in get(client).content.decode()
    assert "format=csv" in get(client).content.decode()


def test_administrators_see_the_organisation_and_its_industries(client, people, long, root, bruno, retail):
    bank = Industry.objects.create(name="Banking")
    score(seller("banker", "Bank", "Er", team=Team.objects.get(slug="south"), industry=bank), 9999)
    for longest in (1000, 5):
        long(longest)
        client.force_login(root)

        shown = get(client, of=None)
        assert (shown.context["title"], shown.context["board"].n) == ("Whole organisation", 26)
        assert shown.context["page"][0].name == "Bank Er"
        industry = get(client, of=None, industry=retail.pk, page=1)
        assert (industry.context["title"], industry.context["board"].n) == ("Retail", 17)
        assert industry.context["address"] == f"industry={retail.pk}"
        assert get(client, of=None, industry="nonsense").context["title"] == "Whole organisation"
        few = get(client, of=None, industry=bank.pk)
        assert few.context["average"] is few.context["trend"] is None
        assert len(file_rows(client, of=None, industry=retail.pk)) == 18

        client.force_login(bruno)
        assert get(client, of=None).status_code == 404


def test_the_way_to_the_organisation_is_shown_to_administrators_only(client, people, long, root, bruno):
    long()

    client.force_login(root)
    assert reverse("organisation") in get(client).content.decode()
    assert reverse("leaderboard", args=["north"]) in get(client, of=None).content.decode()
    client.force_login(bruno)
    assert reverse("organisation") not in get(client).content.decode()


def test_before_the_first_night_the_organisation_is_being_computed(client, root):
    client.force_login(root)

    assert "The first board is being computed" in get(client, of=None).content.decode()
    assert client.get(reverse("organisation-file")).status_code == 404


def test_a_long_board_costs_the_same_for_twice_the_sellers(
    client, people, long, ana, bruno, root, north, store
):
    long()

    def costs():
        found = []
        for person, of in ((ana, "north"), (bruno, "north"), (root, None)):
            client.force_login(person)
            queries = [{"page": 2}, {"q": "person"}] + ([{"team": "store"}] if of else [])
            found += [queries_of(lambda q=query, of=of: get(client, of=of, **q)) for query in queries]
        return found

    costs()
    before = costs()
    crowd(Team.objects.create(name="Twin", slug="twin", parent=north), [3000 + n for n in range(40)])
    long()

    assert costs() == before
    assert max(before) <= 45
