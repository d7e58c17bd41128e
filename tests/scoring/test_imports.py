"""What is the same act: scoring.md's "Identity", through the command that people use."""

import io
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from scoring import intake, past
from scoring.formula.pillar import score
from scoring.models import Activity, Holding, Kind, Restatement, Score, Tally
from scoring.rulebook import Rulebook

TODAY = date(2026, 3, 20)
DAY = date(2026, 3, 2)
HEADER = "seller,kind,day,until,quantity,network,link,note"


@pytest.fixture(autouse=True)
def _on_a_day_in_march():
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        yield


@pytest.fixture
def imported(tmp_path):
    """Import rows and give what the command said, as a dictionary."""

    def do(*rows: str, header: str = HEADER, **options) -> dict[str, int]:
        file = tmp_path / "rows.csv"
        file.write_text("\n".join([header, *rows]), encoding="utf-8")
        out = io.StringIO()
        call_command("import_activities", str(file), stdout=out, **options)
        return {label: int(n) for label, n in (line.rsplit(": ", 1) for line in out.getvalue().splitlines())}

    return do


def entry(kind: str = "comment_posted", day: date = DAY, **said) -> intake.Entry:
    return intake.Entry(kind=Kind.objects.get(code=kind), day=day, **said)


def logged(user, **said) -> Activity:
    return intake.record(user.seller.pk, entry(**said), token=uuid4(), today=TODAY)


ROW = "ana@example.com,comment_posted,2026-03-02,,1,,,"


def scores_are_true(user) -> bool:
    history = past.history_of(user.seller.pk)
    formula = Rulebook().formula_on(TODAY)
    rows = Score.objects.of(user.seller).order_by("day")
    return rows.exists() and all(
        tuple(getattr(row, part) for part in Score.PARTS)
        == tuple(score(history, on=row.day, formula=formula))
        for row in rows
    )


def test_rows_are_taken_in_counted_and_scored(ana, imported):
    said = imported(ROW, "ANA@example.com,comment_posted,2026-03-02,,4,linkedin,https://example.com/p,Nice")

    assert said["new"] == 2
    assert Tally.objects.get().quantity == 5
    assert Score.objects.of(ana.seller).get(day=TODAY).ssi > 0
    assert scores_are_true(ana)
    assert not Restatement.objects.exists()


def test_only_three_columns_are_needed_in_any_order(ana, imported):
    said = imported("2026-03-02,ana@example.com,comment_posted", header="day,seller,kind")

    assert said["new"] == 1
    assert Activity.objects.get().quantity == 1


def test_a_file_imported_twice_adds_nothing_and_two_equal_rows_count_twice(ana, imported):
    imported(ROW, ROW)

    said = imported(ROW, ROW)

    assert (said["new"], said["known"]) == (0, 2)
    assert Tally.objects.get().quantity == 2


def test_overlapping_files_add_only_what_is_new(ana, imported):
    imported(ROW)

    said = imported(ROW, ROW)

    assert (said["new"], said["known"]) == (1, 1)


def test_an_entry_by_hand_is_taken_over_and_a_later_one_is_a_new_act(ana, imported):
    logged(ana, note="by hand")

    said = imported(ROW)
    logged(ana)
    again = imported(ROW)

    assert (said["taken over from an entry by hand"], said["new"]) == (1, 0)
    assert (again["known"], again["new"]) == (1, 0)
    assert Tally.objects.get().quantity == 2


def test_a_deleted_act_is_reported_and_not_revived(ana, imported):
    imported(ROW)
    intake.delete(Activity.objects.get(), now=now(), today=TODAY)
    by_hand = logged(ana, quantity=7)
    intake.delete(by_hand, now=now(), today=TODAY)

    said = imported(ROW, ROW.replace(",1,", ",7,"))

    assert (said["deleted before, not revived"], said["new"]) == (2, 0)
    assert not Tally.objects.exists()


def test_an_edited_act_is_still_the_row_that_it_came_from(ana, imported):
    imported(ROW)
    intake.change(Activity.objects.get(), entry(quantity=9), today=TODAY)

    said = imported(ROW)

    assert (said["known"], said["new"]) == (1, 0)
    assert Tally.objects.get().quantity == 9


def test_one_of_two_equal_rows_edited_is_found_again_in_ones_own_export(ana, imported):
    imported(ROW, ROW)
    intake.change(Activity.objects.order_by("occurrence")[0], entry(quantity=9), today=TODAY)

    for rows in ([ROW, ROW.replace(",1,", ",9,")], [ROW.replace(",1,", ",9,"), ROW]):
        assert imported(*rows)["new"] == 0


def test_an_act_of_somebody_else_is_another_act(ana, ada, imported):
    imported(ROW)

    assert imported(ROW.replace("ana", "ada"))["new"] == 1


def test_a_standing_row_begins_a_holding_and_later_moves_its_end(ana, imported):
    row = "ana@example.com,profile_photo,2026-03-01,{},,,,"

    made, same, ended, open_again = (imported(row.format(until)) for until in ("", "", "2026-03-10", ""))

    assert made["standing items, new"] == 1
    assert same["standing items, unchanged"] == 1
    assert ended["standing items, updated"] == 1
    assert open_again["standing items, updated"] == 1
    assert Holding.objects.get().until is None
    assert scores_are_true(ana)


