"""Averages to Plotly figures, as dictionaries, each with its sentence and the same numbers as a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring.formula.explain import split
from scoring.formula.periods import days_between
from scoring.formula_marks import NO_CHANGES, Changes, between, marks
from scoring.labels import PILLAR_LABELS, pillar_label
from ssi_dashboard.numbers import shown
from teams.comparison import Average

TREND_DAYS = 90
PILLARS = tuple(PILLAR_LABELS)


@dataclass(frozen=True)
class Chart:
    """What `_chart.html` takes."""

    sentence: str
    figure: dict[str, Any]
    head: list[str]
    rows: list[list[str]]


def first_day(last: date) -> date:
    """The day on which the trend up to the last day begins."""
    return last - timedelta(days=TREND_DAYS - 1)


def trend(averages: Mapping[date, int], *, last: date, formula_changes: Changes = NO_CHANGES) -> Chart:
    """A list's average SSI on the 90 days up to the last; a day without one is a gap.

    New formulas are marked.
    """
    days = list(days_between(first_day(last), last))
    changes = between(formula_changes, days[0], last)
    known = [day for day in days if day in averages]
    line = go.Scatter(
        x=[day.isoformat() for day in days],
        y=[averages[day] / 100 if day in averages else None for day in days],
        mode="lines+markers" if len(known) < 8 else "lines",
        line={"color": "var(--ink)", "width": 2},
        connectgaps=False,
        customdata=[f"{date_format(day)}: {shown(averages.get(day))}" for day in days],
        hovertemplate="%{customdata}<extra></extra>",
    )
    ticks = days[-1::-29][::-1]
    layout = {
        "xaxis": {
            "type": "date",
            "range": [days[0].isoformat(), days[-1].isoformat()],
            "tickvals": [day.isoformat() for day in ticks],
            "ticktext": [date_format(day, "j M") for day in ticks],
            "tickangle": 0,
            "showgrid": False,
        },
        "yaxis": {"range": [0, 100], "dtick": 25},
        "hovermode": "closest",
        **marks(changes, first=days[0], last=last),
    }
    return Chart(
        sentence=_trend_sentence(averages, known),
        figure=figure_of([line], layout),
        head=[_("Day"), _("Average SSI"), *([_("New formula")] if changes else [])],
        rows=[
            [date_format(day), shown(averages.get(day)), *([changes.get(day, "")] if changes else [])]
            for day in sorted({*known, *changes}, reverse=True)
        ],
    )


def _trend_sentence(averages: Mapping[date, int], known: list[date]) -> str:
    if not known:
        return _("No day of these 90 has the five sellers that an average needs.")
    first, last = known[0], known[-1]
    values = {"since": date_format(first), "until": date_format(last)}
    values |= {"before": shown(averages[first]), "after": shown(averages[last])}
    if averages[first] < averages[last]:
        return _("The average rose from %(before)s on %(since)s to %(after)s on %(until)s.") % values
    if averages[first] > averages[last]:
        return _("The average fell from %(before)s on %(since)s to %(after)s on %(until)s.") % values
    if first == last:
        return _("The average was %(after)s on %(until)s.") % values
    return _("The average was %(after)s on %(until)s, as on %(since)s.") % values


def pillars(team: Average, organisation: Average, *, team_name: str) -> Chart:
    """A team's average pillars beside the organisation's, out of 25 each, so that they add up to the SSI."""
    ours, theirs = _of_25(team), _of_25(organisation)
    labels = [pillar_label(pillar) for pillar in PILLARS]
    bars = go.Bar(
        name=team_name,
        orientation="h",
        y=labels,
        x=[ours[pillar] / 100 for pillar in PILLARS],
        marker={"color": [f"var(--{pillar})" for pillar in PILLARS]},
        customdata=[f"{team_name}: {shown(ours[pillar])}" for pillar in PILLARS],
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    everybody = _("Organisation")
    marks = go.Scatter(
        name=everybody,
        mode="markers",
        y=labels,
        x=[theirs[pillar] / 100 for pillar in PILLARS],
        marker={"symbol": "line-ns", "size": 30, "line": {"color": "var(--ink)", "width": 3}},
        customdata=[f"{everybody}: {shown(theirs[pillar])}" for pillar in PILLARS],
        hovertemplate="%{customdata}<extra></extra>",
    )
    layout = {
        "xaxis": {"range": [0, 25], "dtick": 5, "tickangle": 0},
        "yaxis": {"autorange": "reversed", "showgrid": False},
        "hovermode": "closest",
        "showlegend": True,
    }
    return Chart(
        sentence=_pillar_sentence({pillar: ours[pillar] - theirs[pillar] for pillar in PILLARS}),
        figure=figure_of([bars, marks], layout),
        head=[
            _("Pillar"),
            _("Team, of 25"),
            _("Organisation, of 25"),
            _("Team, of 100"),
            _("Organisation, of 100"),
        ],
        rows=[
            *(
                _row(pillar_label(pillar), ours[pillar], theirs[pillar], team, organisation, pillar)
                for pillar in PILLARS
            ),
            _row(_("Social Selling Index"), team.ssi, organisation.ssi, team, organisation, "ssi"),
        ],
    )


def _row(label: str, ours: int, theirs: int, team: Average, organisation: Average, part: str) -> list[str]:
    return [label, *map(shown, (ours, theirs, getattr(team, part), getattr(organisation, part)))]


def _of_25(average: Average) -> dict[str, int]:
    return split(average.ssi, {pillar: getattr(average, pillar) for pillar in PILLARS})


def _pillar_sentence(ahead: Mapping[str, int]) -> str:
    best = max(ahead, key=lambda pillar: ahead[pillar])
    worst = min(ahead, key=lambda pillar: ahead[pillar])
    values = {"best": pillar_label(best), "lead": shown(ahead[best], signed=True)}
    values |= {"worst": pillar_label(worst), "gap": shown(ahead[worst], signed=True)}
    if ahead[best] > 0 > ahead[worst]:
        said = _(
            "Of 25, furthest ahead of the organisation: %(best)s (%(lead)s); "
            "furthest behind: %(worst)s (%(gap)s)."
        )
    elif ahead[best] > 0:
        said = _("Behind the organisation in no pillar; furthest ahead: %(best)s (%(lead)s of 25).")
    elif ahead[worst] < 0:
        said = _("Ahead of the organisation in no pillar; furthest behind: %(worst)s (%(gap)s of 25).")
    else:
        said = _("Level with the organisation in every pillar.")
    return said % values


def figure_of(data: list[Any], layout: dict[str, Any]) -> dict[str, Any]:
    figure = go.Figure(data)
    figure.update_layout(template="none", **layout)
    return figure.to_plotly_json()
