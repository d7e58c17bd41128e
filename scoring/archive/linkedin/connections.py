"""New connections: one act each, of an executive, a colleague or anybody else, in this order."""

from scoring.archive.dates import DAY_MONTH, ISO
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk
from scoring.archive.linkedin.names import letters, person


def connection(cells: Cells, desk: LinkedInDesk) -> Deed:
    """Every era of the file has names and day, and only the later ones addresses: so those two are the mark.

    A hidden member is a row with a day alone, and counts like all others; how many there were on a day tells
    them apart.
    """
    when = desk.when(cells, "connectedon", DAY_MONTH, ISO)
    mark = desk.mark("connection", person(cells["firstname"], cells["lastname"]), when.date)
    return Deed(_kind(cells, desk), when.day, mark, desk.marks.link(cells.get("url", "")))


def _kind(cells: Cells, desk: LinkedInDesk) -> str:
    if desk.seniority.of(cells.get("position", "")):
        return "executive_connected"
    if letters(cells.get("company", "")) in desk.owner.employers:
        return "colleague_connected"
    return "connection_accepted"
