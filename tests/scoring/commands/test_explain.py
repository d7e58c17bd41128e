"""`manage.py explain`: lines of a file that add up, and a table for people."""

import csv
import io
import uuid
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command

from scoring import intake
from scoring.models import Kind, Score
from teams.models import Seller
from tests.moments import NOON, TODAY, days_ago


@pytest.fixture(autouse=True)
def _on_a_day_in_november():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def lively(ana):
    for code, back, quantity in [
        ("comment_posted", 30, 12),
        ("article_published", 8, 2),
        ("article_published", 4, 1),
        ("message_sent", 2, 3),
        ("meeting_booked", 0, 1),
    ]:
        entry = intake.Entry(Kind.objects.get(code=code), days_ago(back), quantity=quantity)
        intake.record(ana.seller.pk, entry, token=uuid.uuid4(), today=TODAY)
    photo = Kind.objects.get(code="profile_photo")
    intake.hold(ana.seller.pk, photo, first=days_ago(50), today=TODAY)
    intake.release(ana.seller.pk, photo, on=days_ago(1), today=TODAY)
    intake.hold(ana.seller.pk, Kind.objects.get(code="profile_about"), first=days_ago(3), today=TODAY)
    gone = intake.record(
        ana.seller.pk,
        intake.Entry(Kind.objects.get(code="people_search"), days_ago(3)),
        token=uuid.uuid4(),
        today=TODAY,
    )
    intake.delete(gone, now=NOON, today=TODAY)
    return ana.seller


def explained(*args):
    out = io.StringIO()
    call_command("explain", *args, stdout=out)
    return out.getvalue()


def test_the_file_adds_up_to_the_stored_scores(lively):
    first, last = days_ago(6), TODAY

    text = explained("Ana@example.com", "--from", str(first), "--to", str(last), "--csv")

    found = list(csv.DictReader(io.StringIO(text)))
    assert text.startswith("part,kind,day,amount\nopening,,2026-11-14,")
    assert [row["part"] for row in found if row["part"] not in ("faded", "added")] == [
        *("opening", "lost", "gained", "removed", "closing"),
    ]
    amounts = [Decimal(row["amount"]) for row in found]
    assert sum(amounts[:-1]) == amounts[-1]
    assert all(amount.as_tuple().exponent == -2 for amount in amounts)
    stored = dict(Score.objects.of(lively).values_list("day", "ssi"))
    assert (amounts[0] * 100, amounts[-1] * 100) == (stored[first], stored[last])
    assert {(row["kind"], row["day"]) for row in found if row["part"] == "faded"} == {
        ("article_published", ""),
        ("comment_posted", ""),
    }


def test_what_is_lost_is_below_zero_and_no_spreadsheet_guard_stands_before_it(lively):
    text = explained("ana@example.com", "--from", str(days_ago(6)), "--to", str(TODAY), "--csv")

    assert f"lost,profile_photo,{days_ago(1)},-" in text
    assert "'" not in text


def test_without_csv_it_is_a_table_in_words(lively):
    text = explained("ana@example.com", "--from", str(days_ago(6)), "--to", str(TODAY))

    lines = text.splitlines()
    assert lines[0].startswith("Opening index") and lines[-1].startswith("Closing index")  # noqa: PT018
    assert "Professional photo in place" in text
    assert len({len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    ("args", "why"),
    [
        (["nobody@example.com", "--from", "2026-11-01", "--to", "2026-11-02"], "No seller"),
        (["ana@example.com", "--from", "2026-11-03", "--to", "2026-11-02"], "before the first"),
        (["ana@example.com", "--from", "2026-11-03", "--to", "2026-11-22"], "not come yet"),
        (["ana@example.com", "--from", "2026-11-01", "--to", "2026-11-19"], "had left"),
        (["ana@example.com", "--from", "today", "--to", "2026-11-19"], "no day"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(ana, args, why):
    Seller.objects.filter(user=ana).update(left_on=date(2026, 11, 19))

    with pytest.raises(CommandError, match=why):
        explained(*args)
