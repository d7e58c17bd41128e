"""The agenda of a one-to-one: facts of the last four weeks, and what would bring most next."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from scoring import coaching, statement
from scoring.formula.catalogue import PILLARS
from scoring.formula.plan import best_plan
from scoring.formula.statement import Statement
from scoring.headline import course_of, of_25
from scoring.labels import kind_label, pillar_label
from scoring.models import AcceptedPlan
from scoring.plans import wishes
from scoring.statement import PART_LABELS
from teams.index_page import Past
from teams.lines_behind import statement_url
from teams.models import Seller
from teams.statement_page import newest_day

FOUR_WEEKS = timedelta(days=28)
LARGEST = 6
TIPS = 3
PROMISES = 4


@dataclass(frozen=True)
class PillarFact:
    """A pillar as `_bars.html` shows it; delta is that of 25 in four weeks."""

    key: str
    label: str
    value: int
    of25: int
    delta: int | None


@dataclass(frozen=True)
class Sum:
    """What a kind moved in one part of the statement, in hundredths of the index."""

    label: str
    pillar: str
    pillar_label: str
    part: str
    amount: int


@dataclass(frozen=True)
class Agenda:
    """ssi and change are None without a score, then or four weeks before; promises are the newest first."""

    day: date
    since: date
    ssi: int | None
    change: int | None
    pillars: list[PillarFact]
    moved: list[Sum]
    statement_url: str
    promises: list[AcceptedPlan]
    tips: list[coaching.TipRow]


def agenda_of(seller: Seller, known: Past, *, today: date) -> Agenda:
    day = newest_day(seller, today=today)
    course = course_of(seller.pk, upto=day, days=FOUR_WEEKS.days + 1)
    newest = max(course, default=None)
    day = newest or day
    score, before = (course.get(at) for at in (day, day - FOUR_WEEKS))
    now, then = of_25(score) if score else {}, of_25(before) if before else None
    told = statement.statement_of(seller.pk, first=day - FOUR_WEEKS, last=day, today=today)
    unwanted, hidden = wishes.wishes_of(seller.pk, today=today)
    plan = best_plan(
        known.history,
        on=today,
        formula=known.rules.formula_on(today),
        minutes_per_week=seller.minutes_per_week,
        unwanted=unwanted,
    )
    return Agenda(
        day=day,
        since=day - FOUR_WEEKS,
        ssi=score.ssi if score else None,
        change=score.ssi - before.ssi if score and before else None,
        pillars=[
            PillarFact(
                key=name,
                label=pillar_label(name),
                value=getattr(score, name),
                of25=now[name],
                delta=now[name] - then[name] if then else None,
            )
            for name in PILLARS
            if score
        ],
        moved=largest(told),
        statement_url=statement_url(seller.pk, first=day - FOUR_WEEKS, last=day),
        promises=list(AcceptedPlan.objects.of(seller).closed().order_by("-until")[:PROMISES]),
        tips=coaching.tips_for(plan, hidden=hidden)[:TIPS],
    )


def largest(told: Statement) -> list[Sum]:
    """What moved the index most, by kind and part, the largest first."""
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    parts = {}
    for line in told.lines:
        if line.kind:
            amounts[line.kind, line.part.value] += line.amount
            parts[line.kind, line.part.value] = line
    moved = sorted((key for key in amounts if amounts[key]), key=lambda key: (-abs(amounts[key]), key))
    return [
        Sum(
            label=kind_label(key[0]),
            pillar=parts[key].pillar,
            pillar_label=pillar_label(parts[key].pillar),
            part=str(PART_LABELS[parts[key].part]),
            amount=amounts[key],
        )
        for key in moved[:LARGEST]
    ]
