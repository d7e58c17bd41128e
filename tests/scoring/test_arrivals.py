"""However a file is cut into slices, the same acts, tallies and figures come of it."""

import io
from datetime import date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.management import call_command
from django.utils.timezone import now

from scoring import arrivals, intake
from scoring.identity import content_digest, hex_digest
from scoring.models import Activity, Kind, Restatement, Score, Tally

TODAY = date(2026, 3, 20)
SAID = ("seller__user__email", "kind__code", "day", "quantity", "link", "note", "source", "occurrence")


@pytest.fixture(autouse=True)
def _on_a_day_in_march():
    with time_machine.travel(datetime(2026, 3, 20, 12), tick=False):
        yield


def entry(quantity: int) -> intake.Entry:
    return intake.Entry(kind=Kind.objects.get(code="people_search"), day=date(2026, 3, 2), quantity=quantity)


@pytest.mark.parametrize("at_once", [1, 3, 25_000])
def test_slices_make_no_difference(ana, ada, sofia, tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(arrivals, "ROWS_A_SLICE", at_once)
    rows = [
        f"{who}@example.com,people_search,2026-03-02,{quantity},https://example.com/{quantity % 3},a\tb\\n"
        for quantity in (1, 2, 3, 1, 2, 1)
        for who in ("sofia", "ana", "ada")
    ]
    plain = [
        f"{who}@example.com,people_search,2026-03-02,{n},," for n in (4, 5, 6, 6) for who in ("ana", "ada")
    ]
    file = tmp_path / "rows.csv"
    file.write_text("\n".join(["seller,kind,day,quantity,link,note", *rows, *plain]))
    # Of ana's rows one is by hand, one is deleted, and one is what an edited act says now.
    intake.record(ana.seller.pk, entry(4), token=uuid4(), today=TODAY)
    gone = intake.record(ana.seller.pk, entry(5), token=uuid4(), today=TODAY)
    intake.delete(gone, now=now(), today=TODAY)
    edited = intake.record(ana.seller.pk, entry(9), token=uuid4(), today=TODAY)
    intake.change(edited, entry(6), today=TODAY)

    first, again = run(file), run(file)

    assert first == {
        "new": 23,
        "known": 1,
        "taken over from an entry by hand": 1,
        "deleted before, not revived": 1,
    }
    assert again == {"known": 25, "deleted before, not revived": 1}
    assert list(Tally.objects.order_by("seller_id").values_list("quantity", flat=True)) == [
        10 + 4 + 6 + 6,
        10 + 4 + 5 + 6 + 6,
        10,
    ]
    assert Activity.objects.filter(seller=ada.seller).count() == 10
    assert Score.objects.on(TODAY).count() == 3
    assert not Restatement.objects.exists()
    assert set(Activity.objects.exclude(link="").values_list("note", flat=True)) == {"a\tb\\n"}


def run(file) -> dict[str, int]:
    out = io.StringIO()
    call_command("import_activities", str(file), stdout=out)
    figures = dict(line.rsplit(": ", 1) for line in out.getvalue().splitlines())
    return {label: int(n) for label, n in figures.items() if int(n)}


def test_the_two_digests_are_one():
    said = {"kind": "comment_posted", "quantity": 3, "network": "x", "link": "https://example.com/ü"}

    assert content_digest(day=TODAY, **said).hex == hex_digest(
        said["kind"], "2026-03-20", 3, "x", "https://example.com/ü"
    )
