"""A board as a file: the same rows as on the page."""

import re
from collections.abc import Sequence

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ssi_dashboard.numbers import plain
from teams.leaderboard import Place

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SCORES = ("brand", "find", "engage", "relate", "ssi", "change")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a CSV for anything but UTF-8

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_CELL_HOLDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def board_file(places: Sequence[Place], *, kind: str, title: str) -> bytes:
    """Write the places as "csv" or "xlsx", in their order; sellers who are not shown on boards stay out.

    Scores are numbers with two decimals and a point, a missing change is empty.
    """
    rows = tablib.Dataset(headers=_head(), title=title)
    for place in places:
        if place.is_shown:
            names = map(as_text, (place.name, place.team_name))
            rows.append([place.rank, _move(place), *names, *_scores(place, kind)])
    if kind == "csv":
        return (BYTE_ORDER_MARK + rows.export("csv")).encode()
    return rows.export("xlsx")


def as_text(value: str) -> str:
    """Keep a spreadsheet from taking a person's or team's name for a formula."""
    value = _NO_CELL_HOLDS.sub("", value)
    return f"'{value}" if value.startswith(_STARTS_A_FORMULA) else value


def _head() -> list[str]:
    scores = [_("Brand"), _("Find"), _("Engage"), _("Relate"), _("SSI"), pgettext("score", "Change")]
    return [_("Rank"), _("Movement"), _("Name"), _("Team"), *scores]


def _move(place: Place) -> int | str:
    if place.is_new:
        return pgettext("on the board", "new")
    return "" if place.move is None else place.move


def _scores(place: Place, kind: str) -> list[str | float | None]:
    values = [getattr(place, score) for score in SCORES]
    if kind == "csv":
        return [plain(value) for value in values]
    return [None if value is None else value / 100 for value in values]
