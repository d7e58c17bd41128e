"""Searches: that there was one, and when; never for what."""

from scoring.archive.dates import DAY_MONTH, ISO
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk


def search(cells: Cells, desk: LinkedInDesk) -> Deed:
    when = desk.when(cells, "time", ISO, DAY_MONTH)
    return Deed("people_search", when.day, desk.mark("search", when.moment.isoformat()))
