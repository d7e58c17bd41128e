"""Worth, its fading, and the judge of every other way to compute it: the rule, line by line."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any, overload

import numpy as np

from scoring.formula.catalogue import PILLARS, CapPeriod, Kind
from scoring.formula.history import History, Span
from scoring.formula.periods import ONE_DAY, cap_period_days, cap_period_start, days_between
from scoring.formula.version import Formula

FURTHEST_EXPONENT = 500  # a landmark further off than this moves, long before a double overflows


class Clock:
    """A seller's own time: it stands still on leave."""

    def __init__(self, leave: Iterable[Span] = ()):
        self._firsts: list[int] = []
        self._untils: list[int] = []
        self._away_before: list[int] = []
        away = 0
        for first, until in _merged(leave):
            self._firsts.append(first)
            self._untils.append(until)
            self._away_before.append(away)
            away += until - first

    def at(self, day: date) -> int:
        """Count the days up to and including this one that are not leave, from the first day of year 1."""
        ordinal = day.toordinal()
        latest = bisect_right(self._firsts, ordinal) - 1
        if latest < 0:
            return ordinal
        away = min(ordinal + 1, self._untils[latest]) - self._firsts[latest]
        return ordinal - self._away_before[latest] - away

    def age(self, day: date, on: date) -> int:
        """Count the days after one day, up to another, that are not leave."""
        return self.at(on) - self.at(day)

    @property
    def away(self) -> list[tuple[int, int]]:
        """The leave, as ordinals of first days and how many days, in order; no day is in two."""
        return [(first, until - first) for first, until in zip(self._firsts, self._untils, strict=True)]


def on_clocks(ordinals: np.ndarray, seller: np.ndarray, clocks: Mapping[int, Clock]) -> np.ndarray:
    """Count days of many sellers, each as Clock.at does on the clock of whose it is, told by number.

    Who has no clock was never away.
    """
    counted_days = ordinals.astype(np.int64)
    away = {number: clock.away for number, clock in clocks.items()}
    n = 1 + max([*away, int(seller.max(initial=0))])
    for nth in range(max(map(len, away.values()), default=0)):
        first, days = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        for number, spans in away.items():
            if nth < len(spans):
                first[number], days[number] = spans[nth]
        of_away = np.flatnonzero(days[seller])  # few of many
        whose = seller[of_away]
        counted_days[of_away] -= np.clip(ordinals[of_away] + 1 - first[whose], 0, days[whose])
    return counted_days


@dataclass(frozen=True)
class LeaveDays:
    """Spans of leave of many sellers, ordinals, in the order of seller and first day; seller is a number."""

    seller: np.ndarray
    first: np.ndarray
    until: np.ndarray


def clock_ages(landmarks: np.ndarray, day: int, *, leave: LeaveDays) -> np.ndarray:
    """Give the days on the clocks of many sellers from a landmark each to one day, all of them ordinals.

    As Clock.age does for one.
    """
    ages = (day - landmarks).astype(float)
    first, until = leave.first.copy(), leave.until.copy()
    # Overlapping leave is rare; each day of it counts once.
    for at in np.flatnonzero((leave.seller[1:] == leave.seller[:-1]) & (first[1:] < until[:-1])) + 1:
        while at < first.size and leave.seller[at] == leave.seller[at - 1] and first[at] < until[at - 1]:
            first[at], until[at] = until[at - 1], max(until[at], until[at - 1])
            at += 1
    whose = landmarks[leave.seller]
    begin, end = np.minimum(whose, day), np.maximum(whose, day)
    away = np.clip(np.minimum(until, end + 1) - np.maximum(first, begin + 1), 0, None)
    np.subtract.at(ages, leave.seller, np.where(whose <= day, away, -away))
    return ages


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, until in sorted(map(_ordinals, spans)):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], until)
        elif first < until:
            merged.append((first, until))
    return merged


def _ordinals(span: Span) -> tuple[int, int]:
    until = date.max.toordinal() + 1 if span.until is None else span.until.toordinal()
    return span.first.toordinal(), until


def raw(history: History, *, on: date, formula: Formula) -> dict[str, float]:
    """Give the worth that each pillar has on a day, in decayed points."""
    return by_pillar(worth(history, on=on, formula=formula), formula=formula)


def by_pillar(decayed: Mapping[str, float], *, formula: Formula) -> dict[str, float]:
    """Add up the decayed points of kinds by pillar; every pillar is named."""
    parts: dict[str, list[float]] = {pillar: [] for pillar in PILLARS}
    for code, points in decayed.items():
        parts[formula.kinds[code].pillar].append(points)
    return {pillar: fsum(points) for pillar, points in parts.items()}


