"""What goes out: scores by rank, and a log that changes nothing when it comes back."""

import csv
import io
import random
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils.timezone import now

from scoring import intake
from scoring.models import Activity, Holding, Kind, Score, Tally
from teams.models import Seller, Team

TODAY = date(2026, 3, 20)
KINDS = ("comment_posted", "people_search", "message_sent")


@pytest.fixture(autouse=True)
def _on_a_day_in_march():
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        yield


def exported(command: str, *args: str, **options) -> list[dict[str, str]]:
    out = io.StringIO()
    call_command(command, *args, stdout=out, **options)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def log(user, kind: str = "comment_posted", *, day: date = TODAY, **said) -> Activity:
    entry = intake.Entry(kind=Kind.objects.get(code=kind), day=day, **said)
    return intake.record(user.seller.pk, entry, token=uuid4(), today=TODAY)


def test_scores_are_exported_by_rank_with_ties_and_the_hidden_last(ana, ada, sofia, south):
    Team.objects.filter(pk=south.pk).update(parent=Team.objects.create(name="Land", slug="land"))
    for user in (ana, ada, sofia):
        log(user)
    log(sofia, quantity=3)
    Seller.objects.filter(user=ada).update(shown_on_boards=False)

    rows = exported("export_scores", "--day", "2026-03-20")

    assert [(row["seller"], row["rank"], row["team"]) for row in rows] == [
        ("sofia@example.com", "1", "Land/South"),
        ("ana@example.com", "2", "North"),
        ("ada@example.com", "", "North"),
    ]
    score = Score.objects.of(sofia.seller).get(day=TODAY)
    assert rows[0]["ssi"] == f"{score.ssi / 100:.2f}"
    assert rows[0]["industry"] == "Retail"


def test_a_tie_shares_the_rank_and_goes_by_address(ana, ada, sofia):
    for user in (sofia, ana):
        log(user)
    log(ada, quantity=9)

    rows = exported("export_scores", "--day", "2026-03-20")

    assert [(row["seller"][:3], row["rank"]) for row in rows] == [("ada", "1"), ("ana", "2"), ("sof", "2")]


def test_who_has_left_is_not_among_the_scores(ana):
    log(ana)
    Seller.objects.filter(user=ana).update(left_on=TODAY)

    assert exported("export_scores", "--day", "2026-03-20", stderr=io.StringIO()) == []


def test_twice_the_scores_cost_the_same_queries(ana, ada, django_assert_num_queries):
    log(ana)
    log(ada)

    with django_assert_num_queries(3):
        exported("export_scores", "--day", "2026-03-20")


@pytest.mark.parametrize("day", ["soon", "2026-03-21", "2026-13-01"])
def test_a_day_that_is_none_is_one_sentence(db, day):
    with pytest.raises(CommandError):
        call_command("export_scores", "--day", day)


def test_an_export_to_a_file_is_whole_or_not_there(ana, tmp_path):
    log(ana)

    call_command("export_activities", to=str(tmp_path / "acts.csv"))

    assert [path.name for path in tmp_path.iterdir()] == ["acts.csv"]
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_activities", to=str(tmp_path / "none" / "acts.csv"))


def test_only_one_seller_can_be_exported(ana, ada):
    log(ana)
    log(ada)

    rows = exported("export_activities", "--seller", "ANA@example.com")

    assert [row["seller"] for row in rows] == ["ana@example.com"]
    with pytest.raises(CommandError, match="No seller has"):
        call_command("export_activities", seller="bruno@example.com")


def test_what_looks_like_a_formula_comes_back_as_it_was(ana, ada, tmp_path):
    for note in ("=1+1", "+49 30", "-", "@home", "'=x", 'a "b", c;d\nsecond line'):
        log(ana, note=note)
    file = tmp_path / "acts.csv"
    call_command("export_activities", to=str(file))
    text = file.read_text(encoding="utf-8")
    before = sorted(Activity.objects.values_list("note", flat=True))
    Activity.objects.all().delete()

    call_command("import_activities", str(file), stdout=io.StringIO())

    assert ",'=1+1" in text
    assert sorted(Activity.objects.values_list("note", flat=True)) == before


@pytest.mark.parametrize("seed", range(8))
def test_importing_ones_own_export_changes_nothing(ana, ada, tmp_path, seed):
    live_a_rich_life([ana, ada], random.Random(seed), tmp_path)
    before = state()
    file = tmp_path / "export.csv"
    call_command("export_activities", to=str(file))

    for _twice in range(2):
        shuffle_rows(file, random.Random(seed))
        out = io.StringIO()
        call_command("import_activities", str(file), stdout=out)

        assert out.getvalue().startswith("new: 0\n")
        assert "standing items, new: 0" in out.getvalue()
        assert "standing items, updated: 0" in out.getvalue()
        assert state() == before


def live_a_rich_life(users: list, chance: random.Random, folder) -> None:
    """Log by hand, import, edit, delete and undo, out of few contents, so that many are equal."""
    for step in range(40):
        user = chance.choice(users)
        does = chance.choice(["log", "log", "import", "edit", "edit", "delete", "undo", "hold", "release"])
        entry = intake.Entry(
            kind=Kind.objects.get(code=chance.choice(KINDS)),
            day=TODAY - timedelta(days=chance.randrange(3)),
            quantity=chance.randrange(1, 3),
        )
        theirs = list(Activity.objects.of(user.seller).order_by("pk"))
        photo = Kind.objects.get(code="profile_photo")
        if does == "log":
            intake.record(user.seller.pk, entry, token=uuid4(), today=TODAY)
        elif does == "import":
            file = folder / f"{step}.csv"
            row = f"{user.email},{entry.kind.code},{entry.day},{entry.quantity}\n"
            file.write_text("seller,kind,day,quantity\n" + row * chance.randrange(1, 4))
            call_command("import_activities", str(file), stdout=io.StringIO())
        elif does == "hold":
            intake.hold(user.seller.pk, photo, first=entry.day, today=TODAY)
        elif does == "release":
            intake.release(user.seller.pk, photo, on=entry.day, today=TODAY)
        elif theirs:
            act = chance.choice(theirs)
            if does == "edit":
                intake.change(act, entry, today=TODAY)
            elif does == "delete":
                intake.delete(act, now=now(), today=TODAY)
            else:
                intake.undo_delete(act, now=now(), today=TODAY)


def shuffle_rows(file, chance: random.Random) -> None:
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    chance.shuffle(rows)
    file.write_text("\n".join([header, *rows]), encoding="utf-8")


def state() -> list:
    return [
        sorted(Activity.objects.live().values_list("pk", "kind", "day", "quantity", "note")),
        sorted(Tally.objects.values_list("seller", "day", "kind", "quantity")),
        sorted(Holding.objects.values_list("seller", "kind", "first", "until"), key=str),
        sorted(Score.objects.values_list("seller", "day", *Score.PARTS)),
    ]
