"""Where a team stands, for those who coach it."""

import pytest
import time_machine

from scoring.models import Tally
from scoring.rulebook import kind_codes
from teams import standing
from teams.listing import Listing
from teams.models import Team
from teams.standing import standing_of
from teams.tree import Tree
from tests.cast import seller
from tests.moments import NOON, TODAY, days_ago
from tests.teams.costs import queries_of
from tests.teams.crowd import crowd, hide, publish, score

NORTH = "/teams/north/standing/"
FOUR_WEEKS_AGO, TWELVE_WEEKS_AGO = days_ago(28), days_ago(84)


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_bruno(client, bruno):
    client.force_login(bruno)
    return client


def told(team, day=TODAY):
    return standing_of(Listing.team(team.pk, Tree()), day=day)


def did(sellers, code, day=TODAY):
    keys = {code: key for key, code in kind_codes().items()}
    for one in sellers:
        Tally.objects.create(seller=one, day=day, kind_id=keys[code], quantity=1)


def counts(found):
    return [band.n for band in found.bands]


def test_only_those_who_coach_the_team_find_the_page(client, ana, chiara, bruno, root):
    answers = {}
    for viewer in (ana, chiara, bruno, root):
        client.force_login(viewer)
        answers[viewer.first_name] = client.get(NORTH).status_code

    assert answers == {"Ana": 404, "Chiara": 404, "Bruno": 200, "Root": 200}


def test_before_the_first_night_it_says_that_it_is_being_computed(as_bruno, ana):
    assert "This is being computed" in as_bruno.get(NORTH).text


def test_a_team_of_nobody_shown_says_so(as_bruno, ana):
    publish()
    hide(ana)
    score(ana, 5000)

    assert "Nobody to show here yet" in as_bruno.get(NORTH).text


def test_bands_begin_at_their_first_hundredth(north):
    crowd(north, [0, 2999, 3000, 4999, 5000, 6999, 7000, 10000])

    found = told(north)

    assert counts(found) == [2, 2, 2, 2]
    assert [band.share for band in found.bands] == [2500] * 4
    assert found.n == 8


def test_who_is_hidden_or_has_left_or_is_elsewhere_is_in_no_number(north, south):
    inside = crowd(north, [5000] * 6)
    crowd(south, [9000] * 5)
    hide(inside[0])
    inside[1].left_on = TODAY
    inside[1].save()

    assert counts(told(north)) == [0, 0, 4, 0]


def test_teams_below_are_included(north):
    store = Team.objects.create(name="Store 12", slug="store-12", parent=north)
    crowd(north, [5000])
    crowd(store, [1000, 8000])

    assert counts(told(north)) == [1, 0, 1, 1]


def test_no_average_is_told_of_fewer_than_five(as_bruno, north):
    publish()
    crowd(north, [5000] * 4)

    response = as_bruno.get(NORTH)

    assert response.context["standing"].average is None
    assert "pillars" not in response.context
    assert "No average is shown of fewer than five" in response.text


def test_pillars_stand_beside_the_organisation(as_bruno, north, south):
    publish()
    crowd(north, [5000] * 5)
    crowd(south, [3000] * 5)

    response = as_bruno.get(NORTH)

    found = response.context["standing"]
    assert (found.average.ssi, found.organisation.ssi) == (5000, 4000)
    assert "Pillars beside the organisation" in response.text


def test_movement_tells_averages_and_how_many_rose_and_fell(north):
    sellers = crowd(north, [5000, 5000, 5000, 5000, 5000, 6000])
    for one, then in zip(sellers, [4000, 4500, 5000, 5500, 6000], strict=False):
        score(one, then, day=FOUR_WEEKS_AGO)

    four, twelve = told(north).movements

    assert (four.then, four.now, four.change) == (5000, 5167, 167)
    assert (four.rose, four.fell, four.same) == (2, 2, 1)
    assert (twelve.then, twelve.change, twelve.rose, twelve.fell, twelve.same) == (None, None, 0, 0, 0)
    assert (four.day, twelve.day) == (FOUR_WEEKS_AGO, TWELVE_WEEKS_AGO)


def test_the_five_who_rose_most_are_named_and_nobody_who_fell(as_bruno, north):
    publish()
    sellers = crowd(north, [5000] * 8)
    for n, one in enumerate(sellers):
        score(one, 5000 + 100 * (n - 6), day=FOUR_WEEKS_AGO)

    response = as_bruno.get(NORTH)

    assert [row.rise for row in response.context["standing"].risers] == [600, 500, 400, 300, 200]
    assert sellers[7].name not in response.text
    assert sellers[5].name not in response.text


def test_nobody_rose(as_bruno, north):
    publish()
    crowd(north, [5000] * 3)

    assert "Nobody has an index that is higher" in as_bruno.get(NORTH).text


def test_what_the_top_quarter_does_and_the_others_do_not(north):
    sellers = crowd(north, [9000] * 4 + [1000] * 12)
    did(sellers[:3], "meeting_booked")
    did(sellers[3:6], "meeting_booked", days_ago(27))
    did(sellers[:2], "meeting_booked", days_ago(3))
    did(sellers[:1] + sellers[4:], "comment_posted")
    did(sellers[:4], "message_sent", days_ago(28))

    found = told(north)

    assert found.top == 4
    assert [(row.label, row.top, row.others) for row in found.habits] == [
        ("Social conversation became a meeting", 100, 17)
    ]


def test_a_tie_at_the_edge_of_the_quarter_belongs_to_it(north):
    crowd(north, [9000] * 3 + [8000] * 3 + [1000] * 10)

    assert told(north).top == 6


@pytest.mark.parametrize("scores", [[9000] * 4 + [1000] * 11, [5000] * 16])
def test_small_quarters_and_teams_without_others_have_no_habits(north, scores):
    sellers = crowd(north, scores)
    did(sellers, "message_sent")

    found = told(north)

    assert (found.top, found.habits) == (0, [])


def test_of_a_list_that_is_too_long_only_what_a_night_counted_is_told(as_bruno, north, monkeypatch):
    publish()
    monkeypatch.setattr(standing, "LONGEST_TOLD", 5)
    crowd(north, [5000] * 6)

    response = as_bruno.get(NORTH)

    found = response.context["standing"]
    assert (found.risers, found.habits, found.movements[0].rose) == ([], [], None)
    assert counts(found) == [0, 0, 6, 0]
    assert "look at the teams below" in response.text


def test_no_presence_is_told(as_bruno, north):
    publish()
    crowd(north, [5000] * 6)

    text = as_bruno.get(NORTH).text.lower()

    assert not [word for word in ("last seen", "last login", "idle", "inactive", "days ago") if word in text]


def test_twice_the_sellers_cost_the_same_queries(as_bruno, north, django_assert_num_queries):
    publish()
    first = crowd(north, [9000] * 5 + [1000] * 15)
    did(first, "message_sent")
    for one in first:
        score(one, 900, day=FOUR_WEEKS_AGO)
    as_bruno.get(NORTH)
    before = queries_of(lambda: as_bruno.get(NORTH))

    for n in range(20):
        one = seller(f"more{n}", "More", f"Person {n}", team=north)
        score(one, 100 * n)
        score(one, 50 * n, day=FOUR_WEEKS_AGO)
        did([one.seller], "people_search")

    assert before <= 26
    with django_assert_num_queries(before):
        as_bruno.get(NORTH)
