"""Goals of sellers and teams, with their pace, and what the planner says before they are set."""

import datetime
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from scoring.models import Score
from scoring.plans import wishes
from scoring.rulebook import kinds
from teams.models import Goal
from tests.moments import NOON, TODAY, days_ago
from tests.teams.acts import some_weeks
from tests.teams.costs import queries_of
from tests.teams.crowd import crowd, publish, score

ONE_DAY = datetime.timedelta(days=1)
IN_FOUR_WEEKS = TODAY + 28 * ONE_DAY
TEAM = "/teams/north/goals/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def address(ana):
    return reverse("seller-goals", args=[ana.seller.pk])


@pytest.fixture
def as_bruno(client, bruno):
    client.force_login(bruno)
    return client


def said(**changes):
    asked = {"part": "ssi", "target": "70", "by": IN_FOUR_WEEKS.isoformat(), "token": str(uuid.uuid4())}
    return asked | changes


def goal(whose, *, target=7000, set_on=TODAY, last=IN_FOUR_WEEKS, **values):
    return Goal.objects.create(target=target, set_on=set_on, until=last + ONE_DAY, **whose, **values)


def rows_of(response):
    return response.context["goals"]


def test_a_seller_sets_a_goal_of_their_own(client, ana, address):
    client.force_login(ana)

    response = client.post(address, said(target="70,5"))

    made = Goal.objects.get()
    assert response.status_code == 302
    assert (made.seller, made.set_by, made.target) == (ana.seller, ana, 7050)
    assert (made.set_on, made.last) == (TODAY, IN_FOUR_WEEKS)


def test_a_manager_sets_one_for_a_seller_and_one_for_the_team(as_bruno, bruno, ana, address, north):
    as_bruno.post(address, said(part="find"))
    as_bruno.post(TEAM, said(target="50"))

    assert set(Goal.objects.values_list("seller", "team", "part", "target", "set_by")) == {
        (ana.seller.pk, None, "find", 7000, bruno.pk),
        (None, north.pk, "ssi", 5000, bruno.pk),
    }


def test_a_second_submission_sets_none(client, ana, address):
    client.force_login(ana)
    once = said()

    for _time in range(2):
        client.post(address, once)

    assert Goal.objects.count() == 1


def test_looking_at_what_is_possible_sets_nothing(client, ana, address):
    some_weeks(ana)
    client.force_login(ana)

    response = client.get(address, said(target="30"))

    assert response.context["possible"].is_possible
    assert response.context["possible"].best >= 3000
    assert "the cheapest plan takes" in response.text
    assert not Goal.objects.exists()


@pytest.mark.parametrize("part", ["ssi", "find"])
def test_the_caps_do_not_allow_it_and_it_may_be_set_nevertheless(client, ana, address, part):
    some_weeks(ana)
    client.force_login(ana)
    wanted = said(part=part, target="99", by=(TODAY + ONE_DAY).isoformat())

    response = client.get(address, wanted)
    client.post(address, wanted)

    assert not response.context["possible"].is_possible
    assert "The caps do not allow it;" in response.text
    assert Goal.objects.count() == 1


def test_what_the_seller_does_not_want_makes_nothing_possible(client, ana, address):
    client.force_login(ana)
    wanted = said(target="99", by=(TODAY + ONE_DAY).isoformat())
    before = client.get(address, wanted).context["possible"]

    wishes.set_unwanted(ana.seller.pk, [kind.code for kind in kinds().values() if kind.is_standing])
    after = client.get(address, wanted).context["possible"]

    assert after.best < before.best


def test_of_a_pillar_what_the_caps_allow_is_told(client, ana, address):
    some_weeks(ana)
    client.force_login(ana)

    possible = client.get(address, said(part="engage", target="10")).context["possible"]

    assert possible.is_possible
    assert possible.best > possible.idle > 0


def test_what_is_there_already_takes_nothing(client, ana, address):
    some_weeks(ana)
    client.force_login(ana)

    assert "without anything more being done" in client.get(address, said(target="1")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": TODAY.isoformat()},
        {"by": (TODAY + 185 * ONE_DAY).isoformat()},
        {"by": "soon"},
        {"target": "0"},
        {"target": "101"},
        {"part": "fame"},
    ],
)
def test_what_is_no_goal_is_refused(client, ana, address, wrong):
    client.force_login(ana)

    answers = [client.get(address, said(**wrong)), client.post(address, said(**wrong))]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert not Goal.objects.exists()


def test_who_has_left_gets_no_goal(client, root, ana, address):
    ana.seller.left_on = TODAY
    ana.seller.save()
    client.force_login(root)

    assert client.get(address, said()).status_code == 422
    assert client.post(address, said()).status_code == 422
    assert not Goal.objects.exists()


def test_the_pace_is_computed_from_the_scores(client, ana, address):
    client.force_login(ana)
    score(ana, 5000, day=days_ago(14))
    score(ana, 6000)
    own = {"seller": ana.seller, "set_on": days_ago(14), "last": TODAY + 14 * ONE_DAY}
    goal({"seller": ana.seller}, set_on=days_ago(14), last=TODAY + 14 * ONE_DAY)
    goal({"seller": ana.seller}, target=7001, set_on=own["set_on"], last=own["last"])
    goal({"seller": ana.seller}, target=5500, set_on=own["set_on"], last=own["last"])

    rows = {row.target: row for row in rows_of(client.get(address))}

    assert rows[7000].sentence == "On course: 4.67 points a week to go"
    assert rows[7001].sentence == "Needs 4.68 points a week"
    assert rows[5500].sentence == "Reached"
    assert {row.now for row in rows.values()} == {6000}


