"""Small invented histories for property tests, and the rule once more, spelled out day by day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from scoring.formula.catalogue import PILLARS, CapPeriod, Kind, Nature, read_catalogue
from scoring.formula.history import History, Span
from scoring.formula.version import DEFAULT_GAP_POINTS, DEFAULT_HALF_LIFE_DAYS, Formula

START = date(2026, 1, 20)
SPREAD = 75  # days: two ends of a month, ten of a week
CATALOGUE = Path(__file__).parents[3] / "scoring" / "data" / "catalogue.csv"


def event(code, pillar, points, cap=None, cap_period=None, minutes=None, plan_per_week=None):
    return Kind(code, pillar, Nature.EVENT, points, cap, cap_period, minutes, plan_per_week)


def standing(code, pillar, points, minutes=None):
    return Kind(code, pillar, Nature.STANDING, points, None, None, minutes, None)


def formula_of(*kinds, half_life_days=30.0, gap_points=DEFAULT_GAP_POINTS, effective_from=None):
    return Formula(half_life_days, gap_points, {kind.code: kind for kind in kinds}, effective_from)


def catalogue_formula():
    with CATALOGUE.open(encoding="utf-8") as lines:
        return formula_of(*read_catalogue(lines), half_life_days=DEFAULT_HALF_LIFE_DAYS)


SMALL = formula_of(
    event("review", "brand", 3, 1, CapPeriod.MONTH),
    event("article", "brand", 9, 2, CapPeriod.WEEK),
    event("search", "find", 2, 4, CapPeriod.DAY),
    event("comment", "engage", 4, 6, CapPeriod.WEEK),
    event("meeting", "relate", 9),
    standing("photo", "brand", 4),
    standing("badge", "relate", 5),
    half_life_days=12.0,
    gap_points={"brand": 20.0, "find": 30.0, "engage": 40.0, "relate": 50.0},
)
EVENTS = [code for code, kind in SMALL.kinds.items() if not kind.standing]
STANDING = [code for code, kind in SMALL.kinds.items() if kind.standing]

days = st.integers(0, SPREAD).map(lambda offset: START + timedelta(days=offset))
acts = st.tuples(st.sampled_from(EVENTS), days, st.integers(1, 7))
spans = st.builds(
    lambda first, length: Span(first, None if length is None else first + timedelta(days=length)),
    days,
    st.none() | st.integers(0, 30),
)
leaves = st.lists(
    st.builds(lambda first, length: Span(first, first + timedelta(days=length)), days, st.integers(0, 20)),
    max_size=3,
)
holdings = st.dictionaries(st.sampled_from(STANDING), st.lists(spans, max_size=3), max_size=2)


@st.composite
def histories(draw, max_acts=25):
    bare = History(holdings=draw(holdings), leave=draw(leaves))
    return bare.with_acts(draw(st.lists(acts, max_size=max_acts)))


def without(history: History, code: str, day: date) -> History:
    """The same history with one act of a kind and day deleted."""
    left = dict(history.tallies[code])
    left[day] -= 1
    return replace(history, tallies={**history.tallies, code: {day: n for day, n in left.items() if n}})


def raw_by_the_rule(history: History, *, on: date, formula: Formula) -> dict[str, float]:
    """Every sum and every day of the contract, without a thought for speed."""
    total = dict.fromkeys(PILLARS, 0.0)
    for kind in formula.kinds.values():
        if kind.standing:
            held = any(_within(on, span) for span in history.holdings.get(kind.code, ()))
            total[kind.pillar] += kind.points if held else 0
            continue
        tallies = history.tallies.get(kind.code, {})
        for day in (day for day in tallies if day <= on):
            later = sum(
                n for other, n in tallies.items() if day < other <= on and same_period(kind)(day, other)
            )
            room = float("inf") if kind.cap is None else max(0, kind.cap - later)
            age = _age(history, day, on)
            total[kind.pillar] += kind.points * min(tallies[day], room) * 2 ** (-age / formula.half_life_days)
    return total


def same_period(kind: Kind) -> Callable[[date, date], bool]:
    name = {
        None: lambda _: None,
        CapPeriod.DAY: lambda day: day,
        CapPeriod.WEEK: lambda day: day.isocalendar()[:2],
        CapPeriod.MONTH: lambda day: (day.year, day.month),
    }[kind.cap_period]
    return lambda one, other: name(one) == name(other)


def _age(history: History, day: date, on: date) -> int:
    after = (day + timedelta(days=i) for i in range(1, (on - day).days + 1))
    return sum(not any(_within(each, span) for span in history.leave) for each in after)


def _within(day: date, span: Span) -> bool:
    return span.first <= day and (span.until is None or day < span.until)
