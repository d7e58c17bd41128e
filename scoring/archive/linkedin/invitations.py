"""Requests to connect that the owner sent, with a note or without."""

from scoring.archive.addresses import plain_address
from scoring.archive.dates import DAY_MONTH, ISO, US
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, choice
from scoring.archive.linkedin.names import person

SENT = frozenset({"outgoing"})
RECEIVED = frozenset({"incoming"})
ADDRESSES = ("inviterprofileurl", "inviteeprofileurl")


def invitation(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """The addresses came late in 2023: before, and so for all, the name and the day are the mark."""
    sent = choice(cells, "direction", taken=SENT, left=RECEIVED, reason="unknown_direction")
    own, others = (
        ("inviterprofileurl", "inviteeprofileurl") if sent else ("inviteeprofileurl", "inviterprofileurl")
    )
    if address := plain_address(cells.get(own, "")):
        desk.owner.addresses.add(address)
    if not sent:
        return None
    when = desk.when(cells, "sentat", US, ISO, DAY_MONTH)
    kind = "connection_request_personalised" if cells.get("message") else "connection_request_sent"
    link = desk.marks.link(cells.get(others, ""))
    return Deed(kind, when.day, desk.mark("invitation", person(cells["to"]) or link, when.date), link)
