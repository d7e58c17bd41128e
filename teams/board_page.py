"""What a board's page shows around its rows: headers, periods, averages; all of it finished values."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from scoring.formula.periods import LENGTHS, Period
from teams import charts
from teams.comparison import Average, organisation_average, team_average, team_averages
from teams.forms.board import BoardForm, Selection
from teams.leaderboard import FALLING_FIRST, Board, Place
from teams.models import Team
from teams.tree import Tree

ROWS_A_PAGE = 50


@dataclass
class Asked:
    """A board that somebody asked for: the team, what to show of it, and the rows, filtered and sorted."""

    team: Team
    tree: Tree
    form: BoardForm
    selection: Selection
    board: Board
    listed: list[Place]

    @property
    def team_ids(self) -> set[int]:
        return self.tree.below(self.team.pk)


def rows(asked: Asked) -> dict[str, Any]:
    selection, own = asked.selection, asked.board.own
    page = Paginator(asked.listed, ROWS_A_PAGE).get_page(selection.page)
    on_page = own in list(page)
    chosen = [sub for _depth, sub in asked.form.sub_teams if sub.slug == selection.team]
    return {
        "board": asked.board,
        "listed": asked.listed,
        "page": page,
        "own_place": own,
        "own": None if on_page else own,
        "own_url": None if on_page or own not in asked.listed else _page_of(own, asked),
        "selection": selection,
        "query": selection.query(page=1),
        "address": selection.query(),
        "form": asked.form,
        "chosen_team": chosen[0] if chosen else None,
        "without": {
            "team": selection.query(team=""),
            "q": selection.query(q=""),
            "all": selection.query(team="", q=""),
        },
        "columns": [_column(key, label, selection) for key, label in _labels().items()],
        "periods": _periods(selection, asked.board.day),
        "announce": _announcement(len(asked.listed)),
    }


def _page_of(own: Place | None, asked: Asked) -> str:
    number = asked.listed.index(own) // ROWS_A_PAGE + 1  # type: ignore[arg-type]
    return asked.selection.query(page=number)


def _labels() -> dict[str, str]:
    return {
        "rank": _("Rank"),
        "name": _("Name"),
        "brand": _("Brand"),
        "find": _("Find"),
        "engage": _("Engage"),
        "relate": _("Relate"),
        "ssi": _("SSI"),
        "change": pgettext("score", "Change"),
    }


def _column(key: str, label: str, selection: Selection) -> dict[str, Any]:
    """A header: pressed again it turns the order round."""
    falls = selection.sort.startswith("-")
    is_sorted = selection.sort.removeprefix("-") == key
    falls_next = not falls if is_sorted else key in FALLING_FIRST
    return {
        "key": key,
        "label": label,
        "numeric": key not in ("rank", "name"),
        "direction": ("descending" if falls else "ascending") if is_sorted else "",
        "url": "?" + selection.query(sort=f"-{key}" if falls_next else key),
    }


def _periods(selection: Selection, day: date) -> dict[str, Any]:
    """The switch of day, week and month, and the periods beside the one that is shown."""
    period = selection.period
    names = {"day": _("Day"), "week": _("Week"), "month": _("Month")}
    following_one = period.next()
    published = selection.newest.last
    return {
        "switch": [
            {
                "label": names[length],
                "url": "?" + selection.query(period=Period.of(day, length)),
                "current": length == period.length,
            }
            for length in LENGTHS
        ],
        "previous": "?" + selection.query(period=period.previous()),
        "next": "?" + selection.query(period=following_one) if following_one.first <= published else "",
        "label": _period_label(period, so_far=period.last > published),
        "short": _short_label(period),
        "input": {"day": "date", "week": "week", "month": "month"}[period.length],
        "value": str(period),
        "newest": str(Period.of(published, period.length)),
        "against": _against(period),
    }


def _period_label(period: Period, *, so_far: bool) -> str:
    if period.length == "day":
        return date_format(period.first)
    if period.length == "month":
        month = date_format(period.first, "YEAR_MONTH_FORMAT")
        return _("%(month)s so far") % {"month": month} if so_far else month
    year, week, _weekday = period.first.isocalendar()
    values: dict[str, Any] = {"week": week, "year": year}
    values |= {"first": date_format(period.first), "last": date_format(period.last)}
    if so_far:
        return _("Week %(week)s of %(year)s so far (%(first)s to %(last)s)") % values
    return _("Week %(week)s of %(year)s (%(first)s to %(last)s)") % values


def _short_label(period: Period) -> str:
    if period.length == "week":
        return _("W%(week)s") % {"week": period.first.isocalendar().week}
    return date_format(period.first, "YEAR_MONTH_FORMAT" if period.length == "month" else "SHORT_DATE_FORMAT")


def _against(period: Period) -> str:
    return {
        "day": _("in a week"),
        "week": _("since the end of the week before"),
        "month": _("since the end of the month before"),
    }[period.length]


def _announcement(n: int) -> str:
    return ngettext("%(n)s seller listed", "%(n)s sellers listed", n) % {"n": n}


def averages(asked: Asked) -> dict[str, Any]:
    """The team's and the organisation's averages, with both charts; nothing of fewer than five sellers."""
    day, compared_to = asked.board.day, asked.board.compared_to
    team, everybody = team_average(asked.team_ids, day), organisation_average(day)
    by_day = team_averages(asked.team_ids, first=charts.first_day(day), last=day)
    before = by_day.get(compared_to)
    return {
        "team_average": team,
        "team_change": None if team is None or before is None else team.ssi - before,
        "organisation_average": everybody,
        "trend": charts.trend(by_day, last=day) if by_day else None,
        "pillars": _pillars(team, everybody, asked.team),
    }


def _pillars(team: Average | None, organisation: Average | None, of: Team) -> charts.Chart | None:
    return charts.pillars(team, organisation, team_name=of.name) if team and organisation else None
