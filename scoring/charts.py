"""Scores to Plotly figures, as dictionaries; the only importer of Plotly in scoring.

Every chart comes with the sentence that says what it shows, and with the same numbers as a table. Colours are
names of CSS variables, filled in by `static/js/charts.js`; texts are written here, in the active language.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from scoring.formula.periods import days_between
from scoring.formula_marks import NO_CHANGES, Changes, between, marks
from scoring.headline import DayScore
from scoring.models import OfficialScore, Score
from ssi_dashboard.numbers import shown

TICKS = 4


@dataclass(frozen=True)
class Chart:
    """What `_chart.html` takes: a figure for Plotly, and everything it says in words and numbers."""

    figure: dict[str, Any]
    sentence: str
    head: list[str]
    rows: list[list[str]]


def trend(
    scores: Iterable[Score | DayScore],
    official: Iterable[OfficialScore] = (),
    formula_changes: Iterable[tuple[date, str]] = (),
) -> Chart | None:
    """Draw one seller's index by day, with official figures as points and formula changes as dashed lines.

    scores and official in any order; formula_changes are the first day and the name of each version that
    took effect within the shown days. Days without a score are gaps, in the line as in the table. None when
    there is no score at all: an empty state says more than empty axes.
    """
    ours = {score.day: score.ssi for score in scores}
    if not ours:
        return None
    theirs = {entry.day: round(entry.total * 100) for entry in official}
    changes = dict(formula_changes)
    days = list(days_between(min([*ours, *theirs]), max([*ours, *theirs])))
    return Chart(
        figure=_figure(days, ours, theirs, changes),
        sentence=_sentence(ours, theirs),
        head=_head(theirs, changes),
        rows=_rows(ours, theirs, changes),
    )


def _figure(
    days: Sequence[date], ours: dict[date, int], theirs: dict[date, int], changes: dict[date, str]
) -> dict[str, Any]:
    figure = go.Figure(layout={"template": "none"})
    figure.add_trace(
        go.Scatter(
            name=_("Index"),
            x=days,
            y=[ours[day] / 100 if day in ours else None for day in days],
            text=[shown(ours.get(day)) for day in days],
            mode="lines" if len(ours) > 1 else "markers",
            line={"color": "var(--ink)", "width": 2},
            connectgaps=False,
            hovertemplate="%{text}<extra></extra>",
        )
    )
    if theirs:
        figure.add_trace(_official(theirs))
    figure.update_layout(
        **marks(changes, first=days[0], last=days[-1]),
        xaxis={**_ticks(days), "hoverformat": "%Y-%m-%d", "showgrid": False},
        yaxis={"range": [0, 100], "tickvals": [0, 25, 50, 75, 100]},
        showlegend=bool(theirs),
    )
    drawn: dict[str, Any] = json.loads(figure.to_json())
    return drawn


def _official(theirs: dict[date, int]) -> go.Scatter:
    days = sorted(theirs)
    return go.Scatter(
        name=_("LinkedIn, self-reported"),
        x=days,
        y=[theirs[day] / 100 for day in days],
        text=[shown(theirs[day]) for day in days],
        mode="markers",
        marker={"color": "var(--ink)", "symbol": "circle-open", "size": 9, "line": {"width": 2}},
        hovertemplate="%{text}<extra>LinkedIn</extra>",
    )


def _ticks(days: Sequence[date]) -> dict[str, Any]:
    """A few days with their names in the active language; Plotly itself speaks English only."""
    step = max(1, (len(days) - 1) // TICKS)
    marked = days[step // 2 :: step] if len(days) > TICKS else days
    return {
        "range": [days[0], days[-1]] if len(days) > 1 else None,
        "tickvals": list(marked),
        "ticktext": [date_format(day, "j M") for day in marked],
    }


def _sentence(ours: dict[date, int], theirs: dict[date, int]) -> str:
    first, last = min(ours), max(ours)
    change = ours[last] - ours[first]
    words = {
        "change": shown(abs(change)),
        "now": shown(ours[last]),
        "first": date_format(first),
        "last": date_format(last),
    }
    if first == last:
        told = _("The index was %(now)s on %(last)s, the first day with a score.") % words
    elif change > 0:
        told = _("The index rose by %(change)s to %(now)s from %(first)s to %(last)s.") % words
    elif change < 0:
        told = _("The index fell by %(change)s to %(now)s from %(first)s to %(last)s.") % words
    else:
        told = _("The index is at %(now)s, as on %(first)s.") % words
    if not theirs:
        return told
    newest = max(theirs)
    official = _("LinkedIn showed %(total)s on %(day)s.")
    return f"{told} {official % {'total': shown(theirs[newest]), 'day': date_format(newest)}}"


def _head(theirs: dict[date, int], changes: dict[date, str]) -> list[str]:
    return [
        _("Day"),
        _("Index"),
        *([_("LinkedIn, self-reported")] if theirs else []),
        *([_("New formula")] if changes else []),
    ]


def _rows(ours: dict[date, int], theirs: dict[date, int], changes: dict[date, str]) -> list[list[str]]:
    """Newest day first; a day without any of it has no row."""
    return [
        [
            date_format(day),
            shown(ours.get(day)),
            *([shown(theirs.get(day))] if theirs else []),
            *([changes.get(day, "")] if changes else []),
        ]
        for day in sorted({*ours, *theirs, *changes}, reverse=True)
    ]


def before_and_after(
    before: Mapping[date, int], after: Mapping[date, int], formula_changes: Changes = NO_CHANGES
) -> Chart | None:
    """Draw the index by day as it is, dotted, and as it would become; in hundredths, days in any order.

    Formula versions are marked as in the trend. The sentence is of the last day. None when it would become
    nothing: there is no axis to draw.
    """
    if not after:
        return None
    days = list(days_between(min([*before, *after]), max([*before, *after])))
    figure = go.Figure(layout={"template": "none"})
    figure.add_trace(_course(_("As it is"), days, before, color="var(--muted)", dash="dot"))
    figure.add_trace(_course(_("With the archive"), days, after, color="var(--ink)", dash="solid"))
    changes = between(formula_changes, days[0], days[-1])
    figure.update_layout(
        **marks(changes, first=days[0], last=days[-1]),
        xaxis={**_ticks(days), "hoverformat": "%Y-%m-%d", "showgrid": False},
        yaxis={"range": [0, 100], "tickvals": [0, 25, 50, 75, 100]},
        showlegend=True,
    )
    return Chart(
        figure=json.loads(figure.to_json()),
        sentence=_outlook(before, after),
        head=[
            *(_("Day"), _("As it is"), _("With the archive"), _("Difference")),
            *([_("New formula")] if changes else []),
        ],
        rows=[
            _compared(day, before, after) + ([changes.get(day, "")] if changes else [])
            for day in reversed(days)
            if day in before or day in after
        ],
    )


def _course(
    name: str, days: Sequence[date], course: Mapping[date, int], *, color: str, dash: str
) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=days,
        y=[course[day] / 100 if day in course else None for day in days],
        text=[shown(course.get(day)) for day in days],
        mode="lines" if len(course) > 1 else "markers",
        line={"color": color, "width": 2, "dash": dash},
        connectgaps=False,
        hovertemplate="%{text}<extra>" + str(escape(name)) + "</extra>",
    )


def _outlook(before: Mapping[date, int], after: Mapping[date, int]) -> str:
    last = max(after)
    then, now = before.get(last), after[last]
    words = {"day": date_format(last), "after": shown(now), "before": shown(then)}
    if then is None:
        return _("There is no index yet; with the archive it is %(after)s on %(day)s.") % words
    words["change"] = shown(abs(now - then))
    if now > then:
        told = _("With the archive the index of %(day)s rises by %(change)s, from %(before)s to %(after)s.")
    elif now < then:
        told = _("With the archive the index of %(day)s falls by %(change)s, from %(before)s to %(after)s.")
    else:
        told = _("With the archive the index of %(day)s stays at %(after)s.")
    return told % words


def _compared(day: date, before: Mapping[date, int], after: Mapping[date, int]) -> list[str]:
    both = day in before and day in after
    difference = shown(after[day] - before[day], signed=True) if both else "–"
    return [date_format(day), shown(before.get(day)), shown(after.get(day)), difference]
