"""Accepted plans: one open a seller, its things ticked off, its promise checked when its days are over."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from scoring import past, roster
from scoring.formula.history import History, Span
from scoring.formula.promise import Outcome, Promise, mark_of, outcome
from scoring.models import AcceptedPlan, Activity, Holding, PlannedAct
from scoring.plans.planning import Planned
from scoring.rulebook import Rulebook, kind_codes, kinds

ONE_DAY = timedelta(days=1)
CLOSES_AFTER = timedelta(days=7)  # so long may be logged late what was done in time
PLANS_AT_ONCE = 200
LEEWAY = 1  # hundredth of a point


class NotAccepted(ValueError):
    """A plan cannot be accepted as it is; the message is fit for the person."""


@dataclass(frozen=True)
class Tally:
    """How promises went, over all sellers.

    ended: plans whose days are over; done: all of it on its day; reached: of the latter, those whose index
    is as predicted or above; undisturbed: done with nothing besides, nothing of before changed, under one
    formula; held: of these, those that hold to 0.01.
    """

    ended: int
    done: int
    reached: int
    undisturbed: int
    held: int

    @property
    def is_broken(self) -> bool:
        """A promise was not kept although nothing stood in its way: the planner is wrong."""
        return self.held < self.undisturbed


def accept(seller_id: int, found: Planned, *, mark: str, known: uuid.UUID, today: date) -> AcceptedPlan:
    """Make a promise of a plan that was made from today's state; the one before is closed if it is over.

    mark is that of the plan as the seller saw it, known what was known of them before it was made. A second
    submission finds the plan accepted.

    Raises NotAccepted when another plan still runs, when there is nothing in it, or it is not what was seen.
    """
    plan, rules = found.plan, Rulebook()
    with transaction.atomic():
        roster.lock([seller_id])
        before = open_plan(seller_id)
        if before is not None and before.runs_on(today):
            return _same_or_refuse(before, mark=mark)
        history = past.history_of(seller_id)
        if mark != plan_mark(found) or known != fingerprint(history, on=plan.on):
            raise NotAccepted(
                _("What you logged has changed the plan meanwhile. Look at it once more, then accept it.")
            )
        if not plan.tips:
            raise NotAccepted(_("There is nothing in this plan."))
        if before is not None:
            close(before, history, rules=rules, today=today)
        accepted = AcceptedPlan.objects.create(
            seller_id=seller_id,
            accepted_on=plan.on,
            first=plan.on + ONE_DAY,
            until=plan.last + ONE_DAY,
            minutes=plan.minutes,
            target=found.target,
            predicted=plan.predicted,
            idle=plan.idle,
            formula_id=rules.on(plan.on).pk,
            known=known,
        )
        keys = {code: key for key, code in kind_codes().items()}
        PlannedAct.objects.bulk_create(
            PlannedAct(
                plan=accepted,
                kind_id=keys[errand.kind],
                day=errand.day,
                times=errand.times,
                minutes=errand.minutes,
                gain=errand.gain,
            )
            for errand in found.errands
        )
    return accepted


def _same_or_refuse(running: AcceptedPlan, *, mark: str) -> AcceptedPlan:
    errands = [(kinds()[act.kind_id].code, act.day, act.times) for act in running.acts.all()]
    if mark == _mark(running.accepted_on, running.predicted, errands):
        return running
    raise NotAccepted(_("Another plan still runs. Give it up first."))


def fingerprint(history: History, *, on: date) -> uuid.UUID:
    """What is known of a seller on a day."""
    return uuid.UUID(bytes=mark_of(history.up_to(on)))


def plan_mark(found: Planned) -> str:
    """What a form says about the plan that its reader saw."""
    errands = [(errand.kind, errand.day, errand.times) for errand in found.errands]
    return _mark(found.plan.on, found.plan.predicted, errands)


def _mark(on: date, predicted: int, errands: Iterable[tuple[str, date, int]]) -> str:
    told = sorted((kind, day.isoformat(), times) for kind, day, times in errands)
    return uuid.uuid5(uuid.NAMESPACE_OID, repr((on.isoformat(), predicted, told))).hex


def open_plan(seller_id: int) -> AcceptedPlan | None:
    """The plan that runs, or is over and waits for its figures. Costs two queries."""
    return AcceptedPlan.objects.of(seller_id).open().prefetch_related("acts").first()


def give_up(seller_id: int, pk: int, *, today: date) -> bool:
    """Want a plan no more; what was logged stays. Says whether it was given up now."""
    running = AcceptedPlan.objects.of(seller_id).open().filter(pk=pk, until__gt=today)
    return running.update(dropped_on=today) == 1


def take_up_again(seller_id: int, pk: int) -> bool:
    """Undo giving up, unless another plan was accepted meanwhile."""
    with transaction.atomic():
        roster.lock([seller_id])
        if AcceptedPlan.objects.of(seller_id).open().exists():
            return False
        dropped = AcceptedPlan.objects.of(seller_id).filter(pk=pk, closed_on=None, dropped_on__isnull=False)
        return dropped.update(dropped_on=None) == 1


def outcome_of(
    plan: AcceptedPlan, history: History, *, rules: Rulebook, afterwards: History | None = None
) -> Outcome:
    """Split the difference between promise and result, from the history as it stands now.

    Costs two queries, none when told what of its first day came in after it was accepted.
    """
    return outcome(
        promise_of(plan),
        history,
        formula=rules.of(plan.formula_id),
        newer=rules.formula_on(plan.last),
        afterwards=afterwards_of([plan])[plan.pk] if afterwards is None else afterwards,
    )


def afterwards_of(plans: Collection[AcceptedPlan]) -> dict[int, History]:
    """What of the day on which a plan was accepted came in after it was, by plan; two queries for all."""
    codes, found = kind_codes(), {plan.pk: History() for plan in plans}
    plan = "seller__accepted_plans"
    later = {f"{plan}__in": found, "created_at__gt": F(f"{plan}__accepted_at")}
    acts = Activity.objects.live().filter(**later, day=F(f"{plan}__accepted_on"))
    for pk, kind, day, quantity in acts.values_list(plan, "kind_id", "day", "quantity"):
        found[pk] = found[pk].with_acts([(codes[kind], day, quantity)])
    items = Holding.objects.filter(**later, first=F(f"{plan}__accepted_on"))
    for pk, kind, first, until in items.values_list(plan, "kind_id", "first", "until"):
        found[pk] = found[pk].with_holding(codes[kind], Span(first, until))
    return found


def promise_of(plan: AcceptedPlan) -> Promise:
    acts: dict[str, dict[date, int]] = {}
    items: dict[str, date] = {}
    for act in plan.acts.all():
        kind = kinds()[act.kind_id]
        if kind.is_standing:
            items[kind.code] = act.day
        else:
            acts.setdefault(kind.code, {})[act.day] = act.times
    return Promise(plan.accepted_on, plan.last, plan.predicted, acts, items)


def close(
    plan: AcceptedPlan, history: History, *, rules: Rulebook, today: date, afterwards: History | None = None
) -> None:
    """Write down what became of a plan whose days are over; once, whoever comes first."""
    told = outcome_of(plan, history, rules=rules, afterwards=afterwards)
    same = plan.known == fingerprint(history, on=plan.accepted_on)
    same = same and rules.on(plan.last).pk == plan.formula_id
    AcceptedPlan.objects.open().filter(pk=plan.pk, until__lte=today).update(
        closed_on=today,
        result=told.result,
        restated=told.restated,
        not_done=told.not_done,
        besides=told.besides,
        other_formula=told.other_formula,
        is_done=told.is_done,
        is_undisturbed=told.is_exact and same,
    )


def close_ended(*, today: date) -> int:
    """Close the plans whose days, and those for logging late, are over; says how many."""
    rules, closed = Rulebook(), 0
    due = AcceptedPlan.objects.open().filter(until__lte=today - CLOSES_AFTER).prefetch_related("acts")
    while plans := list(due.order_by("pk")[:PLANS_AT_ONCE]):
        histories, afterwards = past.histories_of([plan.seller_id for plan in plans]), afterwards_of(plans)
        for plan in plans:
            close(plan, histories[plan.seller_id], rules=rules, today=today, afterwards=afterwards[plan.pk])
        closed += len(plans)
    return closed


def tally() -> Tally:
    """Count how promises went, over all sellers; of those whose figures are written down."""
    reached = Q(result__gte=F("predicted") - LEEWAY)
    held = reached & Q(result__lte=F("predicted") + LEEWAY)
    return Tally(
        **AcceptedPlan.objects.closed().aggregate(
            ended=Count("pk"),
            done=Count("pk", filter=Q(is_done=True)),
            reached=Count("pk", filter=Q(is_done=True) & reached),
            undisturbed=Count("pk", filter=Q(is_undisturbed=True)),
            held=Count("pk", filter=Q(is_undisturbed=True) & held),
        )
    )
