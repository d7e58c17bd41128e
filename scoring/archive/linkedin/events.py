"""Events that the owner attended."""

from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, choice
from scoring.archive.linkedin.names import letters

ATTENDED = frozenset({"attending", "attended", "going", "accepted", "registered", "joined"})
NOT_ATTENDED = frozenset(
    {
        *("notattending", "notgoing", "interested", "invited", "pending", "maybe", "requested"),
        *("declined", "rejected", "cancelled", "canceled", "left", "withdrawn", "organizing"),
    }
)


def event(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """What lies ahead is not attended yet: it is skipped as of the future, and comes with a later archive."""
    if not choice(cells, "status", taken=ATTENDED, left=NOT_ATTENDED, reason="unknown_status"):
        return None
    when = desk.when(cells, "eventtime")
    mark = desk.mark("event", letters(cells["eventname"]), when.date)
    return Deed("event_attended", when.day, mark, desk.marks.link(cells.get("externalurl", "")))
