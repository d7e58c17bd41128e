"""Coaching plans: the best activities for a budget of minutes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import fsum
from typing import NamedTuple

import numpy as np

from scoring.formula.catalogue import PILLARS, Kind
from scoring.formula.decay import Clock, by_pillar, faded, raw, worth
from scoring.formula.explain import share, split
from scoring.formula.history import History, Span
from scoring.formula.knapsack import Bag, Choice, Frontier
from scoring.formula.pillar import pillar, scores
from scoring.formula.schedule import WEEK_DAYS, schedules
from scoring.formula.version import Formula

GRAINS = 2**36  # whole grains to a decayed point or an index point: far finer than a hundredth


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


class Option(NamedTuple):
    """One way to plan a kind: on these days. raw is what its pillar has of it on the last day."""

    kind: Kind
    days: tuple[date, ...]
    minutes: int
    raw: float

    @property
    def choice(self) -> Choice:
        return Choice(self.minutes, round(self.raw * GRAINS), limited=self.kind.standing)


Options = Mapping[str, Sequence[Sequence[Option]]]  # of a pillar, for each of its kinds


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
    last = on + timedelta(days=days)
    options = _options(history, on=on, days=days, formula=formula, unwanted=unwanted)
    idle = worth(history, on=last, formula=formula)
    budget = minutes_per_week * days // WEEK_DAYS
    frontier = _frontier(options, idle, formula=formula, budget=budget, standing=max(1, days // WEEK_DAYS))
    chosen = _chosen(options, frontier, minutes=len(frontier.values) - 1)
    return _plan(chosen, history, idle, on=on, last=last, formula=formula, budget=budget)


def _options(history: History, *, on: date, days: int, formula: Formula, unwanted: frozenset[str]) -> Options:
    first, last = on + timedelta(days=1), on + timedelta(days=days)
    clock, held = Clock(history.leave), history.held_on(first)
    options: dict[str, list[list[Option]]] = {name: [] for name in PILLARS}
    for code, kind in formula.kinds.items():
        if not kind.minutes or code in unwanted or code in held:
            continue
        if kind.standing:
            ways = [Option(kind, (first,), kind.minutes, kind.points)]
        else:
            plans = schedules(kind, history.tallies.get(code, {}), on=on, days=days)
            ways = [_to_do(kind, planned, last=last, clock=clock, formula=formula) for planned in plans]
        options[kind.pillar].append(ways)
    return options


def _to_do(kind: Kind, planned: tuple[date, ...], *, last: date, clock: Clock, formula: Formula) -> Option:
    """Nothing is displaced, so every planned act counts, and takes nothing from another."""
    ages = (clock.age(day, last) for day in planned)
    fresh = fsum(faded(1.0, age, half_life_days=formula.half_life_days) for age in ages)
    return Option(kind, planned, (kind.minutes or 0) * len(planned), kind.points * fresh)


def _frontier(
    options: Options, idle: Mapping[str, float], *, formula: Formula, budget: int, standing: int
) -> Frontier:
    points = by_pillar(idle, formula=formula)
    bags = [
        Bag(
            items=[[way.choice for way in ways] for ways in options[name]],
            value=_grains(points[name], gap_points=formula.gap_points[name]),
        )
        for name in PILLARS
    ]
    enough = sum(max((choice.cost for choice in item), default=0) for bag in bags for item in bag.items)
    return Frontier(bags, budget=min(budget, enough), limit=standing)


def _grains(points: float, *, gap_points: float) -> Callable[[np.ndarray], np.ndarray]:
    """What a pillar is good for when so much is added to its raw worth."""

    def value(added: np.ndarray) -> np.ndarray:
        grains = pillar(points + added / GRAINS, gap_points=gap_points) * GRAINS
        return np.rint(grains).astype(np.int64)

    return value


def _chosen(options: Options, frontier: Frontier, *, minutes: int) -> list[Option]:
    return [
        ways[[way.choice for way in ways].index(pick)]
        for name, picks in zip(PILLARS, frontier.picks(minutes), strict=True)
        for ways, pick in zip(options[name], picks, strict=True)
        if pick
    ]


def _plan(
    chosen: Sequence[Option],
    history: History,
    idle: Mapping[str, float],
    *,
    on: date,
    last: date,
    formula: Formula,
    budget: int,
) -> Plan:
    tips = [_tip(option) for option in chosen]
    before = by_pillar(idle, formula=formula)
    after = raw(_done(history, tips), on=last, formula=formula)
    idle_ssi, predicted = (scores(points, formula=formula).ssi for points in (before, after))
    gains = split(predicted - idle_ssi, _weights(chosen, before, after, formula=formula))
    tips = [replace(tip, gain=gains[tip.kind]) for tip in tips]
    return Plan(
        on=on,
        last=last,
        budget_minutes=budget,
        minutes=sum(tip.minutes for tip in tips),
        tips=tuple(sorted(tips, key=lambda tip: -tip.gain)),
        predicted=predicted,
        idle=idle_ssi,
    )


def _tip(option: Option) -> Tip:
    kind, times = option.kind, len(option.days)
    return Tip(kind.code, times, option.days, option.minutes, gain=0, standing=kind.standing)


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
