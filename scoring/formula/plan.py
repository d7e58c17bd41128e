"""Coaching plans: the best activities for a budget of minutes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum

from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import by_pillar, worth
from scoring.formula.explain import share, split
from scoring.formula.history import History, Span
from scoring.formula.options import Option, chosen, frontier_of, options_of
from scoring.formula.pillar import pillar, scores
from scoring.formula.schedule import WEEK_DAYS
from scoring.formula.version import Formula

MOST_DAYS = 184  # half a year ahead: further on all that is done today has faded


@dataclass(frozen=True, slots=True)
class Tip:
    """What to do: a kind, how many times and on which days, one entry a time.

    minutes is the effort of all times; gain what they add to the SSI at the end, in hundredths. A standing
    kind is to be put in place once.
    """

    kind: str
    times: int
    days: tuple[date, ...]
    minutes: int
    gain: int
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The tips for the days after `on` up to `last`, largest gain first.

    predicted is the SSI of `last` if exactly the plan is done, idle if nothing is, in hundredths; the gains
    of the tips add up to their difference.
    """

    on: date
    last: date
    budget_minutes: int
    minutes: int
    tips: tuple[Tip, ...]
    predicted: int
    idle: int

    def acts(self) -> Iterator[tuple[str, date, int]]:
        """Give the planned acts of event kinds: code, day and quantity."""
        for tip in self.tips:
            if not tip.standing:
                for day, quantity in Counter(tip.days).items():
                    yield tip.kind, day, quantity

    @property
    def standing(self) -> list[str]:
        """The standing kinds to be put in place, on the first day after `on`."""
        return [tip.kind for tip in self.tips if tip.standing]

    def done(self, history: History) -> History:
        """Give the history in which exactly the plan was done."""
        return _done(history, self.tips)


def best_plan(
    history: History,
    *,
    on: date,
    formula: Formula,
    minutes_per_week: int = 60,
    days: int = WEEK_DAYS,
    unwanted: frozenset[str] = frozenset(),
) -> Plan:
    """Find the plan for the days after `on` with the highest SSI at their end, exactly.

    From the state of `on`: what the history knows of later acts is not looked at. Of equal plans the one
    with fewer minutes, then the earlier pillars and kinds. Nothing of the kinds that are unwanted.

    Raises ValueError when there is not a day, or less than no minute.
    """
    if days < 1 or minutes_per_week < 0:
        raise ValueError("a plan covers a day or more, and no less than 0 minutes")
    history = history.up_to(on)
    budget = minutes_per_week * days // WEEK_DAYS
    options = options_of(history, on=on, days=days, formula=formula, unwanted=unwanted)
    idle = worth(history, on=on + timedelta(days=days), formula=formula)
    standing = max(1, days // WEEK_DAYS)
    frontier = frontier_of(options, idle, formula=formula, budget=budget, standing=standing)
    ways = chosen(options, frontier, minutes=budget)
    return plan_of(ways, history, idle, on=on, days=days, formula=formula, budget=budget)


def plan_of(
    ways: Sequence[Option],
    history: History,
    idle: Mapping[str, float],
    *,
    on: date,
    days: int,
    formula: Formula,
    budget: int | None = None,
) -> Plan:
    """Make a plan of what was chosen, told what each kind is worth on the last day if nothing is done."""
    last = on + timedelta(days=days)
    tips = [_tip(way) for way in ways]
    done = {**idle, **worth(_done(_only(history, tips), tips), on=last, formula=formula)}
    before, after = by_pillar(idle, formula=formula), by_pillar(done, formula=formula)
    idle_ssi, predicted = (scores(points, formula=formula).ssi for points in (before, after))
    gains = split(predicted - idle_ssi, _weights(ways, before, after, formula=formula))
    tips = [replace(tip, gain=gains[tip.kind]) for tip in tips]
    minutes = sum(tip.minutes for tip in tips)
    return Plan(
        on=on,
        last=last,
        budget_minutes=minutes if budget is None else budget,
        minutes=minutes,
        tips=tuple(sorted(tips, key=lambda tip: -tip.gain)),
        predicted=predicted,
        idle=idle_ssi,
    )


def _only(history: History, tips: Iterable[Tip]) -> History:
    """Leave out the kinds of which nothing is planned: they stay as they are."""
    kinds = {tip.kind for tip in tips}
    return replace(
        history,
        tallies={code: by_day for code, by_day in history.tallies.items() if code in kinds},
        holdings={code: spans for code, spans in history.holdings.items() if code in kinds},
    )


def _tip(way: Option) -> Tip:
    kind, times = way.kind, way.offsets.size
    return Tip(kind.code, times, way.days, way.minutes, gain=0, standing=kind.standing)


def _done(history: History, tips: Iterable[Tip]) -> History:
    for tip in tips:
        if tip.standing:
            history = history.with_holding(tip.kind, Span(tip.days[0]))
        else:
            history = history.with_acts((tip.kind, day, 1) for day in tip.days)
    return history


def _weights(
    chosen: Iterable[Option], before: Mapping[str, float], after: Mapping[str, float], *, formula: Formula
) -> dict[str, float]:
    """Each kind's share of what its pillar gains, by raw worth."""
    gain = {
        name: pillar(after[name], gap_points=gap) - pillar(before[name], gap_points=gap)
        for name, gap in formula.gap_points.items()
    }
    added = {name: fsum(way.raw for way in chosen if way.kind.pillar == name) for name in PILLARS}
    return {
        way.kind.code: share(max(0.0, gain[way.kind.pillar]), way.raw, of=added[way.kind.pillar])
        for way in chosen
    }
