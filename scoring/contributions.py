"""What each kind contributes to a seller's index, for the page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists

from scoring import past, roster
from scoring.formula import explain
from scoring.formula.history import History
from scoring.formula.pillar import score
from scoring.formula.version import Formula
from scoring.labels import kind_label, pillar_label
from scoring.models import Restatement, Score
from scoring.rulebook import Rulebook


@dataclass(frozen=True)
class Contribution:
    """A kind's part of the index, in hundredths."""

    kind: str
    label: str
    pillar: str
    pillar_label: str
    hundredths: int


def contributions_of(history: History, *, on: date, formula: Formula) -> list[Contribution]:
    """Tell a day's SSI by kind, largest first; the parts add up to it exactly."""
    parts = explain.contributions(history, on=on, formula=formula)
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
    """A day's SSI, in hundredths: as stored, else computed from the stored past.

    None for somebody who has left by that day. Costs one query, or six where the score is missing or waits to
    be restated.
    """
    waiting = Restatement.objects.filter(pk=seller_id)
    scored = Score.objects.of(seller_id).on(on).filter(~Exists(waiting)).order_by()
    stored: int | None = scored.values_list("ssi", flat=True).first()
    if stored is not None:
        return stored
    left = roster.left_on(seller_id)
    if left is not None and left <= on:
        return None
    return score(past.history_of(seller_id), on=on, formula=Rulebook().formula_on(on)).ssi
