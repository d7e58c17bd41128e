"""How well it goes, beside how much is done: ratios of what a seller logged, never points."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.formula.history import History

SPANS = (30, 90)  # days, the last of them today
FEWEST = 5  # of less one cannot tell


@dataclass(frozen=True)
class Measure:
    """Acts of some kinds for each act of others."""

    label: str | Promise
    of: tuple[str, ...]
    per: tuple[str, ...]
    is_rate: bool


MEASURES = (
    Measure(
        gettext_lazy("Requests accepted"),
        ("connection_accepted",),
        ("connection_request_sent", "connection_request_personalised"),
        is_rate=True,
    ),
    Measure(gettext_lazy("Messages answered"), ("message_reply_received",), ("message_sent",), is_rate=True),
    Measure(
        gettext_lazy("Comments for each reaction"), ("comment_posted",), ("post_recommended",), is_rate=False
    ),
)


@dataclass(frozen=True)
class Ratio:
    """How many, of how many, in so many days; value is None where these are too few to tell."""

    days: int
    of: int
    per: int

    @property
    def value(self) -> float | None:
        return self.of / self.per if self.per >= FEWEST else None


def quality_of(history: History, *, today: date) -> list[tuple[Measure, list[Ratio]]]:
    """Give each measure over each span of days, from the quantities that were logged."""
    return [
        (
            measure,
            [
                Ratio(
                    days,
                    _quantity(history, measure.of, days=days, today=today),
                    _quantity(history, measure.per, days=days, today=today),
                )
                for days in SPANS
            ],
        )
        for measure in MEASURES
    ]


def _quantity(history: History, codes: Iterable[str], *, days: int, today: date) -> int:
    first = today - timedelta(days=days - 1)
    return sum(
        n for code in codes for day, n in history.tallies.get(code, {}).items() if first <= day <= today
    )


@dataclass(frozen=True)
class Cell:
    """A ratio in words, and what it is made of."""

    days: int
    shown: str
    note: str


def rows(measured: Iterable[tuple[Measure, list[Ratio]]]) -> list[tuple[str, list[Cell]]]:
    """Put the measures into words of the active language."""
    return [
        (str(measure.label), [Cell(ratio.days, _shown(ratio, measure), _note(ratio)) for ratio in ratios])
        for measure, ratios in measured
    ]


def _shown(ratio: Ratio, measure: Measure) -> str:
    # More came back than was logged as sent: not all was logged, and a share of it says nothing.
    if ratio.value is None or (measure.is_rate and ratio.value > 1):
        return "–"
    if measure.is_rate:
        return _("%(rate)s%%") % {"rate": number_format(floor(ratio.value * 100 + 0.5))}
    return str(number_format(floor(ratio.value * 10 + 0.5) / 10, decimal_pos=1))


def _note(ratio: Ratio) -> str:
    return _("%(of)d to %(per)d") % {"of": ratio.of, "per": ratio.per}
