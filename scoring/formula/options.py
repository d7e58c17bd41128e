"""What can be planned: every way to plan each kind, with its effort and what it is worth on the last day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from math import fsum
from typing import NamedTuple

import numpy as np

from scoring.formula.catalogue import PILLARS, Kind
from scoring.formula.decay import Clock, by_pillar, faded
from scoring.formula.history import History
from scoring.formula.knapsack import Bag, Choice, Frontier
from scoring.formula.pillar import pillar
from scoring.formula.schedule import offsets, schedules
from scoring.formula.version import Formula

GRAINS = 2**36  # whole grains to a decayed point or an index point: far finer than a hundredth


class Option(NamedTuple):
    """One way to plan a kind: so many days after `on`, one entry a time.

    raw is what its pillar has of it on the last day.
    """

    kind: Kind
    on: date
    offsets: np.ndarray
    raw: float

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.on + timedelta(days=offset) for offset in self.offsets.tolist())

    @property
    def minutes(self) -> int:
        return (self.kind.minutes or 0) * self.offsets.size

    @property
    def grains(self) -> int:
        return round(self.raw * GRAINS)


Options = Mapping[str, Sequence[Sequence[Option]]]  # of a pillar, for each of its kinds


def options_of(
    history: History, *, on: date, days: int, formula: Formula, unwanted: frozenset[str]
) -> Options:
    """Give the ways to plan each candidate on the days after `on`, told the history up to it."""
    every = [on + timedelta(days=offset) for offset in range(days + 1)]
    clock, held = Clock(history.leave), history.held_on(every[1])
    left = np.array(
        [faded(1.0, clock.age(day, every[-1]), half_life_days=formula.half_life_days) for day in every]
    )

    @cache
    def left_of(times: int) -> float:
        return fsum(left[offsets(times, days)].tolist())

    options: dict[str, list[list[Option]]] = {name: [] for name in PILLARS}
    for code, kind in formula.kinds.items():
        if not kind.minutes or code in unwanted or code in held:
            continue
        if kind.standing:
            ways = [Option(kind, on, np.array([1]), kind.points)]
        else:
            # Nothing is displaced, so every planned act counts, and takes nothing from another.
            ways = [
                Option(kind, on, way, kind.points * left_of(way.size))
                for way in schedules(kind, history.tallies.get(code, {}), on=on, days=days)
            ]
        options[kind.pillar].append(ways)
    return options


def frontier_of(
    options: Options, idle: Mapping[str, float], *, formula: Formula, budget: int, standing: int | None
) -> Frontier:
    """The best of all plans by minutes up to a budget, beside what the kinds are worth if nothing is done.

    With at most so many standing kinds, None for any number.
    """
    points = by_pillar(idle, formula=formula)
    if standing is not None and standing >= sum(way.kind.standing for way in _all_ways(options)):
        standing = None  # a limit that nothing reaches only costs time
    bags = [
        Bag(
            items=[[_choice(way, is_limited=standing is not None) for way in ways] for ways in options[name]],
            value=_grains(points[name], gap_points=formula.gap_points[name]),
        )
        for name in PILLARS
    ]
    return Frontier(bags, budget=min(budget, most_minutes(options)), limit=standing or 0)


def most_minutes(options: Options) -> int:
    """The effort of all that can be done: more are of no use."""
    return sum(max((way.minutes for way in ways), default=0) for kinds in options.values() for ways in kinds)


def _all_ways(options: Options) -> Iterator[Option]:
    for kinds in options.values():
        for ways in kinds:
            yield from ways


def _choice(way: Option, *, is_limited: bool) -> Choice:
    return Choice(way.minutes, way.grains, limited=is_limited and way.kind.standing)


def _grains(points: float, *, gap_points: float) -> Callable[[np.ndarray], np.ndarray]:
    """What a pillar is good for when so much is added to its raw worth."""

    def value(added: np.ndarray) -> np.ndarray:
        grains = pillar(points + added / GRAINS, gap_points=gap_points) * GRAINS
        return np.rint(grains).astype(np.int64)

    return value


def chosen(options: Options, frontier: Frontier, *, minutes: int) -> list[Option]:
    """Give the best options for so many minutes; of equal ones those with fewer, then the earlier kinds."""
    return [
        next(way for way in ways if (way.minutes, way.grains) == (pick.cost, pick.worth))
        for name, picks in zip(PILLARS, frontier.picks(minutes), strict=True)
        for ways, pick in zip(options[name], picks, strict=True)
        if pick
    ]


def everything(options: Options) -> list[Option]:
    """Give what caps and frequencies allow at the most, whatever it takes, without what gains nothing."""
    best = (
        max(ways, key=lambda way: (way.grains, -way.minutes))
        for kinds in options.values()
        for ways in kinds
        if ways
    )
    return [way for way in best if way.grains]