def worth(history: History, *, on: date, formula: Formula) -> dict[str, float]:
    """Give the decayed points of each kind that has a tally up to a day, or is held on it.

    Straight from the rule, in the order of the formula's kinds: the judge of every faster way.
    """
    clock, found = Clock(history.leave), standing_worth(history, on=on, formula=formula)
    for code, kind in formula.kinds.items():
        tallies = {} if kind.standing else history.tallies.get(code, {})
        if any(day <= on for day in tallies):
            found[code] = decayed(tallies, kind, on=on, clock=clock, half_life_days=formula.half_life_days)
    return {code: found[code] for code in formula.kinds if code in found}


def standing_worth(history: History, *, on: date, formula: Formula) -> dict[str, float]:
    """Give the points of each standing kind that is held on a day."""
    held = history.held_on(on)
    return {code: kind.points for code, kind in formula.kinds.items() if kind.standing and code in held}


def decayed(
    tallies: Mapping[date, int], kind: Kind, *, on: date, clock: Clock, half_life_days: float
) -> float:
    """Give the worth that the tallies of one event kind have on a day."""
    counts = counted(tallies, on=on, cap=kind.cap, cap_period=kind.cap_period)
    return kind.points * fsum(
        faded(count, clock.age(day, on), half_life_days=half_life_days) for day, count in counts.items()
    )


def counted(
    tallies: Mapping[date, int], *, on: date, cap: int | None, cap_period: CapPeriod | None
) -> dict[date, int]:
    """Give how many acts of each day up to `on` count, by day in order: the latest `cap` of each period."""
    days = sorted(day for day in tallies if day <= on)
    if cap is None or cap_period is None:
        return {day: tallies[day] for day in days}
    counts: dict[date, int] = {}
    period, later = None, 0
    for day in reversed(days):
        start = cap_period_start(day, cap_period)
        if start != period:
            period, later = start, 0
        counts[day] = min(tallies[day], max(0, cap - later))
        later += tallies[day]
    return dict(reversed(counts.items()))


@overload
def faded(amount: float, age_days: float, *, half_life_days: float) -> float: ...
@overload
def faded(amount: np.ndarray, age_days: float | np.ndarray, *, half_life_days: float) -> np.ndarray: ...
def faded(amount: Any, age_days: Any, *, half_life_days: float) -> Any:
    """Give what is left of an amount at an age; numbers or arrays that fit together."""
    return amount * 2.0 ** (-age_days / half_life_days)


class BeforeNewest(ValueError):
    """A running sum stands as of its newest day: an earlier one is scored from the tallies."""


@dataclass(frozen=True, slots=True)
class RunningSum:
    """The worth of a seller's events by pillar, so kept that a day's passing changes nothing in it.

    sums hold points * counted * 2 ** ((c(d) - c(landmark)) / half_life_days), as of newest, the newest day
    with a tally in it, where c is the seller's Clock. Valid for one formula and one leave: when either
    changes, or anything lowers a tally, take RunningSum.of again.

    Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay: A Practical Time Decay Model for Streaming
    Systems", ICDE 2009.
    """

    landmark: date
    newest: date | None
    sums: Mapping[str, float]

    @classmethod
    def of(
        cls, history: History, *, formula: Formula, landmark: date, last: date | None = None
    ) -> "RunningSum":
        """Build from the tallies, all or those up to a last day; a landmark too far from them moves."""
        history = history if last is None else history.up_to(last)
        clock, half_life_days = Clock(history.leave), formula.half_life_days
        newest = max(
            (day for by_day in history.tallies.values() for day, n in by_day.items() if n), default=None
        )
        landmark = _landmark(landmark, newest, clock=clock, half_life_days=half_life_days)
        events = {}
        for code, kind in formula.kinds.items():
            tallies = {} if kind.standing else history.tallies.get(code, {})
            if newest and tallies:
                counts = counted(tallies, on=newest, cap=kind.cap, cap_period=kind.cap_period)
                events[code] = kind.points * fsum(
                    faded(count, clock.age(day, landmark), half_life_days=half_life_days)
                    for day, count in counts.items()
                )
        return cls(landmark=landmark, newest=newest, sums=by_pillar(events, formula=formula))

    def with_act(
        self,
        code: str,
        day: date,
        quantity: int,
        *,
        tallies: Mapping[date, int],
        clock: Clock,
        formula: Formula,
    ) -> "RunningSum":
        """Add one act, told the tallies of its kind as they were before it.

        Only the days of its own cap period are looked up in tallies, 31 at the most. No sum ever falls.
        """
        newest = day if self.newest is None else max(self.newest, day)
        landmark = _landmark(self.landmark, newest, clock=clock, half_life_days=formula.half_life_days)
        sums = dict(self.moved(landmark, clock=clock, half_life_days=formula.half_life_days).sums)
        kind = formula.kinds.get(code)
        if kind and not kind.standing:
            gain = kind.points * fsum(
                faded(count, clock.age(other, landmark), half_life_days=formula.half_life_days)
                for other, count in _newly_counted(kind, day, quantity, tallies=tallies).items()
            )
            sums[kind.pillar] += max(0.0, gain)
        return RunningSum(landmark=landmark, newest=newest, sums=sums)

    def moved(self, landmark: date, *, clock: Clock, half_life_days: float) -> "RunningSum":
        """Give the same worth, told from another landmark."""
        if landmark == self.landmark:
            return self
        if self.newest is None:
            return RunningSum(landmark=landmark, newest=None, sums=self.sums)
        age = clock.age(self.landmark, landmark)
        sums = {name: faded(points, age, half_life_days=half_life_days) for name, points in self.sums.items()}
        return RunningSum(landmark=landmark, newest=self.newest, sums=sums)

    def event_raw(self, on: date, *, clock: Clock, formula: Formula) -> dict[str, float]:
        """Give the worth of the events by pillar, in decayed points. Raises BeforeNewest."""
        if self.newest is not None and on < self.newest:
            raise BeforeNewest(f"{on} is before {self.newest}")
        return dict(self.moved(on, clock=clock, half_life_days=formula.half_life_days).sums)


