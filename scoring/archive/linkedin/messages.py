"""Messages: which the owner wrote, and which are answers. Of all that is said, only who and when is kept."""

import re
from collections.abc import Iterator

from scoring.archive.addresses import plain_address
from scoring.archive.conversations import acts_of, milliseconds
from scoring.archive.dates import DAY_MONTH, ISO
from scoring.archive.desk import Unclear
from scoring.archive.found import Found, Skipped
from scoring.archive.linkedin.desk import Cells, LinkedInDesk
from scoring.archive.linkedin.names import letters, person
from scoring.archive.linkedin.sheet import Sheet
from scoring.archive.linkedin.talks import Talks

DRAFTS = ("ismessagedraft", "isconversationdraft")
ADVERTISEMENT = re.compile(r"\s*<p\b[^>]*spinmail", re.IGNORECASE)
BEGINNING = 300  # characters of a message that tell whether it is an advertisement


def read_messages(sheet: Sheet) -> Iterator[Found]:
    """Give an act for the owner's first message of a day in a conversation, and for the first answer to it.

    Rows come in any order, so the acts come when all are read.
    """
    desk, talks = sheet.desk, Talks()
    for row in sheet.table:
        if isinstance(row, Skipped):
            yield row
        elif not _is_nobodys(row.cells):
            try:
                _add(talks, row.line, row.cells, desk)
            except Unclear as unclear:
                yield sheet.skipped(row.line, unclear)
    if talks and not talks.settle_owner(addresses=desk.owner.addresses, name=desk.owner.name):
        yield sheet.skipped(0, Unclear("from", "no_owner"))
        return
    for told, line, conversation in talks:
        name = desk.mark("conversation", told)
        yield from acts_of(conversation, desk, file=sheet.file.name, line=line, name=name, zone=desk.zone)


def _is_nobodys(cells: Cells) -> bool:
    """Drafts, what LinkedIn took for spam, and advertisements, which have no sender."""
    return (
        cells.get("folder", "").upper() == "SPAM"
        or any(cells.get(name, "").lower() in ("yes", "true") for name in DRAFTS)
        or (
            not cells.get("senderprofileurl")
            and bool(ADVERTISEMENT.match(cells.get("content", "")[:BEGINNING]))
        )
    )


def _add(talks: Talks, line: int, cells: Cells, desk: LinkedInDesk) -> None:
    when = desk.when(cells, "date", ISO, DAY_MONTH)
    others = cells.get("recipientprofileurls", "").split(",")
    talks.add(
        cells["conversationid"] or _pair(cells),
        at=milliseconds(when.moment),
        line=line,
        address=plain_address(cells.get("senderprofileurl", "")),
        name=person(cells["from"]),
        others=[address for other in others if (address := plain_address(other))],
    )


def _pair(cells: Cells) -> str:
    """What stands for a conversation without a number: who takes part, in whichever direction."""
    return " ".join(sorted((person(cells["from"]), letters(cells.get("to", "")))))
