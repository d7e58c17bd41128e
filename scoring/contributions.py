"""What each kind contributes to a seller's index, for the page."""

from dataclasses import dataclass
from datetime import date

from scoring import past, roster
from scoring.formula import explain
from scoring.formula.pillar import score
from scoring.labels import kind_label, pillar_label
from scoring.rulebook import Rulebook


@dataclass(frozen=True)
class Contribution:
    """A kind's part of the index, in hundredths."""

    kind: str
    label: str
    pillar: str
    pillar_label: str
    hundredths: int


def contributions_of(seller_id: int, on: date) -> list[Contribution]:
    """Tell a day's SSI by kind, largest first; the parts add up to it exactly. Costs four queries."""
    formula = Rulebook().formula_on(on)
    parts = explain.contributions(past.history_of(seller_id), on=on, formula=formula)
    rows = [
        Contribution(
            kind=code,
            label=kind_label(code),
            pillar=formula.kinds[code].pillar,
            pillar_label=pillar_label(formula.kinds[code].pillar),
            hundredths=part,
        )
        for code, part in parts.items()
    ]
    return sorted(rows, key=lambda row: -row.hundredths)


def ssi_of(seller_id: int, *, on: date) -> int | None:
    """Compute a day's SSI, in hundredths, from the stored past, whether or not it was scored.

    None for somebody who has left by that day. Costs five queries.
    """
    left = roster.left_on(seller_id)
    if left is not None and left <= on:
        return None
    return score(past.history_of(seller_id), on=on, formula=Rulebook().formula_on(on)).ssi
