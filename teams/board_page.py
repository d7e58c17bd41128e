"""What a board's page shows around its rows: headers, periods, averages; all of it finished values."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from scoring import standings
from scoring.formula.periods import LENGTHS, Period
from scoring.formula_marks import all_changes
from teams import charts, exports, leaderboard
from teams.access import Reach
from teams.comparison import Average, average_of, averages_by_day
from teams.forms.board import BY_RANK, BoardForm, Selection, sub_teams
from teams.kept import rulebook
from teams.leaderboard import FALLING_FIRST, Board, Listed, NightBoard, Viewer
from teams.listing import Listing
from teams.models import Industry, Team

ROWS_A_PAGE = 50


@dataclass(frozen=True)
class Subject:
    """What a board is of: a team with all below it, or the organisation and its industries."""

    reach: Reach
    team: Team | None = None

    @property
    def name(self) -> str:
        return self.team.name if self.team else _("Whole organisation")

    @property
    def slug(self) -> str:
        return self.team.slug if self.team else "organisation"

    @property
    def file_url(self) -> str:
        if self.team is None:
            return reverse("organisation-file")
        return reverse("leaderboard-file", args=[self.team.slug])

    def form(self, data: Any, *, published: date) -> BoardForm:
        if self.team is None:
            return BoardForm(data, published=published, industries=list(Industry.objects.all()))
        return BoardForm(data, published=published, sub_teams=sub_teams(self.reach.tree, self.team.pk))

    def listing(self, selection: Selection) -> Listing:
        if self.team is not None:
            return Listing.team(self.team.pk, self.reach.tree)
        return Listing.industry(int(selection.industry)) if selection.industry else Listing.everybody()


@dataclass(frozen=True)
class Asked:
    """A board that somebody asked for: what of it to show, and the rows, filtered and sorted."""

    subject: Subject
    form: BoardForm
    selection: Selection
    listing: Listing
    board: Board | NightBoard
    listed: Listed

    @property
    def title(self) -> str:
        names = {str(industry.pk): industry.name for industry in self.form.industries}
        return names.get(self.selection.industry, self.subject.name)

    @property
    def formats(self) -> list[str]:
        return exports.formats(len(self.listed.rows))


def ask(subject: Subject, data: Any, *, published: date, viewer: Viewer, language: str) -> Asked:
    form = subject.form(data, published=published)
    selection = form.selection()
    listing = subject.listing(selection)
    day, compared_to = leaderboard.days_of(selection.period, published=published)
    board = leaderboard.board(listing, day=day, compared_to=compared_to, viewer=viewer, language=language)
    chosen = next((sub.pk for _depth, sub in form.sub_teams if sub.slug == selection.team), None)
    listed = board.listed(
        query=selection.q,
        among=None if chosen is None else Listing.team(chosen, subject.reach.tree),
        sort=selection.sort,
        language=language,
    )
    if not listed.is_sortable:
        selection = replace(selection, sort=BY_RANK)
    return Asked(subject, form, selection, listing, board, listed)


def rows(asked: Asked) -> dict[str, Any]:
    selection, listed = asked.selection, asked.listed
    page = Paginator(listed.rows, ROWS_A_PAGE).get_page(selection.page)
    own = asked.board.own
    on_page = any(place.is_you for place in page)
    chosen = [sub for _depth, sub in asked.form.sub_teams if sub.slug == selection.team]
    return {
        "title": asked.title,
        "board": asked.board,
        "listed": listed.rows,
        "has_more": listed.has_more,
        "longest": standings.LONGEST_LIVE,
        "page": page,
        "own_place": own,
        "own": None if on_page else own,
        "own_row": [] if on_page or own is None else [own],
        "own_url": None if on_page else _page_of_own(asked),
        "selection": selection,
        "query": selection.query(page=1),
        "address": selection.query(),
        "form": asked.form,
        "shows_teams": bool(asked.form.sub_teams) or not asked.listing.is_of_a_team,
        "file_url": asked.subject.file_url,
        "formats": asked.formats,
        "chosen_team": chosen[0] if chosen else None,
        "without": {
            "team": selection.query(team=""),
            "q": selection.query(q=""),
            "all": selection.query(team="", q=""),
        },
        "columns": [_column(key, label, asked) for key, label in _labels().items()],
        "periods": _periods(selection, asked.board.day),
        "announce": _announcement(len(listed.rows)),
    }


def _page_of_own(asked: Asked) -> str | None:
    position = asked.listed.own_position
    return position and asked.selection.query(page=(position - 1) // ROWS_A_PAGE + 1)  # type: ignore[return-value]


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


def _column(key: str, label: str, asked: Asked) -> dict[str, Any]:
    """A header: pressed again it turns the order round; plain text above a list that is too long to sort."""
    selection, is_numeric = asked.selection, key not in ("rank", "name")
    if not asked.listed.is_sortable:
        return {"key": key, "label": label, "numeric": is_numeric, "direction": "", "url": ""}
    falls = selection.sort.startswith("-")
    is_sorted = selection.sort.removeprefix("-") == key
    falls_next = not falls if is_sorted else key in FALLING_FIRST
    return {
        "key": key,
        "label": label,
        "numeric": is_numeric,
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
    """The list's and the organisation's averages, with their charts; nothing of fewer than five sellers."""
    day, everybody = asked.board.day, Listing.everybody()
    average = average_of(asked.listing, day)
    of_all = average_of(everybody, day) if asked.listing != everybody else None
    by_day = averages_by_day(asked.listing, first=charts.first_day(day), last=day, newest=average)
    before = by_day.get(asked.board.compared_to)
    found = {
        "is_of_a_team": asked.listing.is_of_a_team,
        "average": average,
        "average_change": None if average is None or before is None else average.ssi - before,
        "organisation_average": of_all,
        "trend": _trend(by_day, last=day) if by_day else None,
        "pillars": _pillars(average, of_all, asked.subject.team),
    }
    return {**found, "charts": render_to_string("teams/_board_charts.html", {**found, "board": asked.board})}


def _trend(by_day: dict[date, int], *, last: date) -> charts.Chart:
    return charts.trend(by_day, last=last, formula_changes=all_changes(rulebook()))


def _pillars(average: Average | None, of_all: Average | None, team: Team | None) -> charts.Chart | None:
    return charts.pillars(average, of_all, team_name=team.name) if average and of_all and team else None
