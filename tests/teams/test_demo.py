"""The demo organisation: plausible, the same every time, and gone without a trace."""

import io
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import F, Q

from scoring import past
from scoring.formula.pillar import score
from scoring.models import Activity, Kind, OfficialScore, Restatement, Run, Score, Tally, Trace, Upload
from scoring.rulebook import Rulebook
from teams import demo
from teams.demo import organisation, people
from teams.demo.people import names_of
from teams.models import Follow, Industry, Leave, Membership, Seller, Team, User

TODAY = date(2026, 3, 20)


def run(*args: str) -> str:
    out = io.StringIO()
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        call_command("demo", *args, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    tables = [*apps.get_models(include_auto_created=True)]
    return {model._meta.label: model._default_manager.count() for model in tables}


@pytest.fixture(autouse=True)
def no_files_left():
    """What waits for a confirmation has a file; a rollback does not take it away."""
    yield
    for path in Path(settings.UPLOADS).iterdir():
        path.unlink()


@pytest.fixture
def small(monkeypatch):
    """Nine stores of two, and three months: the same in little."""
    monkeypatch.setattr(organisation, "DAYS", 90)
    for region in people.REGIONS:
        for store in list(region.stores):
            monkeypatch.setitem(region.stores, store, 2)


def test_the_whole_organisation_is_as_one_would_expect(db):
    said = run()

    scores = list(Score.objects.on(TODAY).values_list("ssi", flat=True))
    assert Seller.objects.count() == 120
    assert (Team.objects.filter(parent=None).count(), Team.objects.exclude(parent=None).count()) == (3, 9)
    assert Team.objects.filter(parent=None, managers__is_demo=True).count() == 3
    assert 0.02 <= sum(ssi >= 7000 for ssi in scores) / len(scores) <= 0.09
    assert 0.4 <= sum(ssi < 3000 for ssi in scores) / len(scores) <= 0.6
    assert Run.objects.get().state == "complete"
    assert Score.objects.on(TODAY).filter(rank=1).exists()
    assert not Restatement.objects.exists()
    assert all(email in said and password in said for _role, email, password in demo.DEMO_LOGINS)
    seller = Seller.objects.get(user__email="seller@demo.example")
    assert 2500 <= Score.objects.of(seller).get(day=TODAY).ssi <= 5500
    assert Activity.objects.filter(seller=seller, day=TODAY).count() == 3
    assert Follow.objects.filter(follower=seller).exists()
    assert OfficialScore.objects.filter(seller=seller).count() > 10
    assert [upload.state for upload in Upload.objects.filter(seller=seller)] == ["previewed", "done"]
    assert Trace.objects.filter(seller=seller, activity__source="arch").exists()
    assert Seller.objects.filter(shown_on_boards=False).count() == 2
    assert Leave.objects.filter(first__lte=TODAY, until__gt=TODAY).exists()
    assert Industry.objects.filter(is_demo=True).count() == 4
    known = Q(network="") | Q(network__in=("linkedin", "x", "facebook", "instagram", "other"))
    assert not Activity.objects.exclude(known).exists()
    assert not Activity.objects.filter(day__gt=TODAY).exists()
    assert not Activity.objects.filter(day__gte=F("seller__left_on")).exists()
    assert_true_scores(Random(1).sample(list(Seller.objects.all()), 4))


def assert_true_scores(sellers: list[Seller]) -> None:
    formula = Rulebook().formula_on(TODAY)
    for seller in sellers:
        for row in Score.objects.of(seller).order_by("?")[:5]:
            expected = score(past.history_of(seller.pk), on=row.day, formula=formula)
            assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(expected)


def test_removing_leaves_nothing_behind(small, root):
    before = counts()

    run()
    said = run("--remove")

    assert "removed" in said
    assert counts() == before
    assert [*Path(settings.UPLOADS).iterdir()] == []
    assert "no demo" in run("--remove")


def test_beside_real_people_the_demo_touches_nothing_of_theirs(small, ana, bruno):
    Industry.objects.create(name=people.INDUSTRIES[0])
    Team.objects.create(name="Baltic (demo)", slug="baltic")
    before = counts()

    said = run()
    assert "stay as they are" in said
    assert not Run.objects.exists()
    run("--remove")

    assert counts() == before


def test_published_ranks_are_those_of_who_is_there(small, ana):
    Run.objects.create(day=TODAY, state="complete")
    Score.objects.create(
        seller=ana.seller,
        day=TODAY,
        brand=0,
        find=0,
        engage=0,
        relate=0,
        ssi=0,
        rank=1,
        position=1,
        formula_id=Rulebook().on(TODAY).pk,
    )

    run()
    assert Score.objects.of(ana.seller).get().rank > 1
    run("--remove")

    assert Score.objects.of(ana.seller).get().rank == 1


def test_a_second_demo_changes_nothing_and_says_so(small, db):
    run()
    before = counts()

    assert "already" in run()
    assert counts() == before


def test_the_same_day_brings_the_same_organisation(small, db):
    def everything() -> list:
        people = User.objects.order_by("email").values_list("email", "first_name", "last_name")
        acts = Tally.objects.order_by("seller__user__email", "day", "kind")
        ssi = Score.objects.order_by("seller__user__email", "day").values_list(
            "seller__user__email", "day", "ssi"
        )
        return [
            list(people),
            list(acts.values_list("seller__user__email", "day", "kind", "quantity")),
            list(ssi),
        ]

    run()
    first = everything()
    run("--remove")
    run()

    assert everything() == first


def test_who_is_real_and_in_a_demo_team_is_moved_first(small, ana):
    run()
    Membership.objects.filter(seller=ana.seller).update(
        team=Team.objects.filter(is_demo=True, children=None)[0]
    )

    with pytest.raises(CommandError, match="Ana Nowak"):
        run("--remove")

    assert User.objects.filter(is_demo=True).exists()


def test_real_rows_where_the_demo_would_go_are_not_touched(db):
    User.objects.create_user("somebody@demo.example")

    with pytest.raises(CommandError, match=r"demo\.example"):
        run()

    assert not Team.objects.exists()


def test_every_name_and_address_is_there_once():
    for region in people.REGIONS:
        addresses = [people.address(*name) for name in names_of(region, Random(1))]

        assert len(set(addresses)) == len(addresses)
        assert all(address.isascii() for address in addresses)


def test_the_year_knows_only_kinds_of_the_catalogue(db):
    from teams.demo.year import REFERENCE_WEEK

    assert set(REFERENCE_WEEK) == set(Kind.objects.filter(nature="event").values_list("code", flat=True))