def test_a_goal_ends_with_its_day_in_the_organisations_zone(client, ana, address):
    client.force_login(ana)
    score(ana, 6000)
    goal({"seller": ana.seller}, set_on=days_ago(14), last=TODAY)

    with time_machine.travel(datetime.datetime(2026, 11, 20, 22, 59, tzinfo=datetime.UTC), tick=False):
        before = rows_of(client.get(address))[0]
    with time_machine.travel(datetime.datetime(2026, 11, 20, 23, 1, tzinfo=datetime.UTC), tick=False):
        Score.objects.filter(seller=ana.seller, day=TODAY).update(ssi=6500)
        score(ana, 7500, day=TODAY + ONE_DAY)
        after = rows_of(client.get(address))[0]

    assert (before.state, before.now) == ("behind", 6000)
    assert (after.state, after.now, after.sentence) == ("ended", 6500, "Ended: 5.00 points were missing")


def test_an_ended_goal_is_shown_for_four_weeks_more(client, ana, address):
    client.force_login(ana)
    score(ana, 6000)
    goal({"seller": ana.seller}, set_on=days_ago(60), last=days_ago(29))
    shown = goal({"seller": ana.seller}, set_on=days_ago(60), last=days_ago(28))

    assert [row.pk for row in rows_of(client.get(address))] == [shown.pk]


def test_without_an_index_there_is_no_pace(client, ana, address):
    client.force_login(ana)
    goal({"seller": ana.seller})

    assert rows_of(client.get(address))[0].sentence == "There is no index yet."


def test_a_team_is_told_by_its_average(as_bruno, north):
    publish()
    crowd(north, [5000] * 4 + [7500])
    goal({"team": north}, target=5500)

    row = rows_of(as_bruno.get(TEAM))[0]

    assert (row.now, row.state) == (5500, "reached")


def test_a_team_of_fewer_than_five_has_no_average(as_bruno, north):
    publish()
    crowd(north, [5000] * 4)
    goal({"team": north})

    assert rows_of(as_bruno.get(TEAM))[0].sentence == "No average is shown of fewer than five sellers."


def test_goals_are_on_the_pages_of_those_whom_they_are_for(client, ana, bruno, north):
    publish()
    crowd(north, [5000] * 5)
    goal({"seller": ana.seller}, set_by=bruno)
    goal({"team": north}, target=6000)

    client.force_login(ana)
    own = client.get(reverse("my-index"))
    client.force_login(bruno)
    hers, coaching = client.get(reverse("seller", args=[ana.seller.pk])), client.get("/teams/north/coaching/")

    assert [row.target for address in (own, hers, coaching) for row in rows_of(address)] == [7000, 7000, 6000]
    assert "set by Bruno Lis" in own.text


@pytest.mark.parametrize("viewer", ["ada", "sofia", "chiara"])
def test_others_find_neither_the_goals_nor_a_way_to_take_them_back(client, ana, address, request, viewer):
    own = goal({"seller": ana.seller})
    client.force_login(request.getfixturevalue(viewer))

    answers = [
        client.get(address),
        client.post(address, said()),
        client.post(reverse("goal-withdrawal", args=[own.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Goal.objects.get().withdrawn_on is None


def test_a_goal_is_taken_back_and_set_again_by_who_set_it(as_bruno, bruno, ana, address):
    score(ana, 6000)
    own = goal({"seller": ana.seller}, set_by=bruno)

    as_bruno.post(reverse("goal-withdrawal", args=[own.pk]))
    gone = rows_of(as_bruno.get(address))
    as_bruno.post(reverse("goal-return", args=[own.pk]))

    assert gone == []
    assert [row.pk for row in rows_of(as_bruno.get(address))] == [own.pk]


def test_neither_takes_back_what_the_other_set(client, ana, bruno):
    hers = goal({"seller": ana.seller}, set_by=ana)
    his = goal({"seller": ana.seller}, set_by=bruno)

    answers = []
    for person, other in ((ana, his), (bruno, hers)):
        client.force_login(person)
        answers.append(client.post(reverse("goal-withdrawal", args=[other.pk])).status_code)

    assert answers == [404, 404]


def test_who_set_it_may_go_and_the_goal_stays(ana, bruno):
    own = goal({"seller": ana.seller}, set_by=bruno)

    bruno.delete()

    own.refresh_from_db()
    assert own.set_by is None


def test_a_sellers_goals_go_with_the_seller(ana):
    goal({"seller": ana.seller})

    ana.delete()

    assert not Goal.objects.exists()


@pytest.mark.parametrize("wrong", ["nobody", "both", "nothing", "too much"])
def test_the_database_refuses_what_is_no_goal(ana, north, wrong):
    whose = {"nobody": {}, "both": {"seller": ana.seller, "team": north}}.get(wrong, {"seller": ana.seller})
    target = {"nothing": 0, "too much": 10_001}.get(wrong, 7000)

    with pytest.raises(IntegrityError), transaction.atomic():
        goal(whose, target=target)


def test_more_goals_cost_the_same_queries(as_bruno, ana, north, address, django_assert_num_queries):
    publish()
    crowd(north, [5000] * 5)
    score(ana, 6000)
    goal({"seller": ana.seller})
    goal({"team": north})
    as_bruno.get(address)
    before = [queries_of(lambda: as_bruno.get(address)), queries_of(lambda: as_bruno.get(TEAM))]

    for back in range(1, 6):
        goal({"seller": ana.seller}, set_on=days_ago(10 * back))
        goal({"team": north}, set_on=days_ago(10 * back))

    for one, queries in zip((address, TEAM), before, strict=True):
        with django_assert_num_queries(queries):
            as_bruno.get(one)
