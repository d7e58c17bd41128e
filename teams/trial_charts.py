"""What a trial of a formula found, as Plotly figures with their sentences and tables."""

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring.formula_marks import Changes, between, marks
from ssi_dashboard.numbers import shown
from teams.charts import Chart, figure_of

BEFORE, AFTER = "var(--edge)", "var(--ink)"


def spread(before: list[int], after: list[int]) -> Chart:
    """How many sellers are in each step of the index, before and after."""
    step = 100 // len(before)
    edges = list(pairwise(range(0, 101, step)))
    labels = [f"{low}–{high}" for low, high in edges]
    bars = [
        go.Bar(
            name=name,
            x=[low + step / 2 for low, _high in edges],
            y=counts,
            marker={"color": colour},
            customdata=[f"{label}: {n}" for label, n in zip(labels, counts, strict=True)],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for name, counts, colour in ((_("Now"), before, BEFORE), (_("With this formula"), after, AFTER))
    ]
    layout = {
        "barmode": "group",
        "bargap": 0.15,
        "xaxis": {"range": [0, 100], "dtick": 10, "tickangle": 0, "showgrid": False},
        "yaxis": {"rangemode": "tozero"},
        "hovermode": "closest",
        "showlegend": True,
    }
    return Chart(
        sentence=_spread_sentence(before, after, step),
        figure=figure_of(bars, layout),
        head=[_("Index"), _("Sellers now"), _("Sellers with this formula")],
        rows=[
            [label, str(was), str(would_be)]
            for label, was, would_be in zip(labels, before, after, strict=True)
        ],
    )


def _spread_sentence(before: list[int], after: list[int], step: int) -> str:
    leaders = 70 // step
    values = {"before": sum(before[leaders:]), "after": sum(after[leaders:]), "n": sum(before)}
    return _("%(after)s of %(n)s sellers would have 70 and over; %(before)s have it now.") % values


def course(averages: Mapping[date, tuple[int, int]], changes: Changes) -> Chart:
    """The average index by day as stored, and as the formula would have had it, in hundredths."""
    days = sorted(averages)
    marked = between(changes, days[0], days[-1])
    lines = [
        go.Scatter(
            name=name,
            x=[day.isoformat() for day in days],
            y=[averages[day][which] / 100 for day in days],
            mode="lines+markers",
            line={"color": colour, "width": 2},
            customdata=[f"{date_format(day)}: {shown(averages[day][which])}" for day in days],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for which, (name, colour) in enumerate(((_("As it was"), BEFORE), (_("With this formula"), AFTER)))
    ]
    ticks = days[::-5][::-1]
    layout: dict[str, Any] = {
        "xaxis": {
            "type": "date",
            "tickvals": [day.isoformat() for day in ticks],
            "ticktext": [date_format(day, "j M") for day in ticks],
            "tickangle": 0,
            "showgrid": False,
        },
        "yaxis": {"range": [0, 100], "dtick": 25},
        "hovermode": "closest",
        "showlegend": True,
        **marks(marked, first=days[0], last=days[-1]),
    }
    was, would_be = averages[days[-1]]
    values = {"after": shown(would_be), "before": shown(was), "day": date_format(days[-1])}
    return Chart(
        sentence=_("The average on %(day)s would be %(after)s instead of %(before)s.") % values,
        figure=figure_of(lines, layout),
        head=[_("Day"), _("As it was"), _("With this formula"), *([_("New formula")] if marked else [])],
        rows=[
            [
                date_format(day),
                *map(shown, averages[day]),
                *([", ".join(_begun(marked, day, days))] if marked else []),
            ]
            for day in reversed(days)
        ],
    )


def _begun(marked: Changes, day: date, days: list[date]) -> list[str]:
    """The formulas that began since the day before in the table."""
    earlier = max((other for other in days if other < day), default=day)
    return [name for begun, name in sorted(marked.items()) if earlier < begun <= day]
