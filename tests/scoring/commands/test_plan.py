"""`manage.py plan`: what is to be done, and a promise that doing it keeps."""

import csv
import io
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command

from scoring import intake
from scoring.models import Kind, Score
from ssi_dashboard import clock
from teams.models import Leave, Seller
from tests.moments import NOON, TODAY, days_ago


@pytest.fixture
def travel():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lively(ana, travel):
    for code, back, quantity in [
        ("comment_posted", 30, 12),
        ("article_published", 5, 2),
        ("message_sent", 2, 3),
        ("course_completed", 9, 1),
    ]:
        log(ana.seller.pk, code, days_ago(back), quantity)
    intake.hold(ana.seller.pk, Kind.objects.get(code="profile_photo"), first=days_ago(50), today=TODAY)
    Leave.objects.create(seller=ana.seller, first=TODAY + timedelta(days=2), until=TODAY + timedelta(days=4))
    return ana.seller


def log(seller_id, code, day, quantity):
    entry = intake.Entry(Kind.objects.get(code=code), day, quantity=quantity)
    intake.record(seller_id, entry, token=uuid.uuid4(), today=clock.today())


def planned(*args):
    """The rows to do, and the index with and without them, in hundredths."""
    out, err = io.StringIO(), io.StringIO()
    call_command("plan", "ana@example.com", *args, "--csv", stdout=out, stderr=err)
    *todo, predicted, idle = csv.DictReader(io.StringIO(out.getvalue()))
    assert (predicted["day"], idle["day"]) == ("predicted", "idle")
    return todo, *(int(Decimal(row["gain"]) * 100) for row in (predicted, idle)), err.getvalue()


def do(seller_id, todo, travel, *, days):
    """Live the days one by one, and log exactly what stands in the file."""
    for ahead in range(1, days + 1):
        travel.move_to(NOON + timedelta(days=ahead))
        for row in todo:
            if row["day"] == clock.today().isoformat():
                kind = Kind.objects.get(code=row["kind"])
                if kind.is_standing:
                    intake.hold(seller_id, kind, first=clock.today(), today=clock.today())
                else:
                    log(seller_id, row["kind"], clock.today(), int(row["times"]))


@pytest.mark.parametrize(
    ("args", "days"),
    [
        (["--minutes", "60", "--days", "7"], 7),
        (["--minutes", "600", "--days", "15"], 15),
        (["--target", "25"], 7),
        (["--target", "99", "--days", "10"], 10),
    ],
)
def test_doing_exactly_what_the_file_says_ends_at_the_predicted_index(lively, travel, args, days):
    todo, predicted, idle, _said = planned("--on", str(TODAY), *args)

    do(lively.pk, todo, travel, days=days)
    call_command("recompute", stdout=io.StringIO())

    last = TODAY + timedelta(days=days)
    assert Score.objects.get(seller=lively, day=last).ssi == predicted > idle


def test_doing_nothing_ends_at_the_idle_index(lively, travel):
    _todo, _predicted, idle, _said = planned("--on", str(TODAY))

    travel.move_to(NOON + timedelta(days=7))
    call_command("recompute", stdout=io.StringIO())

    assert Score.objects.get(seller=lively, day=TODAY + timedelta(days=7)).ssi == idle


def test_gains_add_up_and_minutes_stay_within_the_budget(lively):
    todo, predicted, idle, said = planned("--minutes", "90")

    assert sum(int(Decimal(row["gain"]) * 100) for row in todo) == predicted - idle
    assert 0 < sum(int(row["minutes"]) for row in todo) <= 90
    assert all(TODAY < date.fromisoformat(row["day"]) <= TODAY + timedelta(days=7) for row in todo)
    assert said == ""


def test_the_header_is_the_one_that_was_promised(lively):
    out = io.StringIO()

    call_command("plan", "ana@example.com", "--on", str(TODAY), "--csv", stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == "day,kind,times,minutes,gain"
    assert [line.rpartition(",")[0] for line in lines[-2:]] == ["predicted,,,", "idle,,,"]


def test_a_target_is_reached_for_less_or_it_is_said_what_the_best_is(lively):
    _todo, predicted, _idle, said = planned("--target", "20.5")
    assert predicted >= 2050
    assert said == ""

    _todo, best, _idle, said = planned("--target", "99")

    assert said.strip() == (f"The caps do not allow 99.00 by 27 November 2026; {best / 100:.2f} is the best.")


def test_kinds_that_are_not_wanted_are_not_planned(lively):
    kinds = {row["kind"] for row in planned("--minutes", "300")[0]}
    unwanted = sorted(kinds)[:2]

    without = {row["kind"] for row in planned("--minutes", "300", "--without", ", ".join(unwanted))[0]}

    assert without
    assert not without & set(unwanted)


def test_a_plan_from_a_past_day_knows_only_what_was_done_by_then(lively):
    before = planned("--on", str(days_ago(8)))

    log(lively.pk, "meeting_booked", days_ago(3), 1)

    assert planned("--on", str(days_ago(8))) == before


def test_without_csv_it_is_a_table_in_words(lively):
    out = io.StringIO()

    call_command("plan", "ana@example.com", "--target", "99", stdout=out)

    lines = out.getvalue().splitlines()
    assert any("Headline says whom you help" in line for line in lines)
    assert "the index with this plan" in lines[-3]
    assert "the index if nothing is done" in lines[-2]
    assert lines[-1].startswith("The caps do not allow 99.00")


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["--on", "2026-11-21"], "not come yet"),
        (["--on", "2026-11-19"], "left on"),
        (["--days", "0"], "1 to 184 days"),
        (["--days", "185"], "1 to 184 days"),
        (["--minutes", "-1"], "A week has"),
        (["--without", "comment_posted,nonsense"], "no such kind: nonsense"),
        (["--target", "seventy"], "is no index"),
        (["--target", "70.123"], "is no index"),
        (["--target", "nan"], "is no index"),
        (["--target", "100.01"], "is no index"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(ana, travel, args, why):
    Seller.objects.filter(user=ana).update(left_on=date(2026, 11, 19))

    with pytest.raises(CommandError, match=why):
        call_command("plan", "ana@example.com", *args)
