"""Endorsements of skills, received and given."""

from scoring.archive.dates import DAY_MONTH, ISO
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, choice
from scoring.archive.linkedin.names import letters, person

ACCEPTED = frozenset({"accepted"})
NOT_ACCEPTED = frozenset({"pending", "hidden", "rejected", "declined", "deleted", "withdrawn", "revoked"})


def received(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    return _endorsement("endorsement_received", "endorser", cells, desk)


def given(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    return _endorsement("endorsement_given", "endorsee", cells, desk)


def _endorsement(kind: str, other: str, cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """The address of the other came in the middle of 2023; skill, name and day are in all eras."""
    if not choice(cells, "endorsementstatus", taken=ACCEPTED, left=NOT_ACCEPTED, reason="unknown_status"):
        return None
    when = desk.when(cells, "endorsementdate", ISO, DAY_MONTH)
    who = person(cells[f"{other}firstname"], cells.get(f"{other}lastname", ""))
    mark = desk.mark(kind, letters(cells["skillname"]), who, when.date)
    return Deed(kind, when.day, mark, desk.marks.link(cells.get(f"{other}publicurl", "")))