def test_an_ended_holding_restates_from_the_day_that_it_ended(ana, imported):
    imported("ana@example.com,profile_photo,2026-03-01,,,,,")

    imported("ana@example.com,profile_photo,2026-03-01,2026-03-10,,,,")

    by_day = dict(Score.objects.of(ana.seller).values_list("day", "brand"))
    assert by_day[date(2026, 3, 9)] > 0
    assert by_day[date(2026, 3, 10)] == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "nobody@example.com,comment_posted,2026-03-02,,1,,,",
            "line 2, seller “nobody@example.com”: No seller",
        ),
        ("ana@example.com,juggling,2026-03-02,,1,,,", "kind “juggling”: There is no such kind"),
        ("ana@example.com,comment_posted,2026-03-21,,1,,,", "day “2026-03-21”: That day has not come yet."),
        ("ana@example.com,comment_posted,1989-12-31,,1,,,", "That date is too far back to be right."),
        ("ana@example.com,comment_posted,2026-02-29,,1,,,", "This is not a day; write it as 2026-11-22."),
        ("ana@example.com,comment_posted,20260302,,1,,,", "This is not a day"),
        ("ana@example.com,comment_posted,2026-03-02,2026-03-05,1,,,", "Only a standing item has an end"),
        (
            "ana@example.com,comment_posted,2026-03-02,,0,,,",
            "quantity “0”: A quantity is a whole number from 1 to 1000.",
        ),
        ("ana@example.com,comment_posted,2026-03-02,,1001,,,", "A quantity is a whole number"),
        ("ana@example.com,comment_posted,2026-03-02,,²,,,", "A quantity is a whole number"),
        (
            "ana@example.com,comment_posted,2026-03-02,,1,myspace,,",
            "network “myspace”: The networks are linkedin",
        ),
        ("ana@example.com,comment_posted,2026-03-02,,1,,javascript:alert(1),", "http:// or https://"),
        ("ana@example.com,comment_posted,2026-03-02,,1,,HTTPS://example.com,", "http:// or https://"),
        ("ana@example.com,comment_posted,2026-03-02,,1,,https://,", "This is not a web address."),
        (f"ana@example.com,comment_posted,2026-03-02,,1,,,{'x' * 501}", "The note is too long"),
        ("ana@example.com,profile_photo,2026-03-02,2026-03-02,,,,", "A standing item lasts a day at least."),
        ("ana@example.com,profile_photo,2026-03-02,,3,,,", "The quantity of a standing item is always 1."),
        ("ana@example.com,profile_photo,2026-03-02,,,x,,", "Leave this empty for a standing item."),
        ("ana@example.com,comment_posted", "line 2: The row has 2 cells, the header has 8."),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_written(ana, imported, row, said):
    err = io.StringIO()

    with pytest.raises(CommandError, match="Nothing was imported"):
        imported(row, ROW, stderr=err)

    assert said in err.getvalue()
    assert not Activity.objects.exists()


def test_every_bad_cell_of_a_row_is_named_and_the_rest_can_be_taken_in(ana, imported):
    err = io.StringIO()

    said = imported("x@example.com,juggling,soon,,0,,,", ROW, skip_bad=True, stderr=err)

    assert [line.split("“")[0] for line in err.getvalue().splitlines()] == [
        f"line 2, {column} " for column in ("seller", "kind", "day", "quantity")
    ]
    assert (said["new"], said["skipped"]) == (1, 1)


def test_a_thousand_faults_are_shown_and_the_others_counted(ana, imported):
    err = io.StringIO()

    with pytest.raises(CommandError):
        imported(*["ana@example.com,juggling,2026-03-02,,1,,,"] * 1005, stderr=err)

    assert len(err.getvalue().splitlines()) == 1001
    assert "not shown: 5" in err.getvalue()


def test_what_fails_half_way_leaves_nothing(ana, imported, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("scoring.restating.ask", interrupt)

    with pytest.raises(CommandError, match="nothing was imported") as caught:
        imported(ROW)

    assert caught.value.returncode == 130
    assert not Activity.objects.exists()
    assert not Tally.objects.exists()


def test_the_standard_input_is_a_file_too(ana, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(f"{HEADER}\n{ROW}\n".encode())))

    call_command("import_activities", "-", stdout=io.StringIO())

    assert Activity.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"seller,kind\n", b"\xff\xfe", b"seller,kind,day,colour\n"])
def test_a_file_that_is_no_such_table_is_one_sentence(db, tmp_path, content):
    file = tmp_path / "rows.csv"
    file.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("import_activities", str(file))


def test_a_missing_file_is_one_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_activities", str(Path(tmp_path, "none.csv")))


def test_twice_the_known_rows_cost_the_same_queries(ana, ada, imported, django_assert_num_queries):
    rows = [
        f"{name}@example.com,people_search,{DAY - timedelta(days=n)},,{n + 1},,,"
        for n in range(20)
        for name in ("ana", "ada")
    ]
    imported(*rows)
    with CaptureQueriesContext(connection) as for_half:
        imported(*rows[:20])

    with django_assert_num_queries(len(for_half)):
        imported(*rows)
