"""An organisation of any size: whole or not there, like the demo in shape, and the same every time."""

import io
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count, F, Max, Sum

from scoring import audit
from scoring.identity import content_digest
from scoring.models import Activity, Holding, PillarSum, Run, Score, Tally
from scoring.rulebook import Rulebook
from teams import freshness, load
from teams.models import Industry, Leave, Membership, Seller, Team, User

TODAY = date(2026, 3, 20)
FIRST = date(2026, 2, 19)  # of 30 days


def run(*args: str, sellers: int = 300, days: int = 30) -> str:
    out = io.StringIO()
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        call_command("generate_load", f"--sellers={sellers}", f"--days={days}", *args, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def layout() -> list[Any]:
    """All indexes, constraints and triggers as the database itself words them."""
    postgresql = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable::text
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL
        SELECT indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid),
            indisprimary::text || indisunique::text || indisvalid::text
        FROM pg_index WHERE indrelid::regclass::text !~ '^pg_'
        ORDER BY 1, 2, 3
    """
    sqlite = "SELECT tbl_name, name, sql FROM sqlite_master ORDER BY 1, 2"
    with connection.cursor() as cursor:
        cursor.execute(postgresql if connection.vendor == "postgresql" else sqlite)
        return cursor.fetchall()


def test_a_site_that_runs_already_shows_it(db, django_capture_on_commit_callbacks):
    names = (freshness.PEOPLE, freshness.TREE)
    known = freshness.read(*names)
    assert known.keep()

    with django_capture_on_commit_callbacks(execute=True):
        run()

    after = freshness.read(*names).numbers
    assert [name for name in names if after[name] == known.numbers[name]] == []


def test_the_whole_organisation_is_as_one_would_expect(db):
    said = run(sellers=2000, days=60)

    assert Seller.objects.count() == 2000
    regions = Team.objects.filter(parent=None)
    districts = Team.objects.filter(parent__in=regions)
    stores = Team.objects.filter(parent__in=districts)
    assert (regions.count(), districts.count(), stores.count()) == (1, 3, 50)
    sizes = stores.annotate(n=Count("memberships")).values_list("n", flat=True)
    assert 10 <= min(sizes) < 40 < max(sizes) <= 120
    assert not User.objects.filter(is_demo=False).exists()
    assert not Team.objects.filter(is_demo=False).exists()
    in_industry = Industry.objects.annotate(n=Count("seller")).order_by("-n").values_list("n", flat=True)
    assert len(in_industry) == 20
    assert in_industry[0] > 5 * in_industry[19] > 0
    scores = list(Score.objects.on(TODAY).values_list("ssi", flat=True))
    assert 0.0 < sum(ssi >= 7000 for ssi in scores) / len(scores) <= 0.09
    assert 0.4 <= sum(ssi < 3000 for ssi in scores) / len(scores) <= 0.7
    assert Run.objects.get().state == "complete"
    assert Score.objects.on(TODAY).filter(rank=1).exists()
    assert 20 <= Seller.objects.filter(shown_on_boards=False).count() <= 60
    assert 60 <= Leave.objects.count() <= 140
    assert 30 <= Seller.objects.exclude(left_on=None).count() <= 75
    assert Membership.objects.exclude(until=None).exists()
    assert not Seller.objects.filter(joined_on__gte=date(2026, 1, 20)).exists()
    assert not Activity.objects.filter(day__gt=TODAY).exists()
    assert not Activity.objects.filter(day__gte=F("seller__left_on")).exists()
    assert not Activity.objects.filter(
        seller__leaves__first__lte=F("day"), seller__leaves__until__gt=F("day")
    ).exists()
    assert all(email in said and password in said for _role, email, password in load.DEMO_LOGINS)


def test_tallies_activities_and_scores_agree(db):
    run()

    rules = Rulebook()
    for seller in Random(1).sample(list(Seller.objects.values_list("pk", flat=True)), 12):
        found = list(audit.differences(seller, rules=rules, today=TODAY))
        # No older night was there: its scores are missing, and the newest has no change in a week.
        assert [d for d in found if d.what != "score"] == []
    assert Tally.objects.filter(day=FIRST).exists()
    assert not Tally.objects.filter(day__lt=FIRST).exists()
    assert PillarSum.objects.count() == 300


def test_what_came_in_is_known_when_it_comes_again(db):
    run()

    assert Activity.objects.exclude(link="").exists()
    assert Activity.objects.exclude(note="").exists()
    for act in Activity.objects.select_related("kind").order_by("?")[:50]:
        said = {name: getattr(act, name) for name in ("day", "quantity", "network", "link")}
        assert act.content == content_digest(kind=act.kind.code, **said)
        assert act.network in act.kind.network_codes


def test_who_signs_in_can_and_all_others_cannot(db):
    run(sellers=60)

    for role, email, password in load.DEMO_LOGINS:
        user = User.objects.get(email=email)
        assert user.check_password(password)
        assert (role == "administrator") == user.is_superuser
    assert User.objects.get(email="manager@demo.example").managed_teams.get().parent is None
    seller = Seller.objects.get(user__email="seller@demo.example")
    assert seller.shown_on_boards
    assert seller.left_on is None
    names = [email for _role, email, _password in load.DEMO_LOGINS]
    others = list(User.objects.exclude(email__in=names))
    assert len(others) == 59
    assert not any(user.has_usable_password() for user in others)
    assert all(user.email.endswith("@load.example") for user in others)
    assert set(Seller.objects.values_list("user__groups__name", flat=True)) == {"Seller"}


def test_activities_may_be_written_of_the_newest_days_only(db):
    run("--no-scores")
    tallies = tallied()
    whole = Activity.objects.count()
    empty()

    run("--no-scores", "--activities-days=2")

    assert tallied() == tallies
    assert 0 < Activity.objects.count() < whole / 5
    assert not Activity.objects.filter(day__lt=date(2026, 3, 19)).exists()
    newest = Tally.objects.filter(day__gte=date(2026, 3, 19))
    assert newest.count() == Activity.objects.count()
    assert newest.aggregate(Sum("quantity")) == Activity.objects.aggregate(Sum("quantity"))


def tallied() -> list[tuple[Any, ...]]:
    acts = Tally.objects.order_by("seller__user__email", "day", "kind")
    return list(acts.values_list("seller__user__email", "day", "kind", "quantity"))


def empty() -> None:
    for model in (Score, PillarSum, Tally, Activity, Holding, Membership, Leave, Seller, User, Run, Industry):
        model._default_manager.all().delete()
    while Team.objects.filter(children=None).delete()[0]:
        continue


def test_the_same_day_brings_the_same_organisation(db):
    def everything() -> list[Any]:
        people = Seller.objects.order_by("user__email")
        return [
            list(
                people.values_list("user__email", "user__last_name", "title", "industry__name", "joined_on")
            ),
            list(people.values_list("user__email", "memberships__team__slug", "leaves__first", "left_on")),
            list(
                Holding.objects.order_by("seller__user__email", "kind").values_list("kind", "first", "until")
            ),
            list(Activity.objects.order_by("content", "note").values_list("content", "note")),
            tallied(),
        ]

    run("--no-scores")
    first = everything()
    empty()
    run("--no-scores")

    assert everything() == first


def test_a_database_with_sellers_is_left_alone(ana):
    before = counts()

    with pytest.raises(CommandError, match="DATABASE_URL"):
        run()

    assert counts() == before


def test_somebody_who_administers_it_already_stays(root):
    run("--no-scores", sellers=40)

    assert User.objects.filter(pk=root.pk, is_demo=False).exists()
    assert Seller.objects.count() == 40


@pytest.mark.parametrize("wrong", ["--sellers=0", "--sellers=many", "--days=1", "--told=2", "--told=a"])
def test_a_size_that_cannot_be_is_refused(db, wrong):
    with pytest.raises(CommandError, match="wanted"):
        run(wrong)


@pytest.mark.django_db(transaction=True)
def test_indexes_and_constraints_come_back_as_they_were():
    before = layout()

    run("--no-scores", sellers=40)

    assert layout() == before
    newest = Seller.objects.aggregate(newest=Max("pk"))["newest"]
    user = User.objects.create_user("next@example.org")
    assert Seller.objects.create(user=user, joined_on=TODAY).pk > newest


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", ["load", "indexes"])
def test_an_interrupted_load_leaves_nothing(monkeypatch, step):
    before, layout_before = counts(), layout()

    def interrupted(items, what):
        yield from list(items)[: 1 if what == step else None]
        if what == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load.fill(sellers=40, days=10, today=TODAY, now=datetime(2026, 3, 20).astimezone(), track=interrupted)

    assert counts() == before
    assert layout() == layout_before
