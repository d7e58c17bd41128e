"""Formula versions on the charts that show days: where another one took over, and what it is called."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import gettext as _

from scoring.rulebook import Rulebook

Changes = Mapping[date, str]  # the first day of each version, and its name
NO_CHANGES: Changes = MappingProxyType({})


def all_changes(rules: Rulebook) -> dict[date, str]:
    """Every version that takes over from another: all but the first."""
    first = rules.on(date.min)
    later = [version for version in rules.after(date.min) if version.pk != first.pk]
    begun = [(version.formula.effective_from, version.name) for version in later]
    return {day: name for day, name in begun if day is not None}


def between(changes: Changes, first: date, last: date) -> dict[date, str]:
    """Those after the first day, up to the last: before the first one no chart shows what was."""
    return {day: name for day, name in changes.items() if first < day <= last}


def marks(changes: Changes, *, first: date, last: date) -> dict[str, Any]:
    """What a Plotly layout from 0 to 100 takes for them: a dashed line each, with the name at its top.

    Names stand on the side where there is more room between the first and the last day that are shown.
    """
    middle = first + (last - first) / 2
    return {
        "shapes": [
            {
                "type": "line",
                "x0": day.isoformat(),
                "x1": day.isoformat(),
                "y0": 0,
                "y1": 100,
                "line": {"color": "var(--muted)", "width": 1, "dash": "dash"},
            }
            for day in changes
        ],
        "annotations": [
            {
                "x": day.isoformat(),
                "y": 100,
                "text": str(escape(name)),
                "showarrow": False,
                "xanchor": "right" if day > middle else "left",
                "yanchor": "top",
                "xshift": -4 if day > middle else 4,
            }
            for day, name in changes.items()
        ],
    }


def with_formulas(sentence: str, changes: Changes) -> str:
    """Add to a chart's sentence, where no table says it, since when which formula is in force."""
    told = [
        _("New formula from %(day)s: %(name)s.") % {"day": date_format(day), "name": name}
        for day, name in sorted(changes.items())
    ]
    return " ".join([sentence, *told])
