"""What all benchmarks share: two things timed in turn, their ratio with its spread, a goal, and a check.

Absolute figures are of one machine and one hour. So everything is timed beside a floor or a rival in the same
run, A B A B, and told as a ratio: each pair gives one, the median counts, and the spread is their range.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any

Timed = Callable[[], float]  # does its work and gives the seconds that count


class WrongResult(AssertionError):
    """What was to be timed does not compute what it should; its time would say nothing."""


@dataclass(frozen=True)
class Size:
    """How much is measured: the sellers, how often, and whether the issue's own sizes are asked for."""

    sellers: int
    runs: int
    slow_runs: int
    full: bool = False

    @property
    def fewer(self) -> int:
        """What growth is told against."""
        return max(1, self.sellers // 10)


@dataclass(frozen=True)
class Goal:
    limit: float
    stretch: float | None = None
    at_least: bool = False

    def is_met(self, value: float, limit: float | None = None) -> bool:
        limit = self.limit if limit is None else limit
        return value >= limit if self.at_least else value <= limit


@dataclass(frozen=True)
class Measure:
    """A figure with the least and most that were seen, and how often it was taken."""

    value: float
    least: float
    most: float
    runs: int


@dataclass(frozen=True)
class Figure:
    """One line of the results; `number` is the goal's, `note` says sizes and absolute figures."""

    number: str
    what: str
    measure: Measure
    unit: str = "x"
    goal: Goal | None = None
    note: str = ""


@dataclass
class Pairs:
    """Seconds of two things that were timed in turn."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> Measure:
        """How many times as long as the floor ours took."""
        return spread([a / b for a, b in zip(self.ours, self.floor, strict=True)])

    @property
    def times_faster(self) -> Measure:
        """How many times as long as ours the other took."""
        return spread([b / a for a, b in zip(self.ours, self.floor, strict=True)])

    @property
    def told(self) -> str:
        return f"{seconds(median(self.ours))} against {seconds(median(self.floor))}"


def spread(values: Sequence[float]) -> Measure:
    return Measure(median(values), min(values), max(values), len(values))


def in_turn(
    ours: Timed, floor: Timed, *, runs: int, warm_up: int = 1, before: Callable[[], object] = lambda: None
) -> Pairs:
    """Time two things A B A B, after rounds that do not count; what comes before each does not, either."""
    for _ in range(warm_up):
        ours(), floor()
    pairs = Pairs()
    for _ in range(runs):
        for timed_one, taken in ((ours, pairs.ours), (floor, pairs.floor)):
            before()
            taken.append(timed_one())
    return pairs


def timed(work: Callable[[], Any]) -> Timed:
    """Make of some work a thing that gives its seconds."""

    def run() -> float:
        with stopwatch() as took:
            work()
        return took[0]

    return run


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    took = [0.0]
    begin = time.perf_counter()
    yield took
    took[0] = time.perf_counter() - begin


def check(what: str, found: Any, expected: Any = True) -> None:
    """Raise WrongResult unless something is as it must be before it is timed."""
    if found != expected:
        raise WrongResult(f"{what}: {found!r:.200} instead of {expected!r:.200}")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-round(len(ordered) * share * 1000) // 1000) - 1)]


def seconds(value: float) -> str:
    """Tell a duration with three figures."""
    for factor, unit in ((1, "s"), (1e3, "ms"), (1e6, "µs")):
        if value * factor >= 1:
            return f"{value * factor:.3g} {unit}"
    return f"{value * 1e6:.2g} µs"
