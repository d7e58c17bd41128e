"""A statement: how the index of one day became that of another, in lines that add up exactly."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import fsum

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import by_pillar, worth
from scoring.formula.explain import rounded
from scoring.formula.history import History
from scoring.formula.lines import Line, Part, aged, changed_lines, faded_lines
from scoring.formula.pillar import pillar, pillar_slope, scores
from scoring.formula.version import Formula

OF_INDEX = 25.0  # hundredths of the index that one point of a pillar is
PARTS = list(Part)

Weighed = tuple[Line, float]  # a line, and its amount before it is rounded
Cells = Mapping[tuple[str, date], int]  # quantities by kind and day


@dataclass(frozen=True)
class Statement:
    """From the score of the first day to that of the last, in hundredths of the index.

    opening and the amounts of all lines add up to closing. The lines stand in the order of parts, kinds and
    days.
    """

    first: date
    last: date
    opening: int
    closing: int
    lines: tuple[Line, ...]

    def of(self, part: Part) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.part is part)

    def amount(self, *, part: Part | None = None, pillar: str | None = None) -> int:
        """Add up the lines of a part, of a pillar, of both, or all."""
        return sum(
            line.amount for line in self.lines if part in (None, line.part) and pillar in (None, line.pillar)
        )


class Backwards(ValueError):
    """A statement goes from a day to the same one or a later one."""


def statement(
    history: History,
    *,
    first: date,
    last: date,
    formula_on: Callable[[date], Formula],
    removed: Cells | None = None,
) -> Statement:
    """Tell how the index of one day became that of another, from the history as it stands.

    formula_on tells the formula in force on a day. removed are acts that were deleted since the first day:
    they are listed, and moved nothing. Before a seller's first day the index is 0.

    Raises Backwards.
    """
    if last < first:
        raise Backwards(f"{last} is before {first}")
    formula, newer = formula_on(first), formula_on(last)
    before, now = worth(history, on=first, formula=formula), worth(history, on=last, formula=newer)
    left = aged(before, history, first=first, last=last, formula=formula)
    weighed = [
        *_weighed(faded_lines(before, left, formula=formula), before, formula=formula),
        *_weighed(changed_lines(history, first=first, last=last, formula=formula), left, formula=formula),
        *_other_rule(history, now, on=last, formula=formula, newer=newer),
    ]
    opening, closing = _index(before, formula=formula), _index(now, formula=newer)
    place = _place_in(newer)
    lines = _settled(sorted(weighed, key=lambda pair: place(pair[0])), closing - opening)
    lines += _removed(removed or {}, last=last, formula=newer)
    told = sorted(lines, key=lambda line: (PARTS.index(line.part), *place(line)))
    return Statement(first, last, opening, closing, tuple(told))


def _place_in(formula: Formula) -> Callable[[Line], tuple[int, date]]:
    """Order lines by kind, then day; what is of no kind comes last."""
    places = {code: place for place, code in enumerate(formula.kinds)}
    return lambda line: (places.get(line.kind, len(places)), line.day or date.min)


def _index(worth: Mapping[str, float], *, formula: Formula) -> int:
    return scores(by_pillar(worth, formula=formula), formula=formula).ssi


def _weighed(lines: Iterable[Line], before: Mapping[str, float], *, formula: Formula) -> Iterator[Weighed]:
    """Share out what all lines together do to their pillar, by raw worth; before is told by kind."""
    lines = list(lines)
    raw = by_pillar(before, formula=formula)
    slopes = {
        name: pillar_slope(raw[name], fsum(line.raw for line in lines if line.pillar == name), gap_points=gap)
        for name, gap in formula.gap_points.items()
    }
    for line in lines:
        yield line, OF_INDEX * slopes[line.pillar] * line.raw


def _other_rule(
    history: History, now: Mapping[str, float], *, on: date, formula: Formula, newer: Formula
) -> Iterator[Weighed]:
    """What the newer formula makes of the day, against the older one."""
    if newer == formula:
        return
    after = by_pillar(now, formula=newer)
    before = by_pillar(worth(history, on=on, formula=formula), formula=formula)
    for name in PILLARS:
        gain = pillar(after[name], gap_points=newer.gap_points[name])
        gain -= pillar(before[name], gap_points=formula.gap_points[name])
        line = Line(Part.FORMULA, name, day=newer.effective_from, raw=after[name] - before[name])
        yield line, OF_INDEX * gain


def _settled(weighed: Sequence[Weighed], total: int) -> list[Line]:
    """Round the amounts so that they add up to the total; the lines that come first win a tie."""
    amounts = rounded(total, {place: amount for place, (_line, amount) in enumerate(weighed)})
    return [replace(line, amount=amounts[place]) for place, (line, _amount) in enumerate(weighed)]


def _removed(acts: Cells, *, last: date, formula: Formula) -> list[Line]:
    return [
        Line(Part.REMOVED, formula.kinds[code].pillar, code, day, quantity=quantity)
        for (code, day), quantity in acts.items()
        if day <= last and code in formula.kinds
    ]
