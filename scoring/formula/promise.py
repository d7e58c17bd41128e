"""What became of a plan: the difference between promise and result, told in parts that add up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from itertools import pairwise

from scoring.formula.history import History, Span
from scoring.formula.pillar import score
from scoring.formula.plan import Plan
from scoring.formula.version import Formula

MARK_BYTES = 16
NOTHING = History()


@dataclass(frozen=True)
class Promise:
    """A plan that was accepted: from the state of `on`, for the days up to `last`.

    acts are the times by event kind and day; items the day on which each standing kind is put in place;
    predicted the SSI of `last` in hundredths, if exactly that is done.
    """

    on: date
    last: date
    predicted: int
    acts: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    items: Mapping[str, date] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan) -> "Promise":
        acts: dict[str, dict[date, int]] = {}
        for code, day, quantity in plan.acts():
            acts.setdefault(code, {})[day] = quantity
        items = {tip.kind: tip.days[0] for tip in plan.tips if tip.standing}
        return cls(plan.on, plan.last, plan.predicted, acts, items)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The SSI of the last day, and why it is not what was predicted; in hundredths, the parts add up to it.

    restated: what was known of the days before, and of leave and ends of items, has changed since; not_done:
    planned, and not done or on another day; besides: done in these days, or on the day of the promise after
    it was made, without being planned;
    other_formula: another version is in force on the last day. is_done: everything on its day; is_exact:
    that, and nothing besides.
    """

    predicted: int
    result: int
    restated: int
    not_done: int
    besides: int
    other_formula: int
    is_done: bool
    is_exact: bool


def outcome(
    promise: Promise, history: History, *, formula: Formula, newer: Formula, afterwards: History = NOTHING
) -> Outcome:
    """Split the difference, told the history as it stands, the formula of the plan, and that of its last day.

    afterwards is what of the day of the promise came in after it was made. Step by step from the one to the
    other: the plan done on what is known now of its first day; what of it was done; all that was done; under
    the formula of the day. A planned act that was done on another of the plan's days counts as the plan's.
    """
    last = promise.last
    before, after = history.up_to(promise.on).without(afterwards), history.up_to(last)
    kept, done = _with(before, promise), _done_of(promise, before, after)
    steps = [
        promise.predicted,
        *(score(known, on=last, formula=formula).ssi for known in (kept, done, after)),
        score(after, on=last, formula=newer).ssi,
    ]
    restated, not_done, besides, other_formula = (later - sooner for sooner, later in pairwise(steps))
    is_done = _is_done(promise, after)
    return Outcome(
        predicted=promise.predicted,
        result=steps[-1],
        restated=restated,
        not_done=not_done,
        besides=besides,
        other_formula=other_formula,
        is_done=is_done,
        is_exact=is_done and _plain(done) == _plain(after),
    )


def _with(before: History, promise: Promise) -> History:
    """Exactly the plan, on top of what is known."""
    for code, day in promise.items.items():
        before = before.with_holding(code, Span(day))
    return before.with_acts(
        (code, day, times) for code, planned in promise.acts.items() for day, times in planned.items()
    )


def _done_of(promise: Promise, before: History, after: History) -> History:
    """Of what was done in the plan's days what was planned: on its day first, then on the earliest others."""
    holdings = {**before.holdings, **{code: after.holdings.get(code, ()) for code in promise.items}}
    return replace(before, holdings=holdings).with_acts(_matched(promise, after))


def _matched(promise: Promise, after: History) -> Iterator[tuple[str, date, int]]:
    for code, planned in promise.acts.items():
        left = sum(planned.values())
        done = {day: n for day, n in sorted(after.tallies.get(code, {}).items()) if day > promise.on}
        taken = {day: min(n, planned.get(day, 0)) for day, n in done.items()}
        left -= sum(taken.values())
        for day, n in done.items():
            more = min(left, n - taken[day])
            left -= more
            if taken[day] + more:
                yield code, day, taken[day] + more


def _is_done(promise: Promise, after: History) -> bool:
    """Each act on its day, each item in place from its day to the last."""
    acts = (
        after.tallies.get(code, {}).get(day, 0) >= times
        for code, planned in promise.acts.items()
        for day, times in planned.items()
    )
    items = (
        code in after.held_on(day) and code in after.held_on(promise.last)
        for code, day in promise.items.items()
    )
    return all(acts) and all(items)


def mark_of(history: History) -> bytes:
    """A fingerprint of a history, of 16 bytes: the same for the same, whatever the order of its parts."""
    return sha256(repr(_plain(history)).encode()).digest()[:MARK_BYTES]


def _plain(history: History) -> tuple[list[tuple[str, ...]], ...]:
    """A history as lists in order, without what is empty."""
    tallies = (
        (code, day.isoformat(), str(n))
        for code, by_day in history.tallies.items()
        for day, n in by_day.items()
        if n
    )
    holdings = ((code, *_told(span)) for code, spans in history.holdings.items() for span in set(spans))
    return sorted(tallies), sorted(holdings), sorted(_told(span) for span in history.leave)


def _told(span: Span) -> tuple[str, str]:
    return span.first.isoformat(), span.until.isoformat() if span.until else ""
