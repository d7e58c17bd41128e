"""Recommendations, received and given."""

from scoring.archive.dates import DAY_MONTH, ISO, US
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, choice
from scoring.archive.linkedin.names import person

SHOWN = frozenset({"visible"})
NOT_SHOWN = frozenset(
    {"hidden", "pending", "draft", "deleted", "declined", "rejected", "withdrawn", "revised"}
)


def received(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    return _recommendation("recommendation_received", cells, desk)


def given(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    return _recommendation("recommendation_given", cells, desk)


def _recommendation(kind: str, cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """A file without a column of statuses shows them all."""
    if "status" in cells and not choice(
        cells, "status", taken=SHOWN, left=NOT_SHOWN, reason="unknown_status"
    ):
        return None
    when = desk.when(cells, "creationdate", ISO, DAY_MONTH, US)
    mark = desk.mark(kind, person(cells["firstname"], cells["lastname"]), when.date)
    return Deed(kind, when.day, mark)
