"""A coaching plan for 600 minutes of a week, out of all kinds: beside the scores of its two ends, which no
planner can do without, and in a small case beside a search of every plan.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random

from bench.database import Databases
from bench.harness import Figure, Goal, Size, Timed, check, in_turn, spread, stopwatch, timed
from scoring.formula.catalogue import read_catalogue
from scoring.formula.decay import by_pillar, worth
from scoring.formula.history import History, Span
from scoring.formula.options import options_of
from scoring.formula.pillar import index, pillar, score
from scoring.formula.plan import best_plan
from scoring.formula.target import cheapest_plan
from scoring.formula.version import DEFAULT_GAP_POINTS, DEFAULT_HALF_LIFE_DAYS, Formula

CATALOGUE = Path(__file__).parent.parent / "scoring" / "data" / "catalogue.csv"
NUMBER = "13"
ON = date(2026, 11, 20)
DAYS, MINUTES = 7, 600
HUNDREDTHS_OF_A_SECOND = Goal(50)  # ms: "a few hundredths of a second"
SMALL_KINDS = (
    *("article_published", "visitor_contacted", "content_shared", "customer_checkin", "group_joined"),
    *("content_reshared", "trigger_event_acted"),
)
SMALL_MINUTES = 60
ROUNDS = 5  # one is too short to be timed alone


def measure(_databases: Databases, size: Size) -> Iterator[Figure]:
    formula, history = _formula(), _history(_formula())
    yield from _week(formula, history, size)
    yield _target(formula, history, size)
    yield _small(formula, history, size)


def _week(formula: Formula, history: History, size: Size) -> Iterator[Figure]:
    plan = best_plan(history, on=ON, formula=formula, minutes_per_week=MINUTES, days=DAYS)
    reached = score(plan.done(history), on=plan.last, formula=formula).ssi
    check("the promise of the plan", plan.predicted, reached)

    def ends() -> None:
        for past in (history, plan.done(history)):
            score(past, on=plan.last, formula=formula)

    def planning() -> None:
        best_plan(history, on=ON, formula=formula, minutes_per_week=MINUTES, days=DAYS)

    pairs = in_turn(_average(planning), _average(ends), runs=size.runs)
    what = f"{len(formula.kinds)} kinds, {DAYS} days, {MINUTES} minutes"
    acts = sum(map(len, history.tallies.values()))
    note = f"a seller with {acts:,} days of kinds in their tallies; {plan.minutes} minutes planned"
    times = spread([1000 * took for took in pairs.ours])
    yield Figure(NUMBER, f"A plan: {what}", times, "ms", HUNDREDTHS_OF_A_SECOND, note)
    yield Figure(NUMBER, "The same, against scoring its two ends", pairs.ratio, note=pairs.told)


def _target(formula: Formula, history: History, size: Size) -> Figure:
    idle = score(history, on=ON + timedelta(days=DAYS), formula=formula).ssi
    best = cheapest_plan(history, on=ON, formula=formula, target=10_001, days=DAYS)
    target = (idle + best.predicted) // 2
    plan = cheapest_plan(history, on=ON, formula=formula, target=target, days=DAYS)
    check("the target", plan.predicted >= target)

    def planning() -> None:
        cheapest_plan(history, on=ON, formula=formula, target=target, days=DAYS)

    took = [_average(planning)() for _ in range(size.runs)]
    note = f"from {idle / 100:.2f} to {target / 100:.2f} in {plan.minutes} minutes"
    what = f"The cheapest plan for a target, {DAYS} days"
    return Figure(NUMBER, what, spread([1000 * seconds for seconds in took]), "ms", note=note)


def _small(formula: Formula, history: History, size: Size) -> Figure:
    kinds = {code: formula.kinds[code] for code in SMALL_KINDS}
    small = Formula(formula.half_life_days, formula.gap_points, kinds)
    plan = best_plan(history, on=ON, formula=small, minutes_per_week=SMALL_MINUTES, days=DAYS)
    best, plans = _search(small, history)
    found = sum(tip.gain for tip in plan.tips)
    check("the best of all plans, to a hundredth", abs(100 * best - plan.predicted) < 1, True)
    check("something to gain", found > 0)

    def searching() -> None:
        _search(small, history)

    def planning() -> None:
        best_plan(history, on=ON, formula=small, minutes_per_week=SMALL_MINUTES, days=DAYS)

    pairs = in_turn(_average(planning), timed(searching), runs=size.runs)
    what = f"Times faster than a search of all {plans:,} plans of {len(kinds)} kinds"
    return Figure(NUMBER, what, pairs.times_faster, note=pairs.told)


def _search(formula: Formula, history: History) -> tuple[float, int]:
    """The best index of all plans within the budget, and how many plans there are."""
    options = options_of(history, on=ON, days=DAYS, formula=formula, unwanted=frozenset())
    last = ON + timedelta(days=DAYS)
    idle = by_pillar(worth(history, on=last, formula=formula), formula=formula)
    ways = [[None, *ways] for kinds in options.values() for ways in kinds]
    best, plans = 0.0, 0
    for pick in product(*ways):
        chosen = [way for way in pick if way]
        plans += 1
        if sum(way.minutes for way in chosen) <= SMALL_MINUTES:
            raw = dict(idle)
            for way in chosen:
                raw[way.kind.pillar] += way.raw
            exact = (pillar(raw[name], gap_points=gap) for name, gap in formula.gap_points.items())
            best = max(best, index(*exact))
    return best, plans


def _average(work: Callable[[], None]) -> Timed:
    def run() -> float:
        with stopwatch() as took:
            for _ in range(ROUNDS):
                work()
        return took[0] / ROUNDS

    return run


def _formula() -> Formula:
    with CATALOGUE.open(encoding="utf-8") as lines:
        kinds = {kind.code: kind for kind in read_catalogue(lines)}
    return Formula(DEFAULT_HALF_LIFE_DAYS, DEFAULT_GAP_POINTS, kinds)


def _history(formula: Formula) -> History:
    """A lively quarter: every kind now and then, half of the items in place, a week of leave in the plan."""
    chance = Random(7)
    acts = [
        (code, ON - timedelta(days=back), chance.randint(1, 4))
        for code, kind in formula.kinds.items()
        for back in range(90)
        if not kind.standing and chance.random() < 0.1
    ]
    items = [code for code, kind in formula.kinds.items() if kind.standing]
    history = History(leave=[Span(ON + timedelta(days=2), ON + timedelta(days=4))]).with_acts(acts)
    for code in items[::2]:
        history = history.with_holding(code, Span(ON - timedelta(days=200)))
    return history
