"""What a kind contributes to a seller's index, told by the days of its acts."""

from dataclasses import dataclass
from datetime import date

from scoring import past
from scoring.contributions import contributions_of
from scoring.formula.acts import Cell, halved_on, shares
from scoring.formula.catalogue import Kind
from scoring.formula.history import History, Span
from scoring.formula.version import Formula
from scoring.labels import kind_label, pillar_label
from teams.kept import rulebook
from teams.models import Seller


@dataclass(frozen=True)
class DayPart:
    """The acts of a day: how many, how many of them count, what they contribute together in hundredths."""

    day: date
    quantity: int
    counted: int
    hundredths: int
    halved_on: date | None


@dataclass(frozen=True)
class ContributionPage:
    """days, newest first, add up to hundredths; for an item of the profile there are spans instead."""

    day: date
    code: str
    label: str
    pillar: str
    pillar_label: str
    hundredths: int
    days: list[DayPart]
    spans: list[Span]
    is_standing: bool
    half_life_days: float


def contribution_page(seller: Seller, code: str, *, on: date) -> ContributionPage | None:
    """None for a kind that the formula of the day does not know. Costs one query."""
    history, formula = past.history_of(seller.pk), rulebook().formula_on(on)
    kind = formula.kinds.get(code)
    if kind is None:
        return None
    parts = {row.kind: row.hundredths for row in contributions_of(history, on=on, formula=formula)}
    return ContributionPage(
        day=on,
        code=code,
        label=kind_label(code),
        pillar=kind.pillar,
        pillar_label=pillar_label(kind.pillar),
        hundredths=parts.get(code, 0),
        days=_days(history, kind, on=on, formula=formula),
        spans=[span for span in history.holdings.get(code, ()) if span.covers(on)],
        is_standing=kind.standing,
        half_life_days=formula.half_life_days,
    )


def _days(history: History, kind: Kind, *, on: date, formula: Formula) -> list[DayPart]:
    if kind.standing:
        return []
    found, tallies = shares(history, [kind.code], on=on, formula=formula), history.tallies.get(kind.code, {})
    return [
        DayPart(
            day=day,
            quantity=tallies[day],
            counted=found[cell].counted if (cell := Cell(kind.code, day)) in found else 0,
            hundredths=found[cell].hundredths if cell in found else 0,
            halved_on=halved_on(day, leave=history.leave, half_life_days=formula.half_life_days),
        )
        for day in sorted(tallies, reverse=True)
        if day <= on
    ]
