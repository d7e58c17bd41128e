import datetime
import uuid

import pytest
from django.core.management import CommandError, call_command

from scoring import intake
from scoring.intake import Entry
from scoring.models import Activity, Kind, PillarSum, Run, Score, Tally
from ssi_dashboard import clock


@pytest.fixture
def active(ana, ada):
    """Two sellers with a few acts, the last of them today; scores as they stand after each was logged."""
    today = clock.today()
    for back, person in [(40, ana), (6, ada), (3, ana), (0, ana)]:
        entry = Entry(
            Kind.objects.get(code="message_sent"), today - datetime.timedelta(days=back), quantity=4
        )
        intake.record(person.seller.pk, entry, token=uuid.uuid4(), today=today)
    return today


def scores():
    return list(
        Score.objects.order_by("seller", "day").values_list("seller", "day", "ssi", "formula", "team")
    )


def test_recompute_publishes_today(active, capsys):
    call_command("recompute")

    assert capsys.readouterr().out == f"{active}: 2 sellers scored.\n"
    assert Run.objects.get().state == "complete"


def test_recompute_of_a_past_day_agrees_with_what_was_scored_when_it_was_logged(active):
    before = scores()

    call_command("recompute", "--day", str(active - datetime.timedelta(days=4)))

    assert scores() == before


def test_recompute_from_a_day_mends_every_day_since(active):
    before = scores()
    since = active - datetime.timedelta(days=10)
    Score.objects.filter(day__gte=since).update(ssi=9999)

    call_command("recompute", "--from", str(since))

    assert scores() == before
    assert Run.objects.count() == 11


@pytest.mark.parametrize(
    "arguments", [["--day", "2999-01-01"], ["--from", "2999-01-01"], ["--day", "yesterday"]]
)
def test_recompute_refuses_days_that_are_none(db, arguments):
    with pytest.raises(CommandError, match=r"not come yet|is no day"):
        call_command("recompute", *arguments)


def test_check_scores_finds_nothing_in_a_sound_house(active, capsys):
    call_command("recompute")

    call_command("check_scores")

    assert capsys.readouterr().out.endswith("2 sellers checked, no difference.\n")


@pytest.mark.parametrize(
    "damage",
    [
        lambda: Score.objects.filter(day=clock.today()).update(ssi=1),
        lambda: Score.objects.filter(day=clock.today() - datetime.timedelta(days=2)).delete(),
        lambda: Tally.objects.update(quantity=99),
        lambda: PillarSum.objects.update(relate=1.5),
        lambda: Activity.objects.filter(day=clock.today()).delete(),
        lambda: Score.objects.update(team=None),
    ],
)
def test_check_scores_reports_every_kind_of_damage(active, damage):
    damage()

    with pytest.raises(CommandError, match=r"differences? in 2 sellers"):
        call_command("check_scores")


def test_check_scores_takes_a_sample(active, capsys):
    call_command("check_scores", sample=1)

    assert capsys.readouterr().out.startswith("1 sellers checked")
