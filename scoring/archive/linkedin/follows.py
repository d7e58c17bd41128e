"""Companies and people that the owner follows."""

from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, choice
from scoring.archive.linkedin.names import letters, person

FOLLOWED = frozenset({"active"})
LEFT = frozenset({"unfollow", "unfollowed", "inactive"})


def company(cells: Cells, desk: LinkedInDesk) -> Deed:
    when = desk.when(cells, "followedon")
    mark = desk.mark("company", letters(cells["organization"]), when.date)
    return Deed("company_followed", when.day, mark)


def member(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    if not choice(cells, "status", taken=FOLLOWED, left=LEFT, reason="unknown_status"):
        return None
    when = desk.when(cells, "date")
    mark = desk.mark("follow", person(cells["fullname"]), when.date)
    return Deed("person_followed", when.day, mark)
