"""The activities of Sales Navigator, in one file for a whole organisation: an act belongs to a seat."""

import re
from collections.abc import Iterator, Mapping

from scoring.archive.broken import Broken
from scoring.archive.container import Archive
from scoring.archive.dates import ISO, US_DASHED
from scoring.archive.delimited import possible_headers, read_table
from scoring.archive.desk import Desk, Unclear
from scoring.archive.found import Act, FileRead, Found, Job, Skipped

NAME = "sales_navigator"
NETWORK = "linkedin"

FILE = "activities.csv"
# By their plain names: activityId, activityType, createdAt, seatId.
REQUIRED = ("activityid", "activitytype", "createdat", "seatid")
KINDS = {
    "SAVED_LEAD": "lead_saved",
    "SAVED_ACCOUNT": "account_saved",
    "SEARCH_PERFORMED": "people_search",
    "PROFILE_VIEWED": "prospect_profile_viewed",
    "INMAIL_SENT": "message_sent",
    "MESSAGE_SENT": "message_sent",
    "CONNECTION_MADE": "connection_accepted",
}
SEAT = re.compile(r"[0-9]{1,19}")
NOT_OF_A_TYPE = re.compile(r"[^A-Z]+")


def owns(archive: Archive) -> bool:
    """Whether it is a table with its columns. Raises Broken."""
    if not archive.single:
        return False
    with archive.members()[0].open() as stream:
        return any(header.issuperset(REQUIRED) for header in possible_headers(stream))


def read(archive: Archive, job: Job) -> Iterator[Found]:
    """Give the acts of all seats. Raises Refused."""
    desk = Desk(job, NETWORK)
    seen: set[str] = set()
    rows = 0
    try:
        with archive.members()[0].open() as stream:
            for row in read_table(stream, file=FILE, required=REQUIRED):
                rows += 1
                if isinstance(row, Skipped):
                    yield row
                    continue
                try:
                    act = _act(row.line, row.cells, desk)
                except Unclear as error:
                    yield Skipped(FILE, row.line, error.column, error.reason, error.value)
                    continue
                if act.mark not in seen:
                    seen.add(act.mark)
                    yield act
    except Broken as error:
        yield Skipped(FILE, error.line, "", error.code)
    yield FileRead(FILE, rows)


def _act(line: int, cells: Mapping[str, str], desk: Desk) -> Act:
    number, sort, seat = cells["activityid"], cells["activitytype"], cells["seatid"]
    if not number:
        raise Unclear("activityId", "no_identity")
    kind = KINDS.get(NOT_OF_A_TYPE.sub("_", sort.upper()))
    if kind is None:
        raise Unclear("activityType", "unknown_type", sort)
    day = desk.day(cells["createdat"], US_DASHED, ISO, column="createdAt")
    if not SEAT.fullmatch(seat):
        raise Unclear("seatId", "no_seat")
    act = desk.act(FILE, line, kind, day, desk.mark("sales navigator", number))
    return act._replace(seat=seat.lstrip("0") or "0")
