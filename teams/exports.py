"""A board as a file: the same rows as on the page."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ssi_dashboard.numbers import plain
from teams.leaderboard import Place

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_WORKBOOK = 20_000
SCORES = ("brand", "find", "engage", "relate", "ssi", "change")
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a CSV for anything but UTF-8

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_CELL_HOLDS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def formats(n: int) -> list[str]:
    """What a list of n rows may be written as: a workbook is whole in memory, lines are not."""
    return [kind for kind in reversed(FORMATS) if kind == "csv" or n <= LONGEST_WORKBOOK]


def board_file(places: Iterable[Place], *, kind: str, title: str) -> bytes | Iterator[str]:
    """Write the places as "csv" or "xlsx", in their order; sellers who are not shown on boards stay out.

    Scores are numbers with two decimals and a point, a missing change is empty. Of places that are read as
    they are asked for, the CSV is made as it is read.
    """
    rows = (_row(place, kind) for place in places if place.is_shown)
    if kind == "csv":
        return "".join(_lines(rows)).encode() if isinstance(places, list) else _lines(rows)
    return tablib.Dataset(*rows, headers=_head(), title=title).export("xlsx")


def _lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    line = csv.writer(Line())
    yield BYTE_ORDER_MARK + line.writerow(_head())
    for row in rows:
        yield line.writerow(row)


class Line:
    """What the writer writes to: it gives each line back at once."""

    def write(self, line: str) -> str:
        return line


def _row(place: Place, kind: str) -> list[str | int | float | None]:
    return [
        place.rank,
        _move(place),
        as_text(place.name),
        as_text(place.team_name),
        *_scores(place, kind),
    ]


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
