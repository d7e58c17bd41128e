"""Tips that fit: where a pillar is low and a kind goes unused, one a pillar, and not the same for ever."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from scoring import tips
from scoring.formula.catalogue import PILLARS
from scoring.formula.explain import act_worths
from scoring.formula.history import History
from scoring.formula.pillar import score
from scoring.formula.version import Formula
from scoring.labels import kind_label, pillar_label
from scoring.tips import TipText

LOW = 5000  # hundredths of a pillar: half of it is missing
UNUSED_FOR = timedelta(days=30)
TURN_DAYS = 14  # after so many days another one goes first


@dataclass(frozen=True)
class FittingTip:
    """A tip for a low pillar; gain is what one more act today, or holding the item, adds to the index."""

    code: str
    kind: str
    kind_label: str
    pillar: str
    pillar_label: str
    text: str
    gain: int
    standing: bool


def fitting_tips(
    history: History, *, on: date, formula: Formula, without: Collection[str], hidden: Collection[str]
) -> list[FittingTip]:
    """Give the next tip of each pillar that is low, the lowest first.

    Of the kinds that were not used for 30 days, or are not held, and are not unwanted. Where there are
    several they take turns, two weeks each; a tip that is hidden leaves its turn to the next.
    """
    figures = score(history, on=on, formula=formula)
    low = sorted((getattr(figures, name), place, name) for place, name in enumerate(PILLARS))
    turn = on.toordinal() // TURN_DAYS
    chosen = []
    for value, _place, name in low:
        fitting = [
            (tip, kind)
            for tip, kind in _of_pillar(name, formula)
            if tip.code not in hidden and kind not in without and not _is_used(history, kind, on=on)
        ]
        if value < LOW and fitting:
            chosen.append(fitting[turn % len(fitting)])
    gains = act_worths(history, on=on, formula=formula, codes=[kind for _tip, kind in chosen])
    return [_row(tip, kind, gains[kind], formula=formula) for tip, kind in chosen]


def _of_pillar(name: str, formula: Formula) -> list[tuple[TipText, str]]:
    """The tips about a kind of the pillar that one can do oneself; each under the first such kind."""
    found = []
    for tip in tips.TIPS:
        codes = [code for code in tip.kinds if code in formula.kinds and formula.kinds[code].minutes]
        if codes and formula.kinds[codes[0]].pillar == name:
            found.append((tip, codes[0]))
    return found


def _is_used(history: History, kind: str, *, on: date) -> bool:
    lately = (n for day, n in history.tallies.get(kind, {}).items() if on - UNUSED_FOR < day <= on)
    return kind in history.held_on(on) or any(lately)


def _row(tip: TipText, kind: str, gain: int, *, formula: Formula) -> FittingTip:
    pillar = formula.kinds[kind].pillar
    return FittingTip(
        code=tip.code,
        kind=kind,
        kind_label=kind_label(kind),
        pillar=pillar,
        pillar_label=pillar_label(pillar),
        text=str(tip.text),
        gain=gain,
        standing=formula.kinds[kind].standing,
    )
