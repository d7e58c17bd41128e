"""The activities of Sales Navigator: whose, what and when."""

from datetime import date

import pytest

from scoring.archive.found import Act, FileRead, Skipped
from scoring.samples.packing import resaved, table
from tests.scoring.archive.reading import read

HEADER = ("activityId", "activityType", "createdAt", "seatId", "memberIdentityKey")
ROW = ("a-1", "SAVED_LEAD", "03-03-2026 23:30:00", "4100017", "somebody")  # past midnight in Warsaw


def acts(found):
    return [(one.kind, one.day, one.seat, one.network) for one in found if isinstance(one, Act)]


def skips(found):
    return [(one.line, one.column, one.reason, one.value) for one in found if isinstance(one, Skipped)]


def changed(**cells):
    return tuple(cells.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True))


@pytest.mark.parametrize(
    ("sort", "kind"),
    [
        ("SAVED_LEAD", "lead_saved"),
        ("SAVED_ACCOUNT", "account_saved"),
        ("SEARCH_PERFORMED", "people_search"),
        ("PROFILE_VIEWED", "prospect_profile_viewed"),
        ("INMAIL_SENT", "message_sent"),
        ("MESSAGE_SENT", "message_sent"),
        ("CONNECTION_MADE", "connection_accepted"),
        ("saved lead", "lead_saved"),
    ],
)
def test_every_type_has_its_kind(sort, kind, tmp_path):
    found = read(table(HEADER, [changed(activityType=sort)]), tmp_path)

    assert acts(found) == [(kind, date(2026, 3, 4), "4100017", "linkedin")]


@pytest.mark.parametrize("written", ["03-03-2026 23:30:00", "2026-03-03 23:30:00", "2026-03-03T23:30:00Z"])
def test_dates(written, tmp_path):
    assert acts(read(table(HEADER, [changed(createdAt=written)]), tmp_path))[0][1] == date(2026, 3, 4)


def test_columns_in_another_order_and_without_the_last(tmp_path):
    one = read(table(HEADER, [ROW]), tmp_path)
    other = read(resaved(HEADER[3::-1], [ROW[3::-1]], delimiter=";"), tmp_path)

    assert [found for found in one if isinstance(found, Act)] == [
        found for found in other if isinstance(found, Act)
    ]


def test_an_activity_counts_once(tmp_path):
    found = read(table(HEADER, [ROW, ROW, changed(activityId="a-2")]), tmp_path)

    assert len(acts(found)) == 2
    assert [one.rows for one in found if isinstance(one, FileRead)] == [3]


@pytest.mark.parametrize(
    ("cells", "column", "reason", "shown"),
    [
        ({"activityId": ""}, "activityId", "no_identity", ""),
        ({"activityType": "DANCED"}, "activityType", "unknown_type", "DANCED"),
        ({"activityType": ""}, "activityType", "unknown_type", ""),
        ({"createdAt": "soon"}, "createdAt", "no_day", "soon"),
        ({"createdAt": "02-29-2026 10:00:00"}, "createdAt", "no_day", "02-29-2026 10:00:00"),
        ({"createdAt": "12-24-2026 10:00:00"}, "createdAt", "future", "12-24-2026 10:00:00"),
        ({"seatId": "Zofia"}, "seatId", "no_seat", ""),
        ({"seatId": ""}, "seatId", "no_seat", ""),
    ],
)
def test_a_bad_row_is_told_and_sinks_nothing(cells, column, reason, shown, tmp_path):
    found = read(table(HEADER, [changed(**cells), changed(activityId="a-9")]), tmp_path)

    assert len(acts(found)) == 1
    assert skips(found) == [(2, column, reason, shown)]


def test_nothing_of_the_other_person_leaves(tmp_path):
    one = read(table(HEADER, [ROW]), tmp_path)
    other = read(table(HEADER, [changed(memberIdentityKey="somebody else")]), tmp_path)

    assert one == other
