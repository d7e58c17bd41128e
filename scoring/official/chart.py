"""LinkedIn's figures and our index by day as one Plotly figure, and the sentence that says what it shows.

The table beside it is the page's own. As in `charts`, colours are names of CSS variables.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.formula_marks import NO_CHANGES, Changes, between, marks, with_formulas
from ssi_dashboard.numbers import shown

TICKS = 4
# People look at their figures about once a month: over a longer time nobody looked, and the line has a gap.
MOST_DAYS_BETWEEN_LOOKS = 45
MOST_DAYS_OF_A_MONTH = 31

Course = Mapping[date, int]  # hundredths by day


@dataclass(frozen=True)
class OfficialChart:
    figure: dict[str, Any]
    sentence: str


def beside_ours(
    theirs: Course, ours: Course, *, daily_from: date, formula_changes: Changes = NO_CHANGES
) -> OfficialChart | None:
    """Draw both from the first of LinkedIn's days on, with a dotted line between them where both are known.

    Our scores are known by the day from `daily_from` on, and before by the last day of a month. New formulas
    are marked, and told by the sentence, for the table is of LinkedIn's days. None when nothing of LinkedIn's
    was ever noted: there is nothing to compare.
    """
    if not theirs:
        return None
    first, last = min(theirs), max([*theirs, *ours])
    ours = {day: ssi for day, ssi in ours.items() if day >= first}
    traces = [
        _line(_("Index"), _with_gaps(ours, daily_from=daily_from), looked=False),
        _line(_("LinkedIn, self-reported"), _with_gaps(theirs), looked=True),
    ]
    differences = {day: ours[day] - theirs[day] for day in sorted({*ours} & {*theirs})}
    if differences:
        traces.append(_stems(differences, ours, theirs))
    changes = between(formula_changes, first, last)
    return OfficialChart(
        figure={"data": traces, "layout": _layout(first, last) | marks(changes, first=first, last=last)},
        sentence=with_formulas(_sentence(theirs, ours, differences), changes),
    )


def _with_gaps(course: Course, *, daily_from: date | None = None) -> Iterator[tuple[date, int | None]]:
    """Give the days in order, and a day without a value where the line is broken.

    Without daily_from they are days on which somebody looked, else days with a score.
    """
    before: date | None = None
    for day in sorted(course):
        if before is not None and (day - before).days > _longest_step(before, daily_from):
            yield before + timedelta(days=1), None
        yield day, course[day]
        before = day


def _longest_step(day: date, daily_from: date | None) -> int:
    if daily_from is None:
        return MOST_DAYS_BETWEEN_LOOKS
    return 1 if day >= daily_from else MOST_DAYS_OF_A_MONTH


def _line(name: str, points: Iterable[tuple[date, int | None]], *, looked: bool) -> dict[str, Any]:
    """Days on which somebody looked are marked and joined by dashes, days with a score by a line."""
    drawn = list(points)
    return {
        "type": "scatter",
        "name": name,
        "x": [day.isoformat() for day, _value in drawn],
        "y": [None if value is None else value / 100 for _day, value in drawn],
        "text": [shown(value) for _day, value in drawn],
        "mode": "lines+markers" if looked or len(drawn) == 1 else "lines",
        "line": {"color": "var(--ink)", "width": 1.5 if looked else 2, "dash": "dash" if looked else "solid"},
        "marker": {"color": "var(--ink)", "symbol": "circle-open" if looked else "circle", "size": 8},
        "connectgaps": False,
        "hovertemplate": "%{text}<extra>" + str(escape(name)) + "</extra>",
    }


def _stems(differences: Course, ours: Course, theirs: Course) -> dict[str, Any]:
    """A line from one to the other on every day that has both: its length is the difference."""
    days: list[str | None] = []
    ends: list[float | None] = []
    for day in differences:
        days += [day.isoformat(), day.isoformat(), None]
        ends += [theirs[day] / 100, ours[day] / 100, None]
    told = [text for value in differences.values() for text in ("", shown(value, signed=True), "")]
    name = _("Difference")
    return {
        "type": "scatter",
        "name": name,
        "x": days,
        "y": ends,
        "text": told,
        "mode": "lines",
        "line": {"color": "var(--muted)", "width": 1, "dash": "dot"},
        "hovertemplate": "%{text}<extra>" + str(escape(name)) + "</extra>",
    }


def _layout(first: date, last: date) -> dict[str, Any]:
    span = max((last - first).days, 1)
    step = max(span // TICKS, 1)
    marked = [first + timedelta(days=n) for n in range(step // 2, span + 1, step)]
    form = "j M" if span < 300 else "M Y"
    margin = timedelta(days=max(span // 40, 1))
    return {
        "xaxis": {
            "type": "date",
            "range": [(first - margin).isoformat(), (last + margin).isoformat()],
            "tickvals": [day.isoformat() for day in marked],
            "ticktext": [date_format(day, form) for day in marked],
            "hoverformat": "%Y-%m-%d",
            "tickangle": 0,
            "showgrid": False,
        },
        "yaxis": {"range": [0, 100], "tickvals": [0, 25, 50, 75, 100]},
        "showlegend": True,
    }


def _sentence(theirs: Course, ours: Course, differences: Course) -> str:
    newest = max(theirs)
    told = _newest(newest, theirs[newest], ours.get(newest))
    if len(differences) < 2:
        return told
    ranged = ngettext(
        "On the %(n)d day that has both, the difference was from %(least)s to %(most)s.",
        "On the %(n)d days that have both, the difference was from %(least)s to %(most)s.",
        len(differences),
    ) % {
        "n": len(differences),
        "least": shown(min(differences.values()), signed=True),
        "most": shown(max(differences.values()), signed=True),
    }
    return f"{told} {ranged}"


def _newest(day: date, theirs: int, ours: int | None) -> str:
    words = {"day": date_format(day), "theirs": shown(theirs), "ours": shown(ours)}
    if ours is None:
        return _("LinkedIn showed %(theirs)s on %(day)s, a day without an index of ours.") % words
    words["difference"] = shown(abs(ours - theirs))
    if ours > theirs:
        told = _("LinkedIn showed %(theirs)s on %(day)s; our index was %(ours)s, %(difference)s more.")
    elif ours < theirs:
        told = _("LinkedIn showed %(theirs)s on %(day)s; our index was %(ours)s, %(difference)s less.")
    else:
        told = _("LinkedIn showed %(theirs)s on %(day)s; our index was the same.")
    return told % words
