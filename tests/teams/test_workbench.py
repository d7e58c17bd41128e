"""The workbench of formulas: what administrators see before they decide."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from scoring import trials
from scoring.models import Formula, Trial
from scoring.models.trial import TrialState
from scoring.rulebook import pure
from scoring.trials.numbers import changes, numbers_of
from teams.models import Membership, Team
from teams.trial_page import trial_page
from tests.cast import seller
from tests.moments import NOON, TODAY, days_ago
from tests.scoring.tried import HIDDEN, draft_of_another, people_with_history, tried
from tests.teams.costs import queries_of
from tests.teams.crowd import crowd, publish

FORMULAS = reverse("formulas")


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def as_root(client, root):
    client.force_login(root)
    return client


@pytest.fixture
def staff(north, south):
    return people_with_history(north, south)


@pytest.fixture
def draft(db):
    return draft_of_another()


def url(formula, query=""):
    return reverse("formula-trial", args=[formula.pk]) + query


def page_of(formula, **asked):
    return trial_page(formula, **{"team": "", "order": "", "page": "", **asked}, today=TODAY)


def test_formulas_are_listed_by_what_they_are(as_root, draft):
    coming = draft.copy(name="From Monday", by=None)
    coming.put_in_force(TODAY + timedelta(days=3), today=TODAY)
    older = draft.copy(name="Of the summer", by=None)
    older.put_in_force(days_ago(90), today=days_ago(91))
    newer = draft.copy(name="Of today", by=None)
    newer.put_in_force(days_ago(2), today=days_ago(3))

    page = as_root.get(FORMULAS).context["page"]

    assert page.in_force.formula == newer
    assert {(row.formula.name, row.state) for row in page.open} == {
        ("Slower", "draft"),
        ("From Monday", "coming"),
    }
    assert older in [row.formula for row in page.past]


def test_who_may_change_no_formula_finds_neither_page(client, draft, bruno, ana):
    for person in (bruno, ana):
        client.force_login(person)

        assert client.get(FORMULAS).status_code == client.get(url(draft)).status_code == 404
        assert client.post(url(draft)).status_code == 404
    assert not Trial.objects.exists()


def test_it_says_which_numbers_are_others(as_root, draft):
    text = as_root.get(url(draft)).text

    told = {row.label: (row.before, row.after) for row in page_of(draft).numbers}
    assert told["Half-life in days"] == ("30", "45")
    assert told["Points that halve the gap: Finding the right people"] == ("400", "300")
    assert told["Substantive comment on another's post: cap"][1] == "3 a week"
    assert len(told) == len(
        list(changes(numbers_of(pure(Formula.objects.earliest("pk"))), numbers_of(pure(draft))))
    )
    assert "45" in text


def test_a_copy_has_nothing_different(as_root, draft):
    same = Formula.objects.earliest("pk").copy(name="The same", by=None)

    assert "it has the numbers of the formula in force" in as_root.get(url(same)).text


def test_a_post_begins_a_trial_and_the_page_waits_for_it(as_root, root, staff, draft):
    response = as_root.post(url(draft))

    trial = Trial.objects.get()
    assert response.url == url(draft)
    assert (trial.state, trial.asked_by, trial.sellers) == (TrialState.RUNNING, root, len(staff) - 1)
    waiting = as_root.get(url(draft)).text
    assert "0 of 6 sellers" in waiting
    assert 'hx-trigger="every 2s"' in waiting


def test_what_cannot_be_tried_is_said(as_root, draft):
    response = as_root.post(url(draft), follow=True)

    assert "nothing to compare with before the first night" in response.text
    assert not Trial.objects.exists()


def test_what_it_found_is_told_to_the_hundredth(as_root, staff, draft):
    trial = tried(draft)

    text, outcome = as_root.get(url(draft)).text, page_of(draft).outcome

    rows = list(trial.scores.all())
    assert outcome.after == round(sum(row.after for row in rows) / len(rows))
    assert outcome.n == len(rows)
    assert (outcome.rise, outcome.fall) == (
        sum(row.after > row.before for row in rows),
        sum(row.after < row.before for row in rows),
    )
    assert sum(band.after for band in outcome.bands) == len(rows)
    assert [row.pk for row in outcome.sellers] == list(
        trial.scores.order_by("-moved", "seller_id").values_list("seller", flat=True)
    )
    assert f"{outcome.after / 100:.2f}" in text
    assert 'hx-trigger="every 2s"' not in text


def test_who_moves_is_told_by_team_and_then_by_seller(as_root, staff, draft, north, south):
    below = Team.objects.create(name="Store", slug="store", parent=north)
    Membership.objects.filter(seller=staff[1]).update(team=below)
    staff[1].scores.filter(day=TODAY).update(team=below)
    trial = tried(draft)

    page = page_of(draft)
    inside = page_of(draft, team="north")

    rows = {team.name: team for team in page.outcome.teams}
    assert set(rows) == {"North", "South"}
    of_north = trial.scores.filter(team__in=[north, below])
    assert rows["North"].n == of_north.count() == len(inside.outcome.sellers)
    assert rows["North"].before == round(sum(row.before for row in of_north) / of_north.count())
    assert [team.name for team in inside.outcome.teams] == ["Store"]
    assert [link.label for link in inside.above] == ["Everybody", "North"]
    assert {row.pk for row in inside.outcome.sellers} == set(of_north.values_list("seller", flat=True))
    assert "Who moves in North" in as_root.get(url(draft, "?team=north")).text


@pytest.mark.parametrize(
    ("order", "key"), [("rise", lambda row: -row.change), ("fall", lambda row: row.change)]
)
def test_sellers_are_put_in_the_order_that_is_asked_for(staff, draft, order, key):
    tried(draft)

    rows = page_of(draft, order=order).outcome.sellers

    assert [row.change for row in rows] == [row.change for row in sorted(rows, key=key)]


def test_nonsense_in_the_address_shows_everything(as_root, staff, draft):
    tried(draft)

    response = as_root.get(url(draft, "?team=nowhere&order=sideways&page=900"))

    assert response.status_code == 200
    assert len(response.context["page"].outcome.sellers) == len(staff) - 1


def test_places_say_who_overtakes_whom(staff, draft):
    tried(draft)

    rows = {row.pk: row for row in page_of(draft).outcome.sellers}

    assert rows[staff[HIDDEN].pk].places == "–"
    moved = [row for row in rows.values() if row.places not in ("–", "0")]
    assert any(row.places.startswith("+") for row in moved)
    assert any(row.places.startswith("−") for row in moved)


def test_a_trial_of_other_numbers_says_that_it_is_out_of_date(as_root, staff, draft):
    tried(draft)
    assert "numbers were changed since" not in as_root.get(url(draft)).text

    draft.gap_relate = 99
    draft.save()

    assert "numbers were changed since" in as_root.get(url(draft)).text


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_trial_reaches_a_board_before_the_day(as_root, client, staff, draft, bruno):
    client.force_login(bruno)
    board = reverse("leaderboard", args=["north"])
    version = client.get(board).context["version"]

    tried(draft)

    poll = client.get(board, {"v": version}, headers={"HX-Request": "true", "HX-Target": "places"})
    assert poll.status_code == 204
    assert "Slower" not in client.get(board).text


def test_twice_the_sellers_cost_the_same_queries(as_root, north, draft):
    publish()
    crowd(north, [1000, 2000, 3000])
    tried(draft)
    few = queries_of(lambda: as_root.get(url(draft)))
    for n in range(6):
        user = seller(f"more{n}", "More", str(n), team=Team.objects.create(name=f"T{n}", slug=f"t{n}"))
        user.seller.scores.create(
            day=TODAY, brand=1, find=1, engage=1, relate=1, ssi=1, formula=Formula.objects.earliest("pk")
        )
    tried(draft)

    assert queries_of(lambda: as_root.get(url(draft))) == few


def test_a_trial_whose_sellers_are_all_gone_has_a_page(as_root, staff, draft):
    trial = trials.ask(draft, by=None, now=NOON, today=TODAY)
    for one in staff:
        one.delete()
    assert trials.work(trial.pk) is False

    response = as_root.get(url(draft))

    assert response.status_code == 200
    assert response.context["page"].outcome is None


def test_the_administration_leads_to_the_trial(as_root, draft):
    page = as_root.get(reverse("admin:scoring_formula_change", args=[draft.pk])).text

    assert url(draft) in page
    assert FORMULAS in as_root.get(url(draft)).text


def test_a_trial_that_is_refused_leaves_the_earlier_one(as_root, staff, draft):
    trial = tried(draft)
    draft.put_in_force(TODAY + timedelta(days=1), today=TODAY)
    with time_machine.travel(NOON + timedelta(days=2), tick=False), pytest.raises(trials.NotToBeTried):
        trials.ask(draft, by=None, now=NOON, today=TODAY + timedelta(days=2))

    assert Trial.objects.get().pk == trial.pk