def _landmark(landmark: date, newest: date | None, *, clock: Clock, half_life_days: float) -> date:
    if newest is None or abs(clock.age(landmark, newest)) <= FURTHEST_EXPONENT * half_life_days:
        return landmark
    return newest


def _newly_counted(kind: Kind, day: date, quantity: int, *, tallies: Mapping[date, int]) -> dict[date, int]:
    """Say how the counts of a period change by an act: more on its day, less on days it displaces."""
    if kind.cap_period is None:
        return {day: quantity}
    before = {other: tallies[other] for other in cap_period_days(day, kind.cap_period) if other in tallies}
    after = {**before, day: before.get(day, 0) + quantity}
    was, now = (
        counted(by_day, on=max(after), cap=kind.cap, cap_period=kind.cap_period) for by_day in (before, after)
    )
    return {other: count - was.get(other, 0) for other, count in now.items()}


def event_raw(sums: np.ndarray, clock_ages: np.ndarray, half_life_days: float) -> np.ndarray:
    """Give the worth of the events of many sellers at once.

    sums has a row for each seller and a column for each pillar (or is one pillar's column); clock_ages are
    c(day) - c(landmark), one for each seller.
    """
    ages = np.asarray(clock_ages, dtype=float)
    return faded(sums, ages[:, None] if sums.ndim == 2 else ages, half_life_days=half_life_days)


def raw_by_day(
    history: History, *, first: date, last: date, formula_on: Callable[[date], Formula]
) -> Iterator[tuple[date, dict[str, float]]]:
    """Give what raw gives for each day from first to last, in one pass over tallies and days.

    formula_on tells the formula in force on a day.
    """
    clock, acts_of = Clock(history.leave), _acts_by_day(history, first, last)
    before = history.up_to(first - ONE_DAY)
    seen: dict[str, dict[date, int]] = defaultdict(dict)
    for code, by_day in before.tallies.items():
        seen[code] |= by_day
    formula = formula_on(first)
    running = RunningSum.of(before, formula=formula, landmark=first)
    for day in days_between(first, last):
        for code, quantity in acts_of[day]:
            running = running.with_act(code, day, quantity, tallies=seen[code], clock=clock, formula=formula)
            seen[code][day] = quantity
        if formula != (formula := formula_on(day)):
            running = RunningSum.of(history, formula=formula, landmark=day, last=day)
        events = running.event_raw(day, clock=clock, formula=formula)
        standing = by_pillar(standing_worth(history, on=day, formula=formula), formula=formula)
        yield day, {pillar: events[pillar] + standing[pillar] for pillar in PILLARS}


def _acts_by_day(history: History, first: date, last: date) -> dict[date, list[tuple[str, int]]]:
    acts: dict[date, list[tuple[str, int]]] = defaultdict(list)
    for code, by_day in history.tallies.items():
        for day, quantity in by_day.items():
            if first <= day <= last:
                acts[day].append((code, quantity))
    return acts
