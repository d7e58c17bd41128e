"""Courses that were completed: watched on LinkedIn, certified, or told in the profile."""

from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk
from scoring.archive.linkedin.names import letters

COMPLETED = "contentcompletedat"  # "(if completed)" and the like may follow
ABSENT = {"", "n/a"}
DATES = ("startedon", "issuedon", "completedon", "finishedon", "date")


def watched(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    column = next((name for name in cells if name.startswith(COMPLETED)), "")
    if cells.get(column, "").casefold() in ABSENT:
        return None
    return _course("watched", cells["contenttitle"], column, cells, desk)


def certified(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    return _course("certified", cells["name"], _date_of(cells), cells, desk)


def told(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """A course of the profile: mostly without a date, and then new only if an earlier archive lacked it."""
    return _course("told", cells["name"], _date_of(cells), cells, desk)


def _date_of(cells: Cells) -> str:
    return next((name for name in DATES if cells.get(name, "").casefold() not in ABSENT), "")


def _course(source: str, title: str, column: str, cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """What one course puts into several files is one act, that of the first of them."""
    name = letters(title)
    if not name or desk.owner.courses.setdefault(name, source) != source:
        return None
    when = desk.when(cells, column) if column else None
    mark = desk.mark("course", name, when.date if when else "")
    return Deed("course_completed", when.day if when else None, mark)
