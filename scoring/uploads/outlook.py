"""What an upload would make of a seller's index, by the pure engine; nothing is stored."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from scoring import past, roster
from scoring.formula.catalogue import CapPeriod
from scoring.formula.decay import raw_by_day
from scoring.formula.history import History, Span
from scoring.formula.periods import cap_period_start
from scoring.formula.pillar import scores
from scoring.recompute import ONE_DAY
from scoring.rulebook import Rulebook, kind_codes

DAYS = 90

Course = list[tuple[date, int]]  # the index in hundredths, by day


class NewAct(NamedTuple):
    """An act that would be counted, and the file that it is from."""

    file: str
    kind: int
    day: date
    quantity: int


class Outlook(NamedTuple):
    before: Course
    after: Course


def outlook(
    seller_id: int, acts: Iterable[NewAct], holdings: Iterable[tuple[int, Span]] = (), *, today: date
) -> Outlook:
    """The index of the last 90 days as it is, and as it would become."""
    codes, history = kind_codes(), past.history_of(seller_id)
    cells: Counter[tuple[str, date]] = Counter()
    for act in acts:
        cells[codes[act.kind], act.day] += act.quantity
    after = history.with_acts((code, day, n) for (code, day), n in cells.items())
    for kind, span in holdings:
        after = after.with_holding(codes[kind], span)
    joined = roster.first_memberships([seller_id]).get(seller_id)
    return Outlook(
        _course(history, joined=joined, today=today),
        _course(after, joined=joined, today=today),
    )


def _course(history: History, *, joined: date | None, today: date) -> Course:
    began = past.first_day(history, joined_team=joined)
    if began is None or began > today:
        return []
    rules = Rulebook()
    first = max(began, today - timedelta(days=DAYS) + ONE_DAY)
    by_day = raw_by_day(history, first=first, last=today, formula_on=rules.formula_on)
    return [(day, scores(raw, formula=rules.formula_on(day)).ssi) for day, raw in by_day]


def beyond_cap(history: History, acts: Sequence[NewAct], *, today: date) -> dict[tuple[str, int], int]:
    """How many of a seller's new acts will not count in any day's score, by file and kind.

    The cap of a period is reached by what is known and what is new together; the files are gone through in
    order, the last ones are beyond.
    """
    codes, formula = kind_codes(), Rulebook().formula_on(today)
    new: dict[tuple[int, date], list[NewAct]] = defaultdict(list)
    for act in acts:
        kind = formula.kinds.get(codes[act.kind])
        if kind is not None and kind.cap is not None and kind.cap_period is not None:
            new[act.kind, cap_period_start(act.day, kind.cap_period)].append(act)
    held = _held(history, {(codes[kind], start) for kind, start in new}, formula.kinds)
    found: Counter[tuple[str, int]] = Counter()
    for (pk, start), those in new.items():
        kind = formula.kinds[codes[pk]]
        room = max(0, (kind.cap or 0) - held[kind.code, start])
        for act in those:
            found[act.file, pk] += max(0, act.quantity - room)
            room = max(0, room - act.quantity)
    return found


def _held(history: History, wanted: set[tuple[str, date]], kinds: object) -> Counter[tuple[str, date]]:
    """What is known of some kinds in the periods that begin on some days."""
    held: Counter[tuple[str, date]] = Counter()
    periods: dict[str, CapPeriod] = {code: kinds[code].cap_period for code, _start in wanted}  # type: ignore[index]
    for code, period in periods.items():
        for day, quantity in history.tallies.get(code, {}).items():
            start = cap_period_start(day, period)
            if (code, start) in wanted:
                held[code, start] += quantity
    return held
