"""Rule 1: any order of logging, editing, deleting and importing the same acts ends in the same scores."""

import io
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from django.core.management import call_command
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import intake
from scoring.formula.history import History
from scoring.formula.pillar import score
from scoring.models import Activity, Kind, Score, Tally
from scoring.rulebook import Rulebook

TODAY = date(2026, 3, 20)
KINDS = ("comment_posted", "people_search", "article_published")

contents = st.tuples(
    st.sampled_from(KINDS),
    st.integers(0, 40).map(lambda ago: TODAY - timedelta(days=ago)),
    st.integers(1, 12),
)
# What becomes of an act: it stays, is deleted, or says something else, of a quantity that no row has.
fates = st.one_of(
    st.none(),
    st.just("deleted"),
    st.tuples(st.sampled_from(KINDS), contents.map(lambda content: content[1]), st.integers(100, 120)),
)
acts = st.lists(st.tuples(contents, fates), max_size=6)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(by_hand=acts, in_files=acts, chance=st.randoms(use_true_random=False), files=st.integers(1, 3))
def test_any_order_ends_in_the_scores_of_the_acts_that_are_left(ana, by_hand, in_files, chance, files):
    seller = ana.seller.pk
    # Rows come in as often as they are in one file: parted by content, so that n is the same in each.
    rows = sorted({content for content, _fate in in_files}, key=str)
    fate_of_row = dict(in_files)
    # An entry by hand that comes later is always a new act, so an equal one is not among these.
    by_hand = [(content, fate) for content, fate in by_hand if content not in fate_of_row]
    steps = [("log", n) for n in range(len(by_hand))]
    steps += [("import", tuple(chance.sample(rows, chance.randint(0, len(rows))))) for _file in range(files)]
    steps += [("import", tuple(rows))]
    chance.shuffle(steps)

    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        for step, what in steps:
            if step == "log":
                content, fate = by_hand[what]
                act = intake.record(seller, entry(content), token=UUID(int=what), today=TODAY)
                befall(act, fate)
            else:
                known = set(Activity.objects.values_list("pk", flat=True))
                take_in(ana, what)
                for act in Activity.objects.exclude(pk__in=known):
                    befall(act, fate_of_row[act.kind.code, act.day, act.quantity])

    left = [fate if isinstance(fate, tuple) else content for content, fate in by_hand if fate != "deleted"]
    left += [
        fate if isinstance(fate, tuple) else content
        for content, fate in fate_of_row.items()
        if fate != "deleted"
    ]
    expected = History().with_acts(left)
    formula = Rulebook().formula_on(TODAY)
    for row in Score.objects.of(seller):
        assert tuple(getattr(row, part) for part in Score.PARTS) == tuple(
            score(expected, on=row.day, formula=formula)
        )
    Activity.objects.all().delete()
    Tally.objects.all().delete()
    Score.objects.all().delete()


def test_importing_before_or_after_the_edit_of_an_equal_entry_is_the_same(ana):
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        first, later = ("comment_posted", TODAY, 2), ("comment_posted", TODAY, 5)
        act = intake.record(ana.seller.pk, entry(first), token=UUID(int=1), today=TODAY)
        befall(act, later)

        take_in(ana, [first])
        take_in(ana, [later])

    assert Tally.objects.get().quantity == 5
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("cut", range(4))
def test_rows_in_several_files_are_the_same_rows(ana, cut):
    rows = [(kind, TODAY - timedelta(days=n), n + 1) for n, kind in enumerate(KINDS)]
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        take_in(ana, rows[:cut])
        take_in(ana, rows[cut:])

    assert Activity.objects.count() == len(rows)


def entry(content: tuple[str, date, int]) -> intake.Entry:
    kind, day, quantity = content
    return intake.Entry(kind=Kind.objects.get(code=kind), day=day, quantity=quantity)


def befall(act: Activity, fate) -> None:
    if fate == "deleted":
        intake.delete(act, now=now(), today=TODAY)
    elif fate:
        intake.change(act, entry(fate), today=TODAY)


def take_in(user, rows) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rows.csv")
        lines = [f"{user.email},{kind},{day},{quantity}" for kind, day, quantity in rows]
        file.write_text("\n".join(["seller,kind,day,quantity", *lines]))
        call_command("import_activities", str(file), stdout=io.StringIO())
