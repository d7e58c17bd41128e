"""What is planned, ticked off and taken back: each logs, or deletes, the act it stands for."""

import uuid
from datetime import date, datetime

from django.db import transaction

from scoring import intake, roster
from scoring.intake import Entry
from scoring.models import Activity, Holding, PlannedAct
from scoring.rulebook import kinds


def tick(seller_id: int, act: PlannedAct, *, token: uuid.UUID, today: date) -> bool:
    """Say that a planned thing was done on its day: what is missing of it is logged, an item is held.

    The token is that of the form. Says whether something was done: not for a form that is stale, nor for
    what is there already.

    Raises intake.Refused, also for a day that has not come.
    """
    kind = kinds()[act.kind_id]
    with transaction.atomic():
        roster.lock([seller_id])
        act = PlannedAct.objects.get(pk=act.pk)
        if act.token != token:
            return False
        if kind.is_standing:
            if Holding.objects.filter(seller=seller_id, kind=kind).on(act.day).exists():
                return False
            intake.hold(seller_id, kind, first=act.day, today=today)
            return True
        missing = act.times - _done(seller_id, act)
        if missing < 1:
            return False
        intake.record(seller_id, Entry(kind, act.day, missing), token=act.token, today=today)
        return True


def _done(seller_id: int, act: PlannedAct) -> int:
    live = Activity.objects.of(seller_id).live().filter(kind=act.kind_id, day=act.day)
    return sum(live.values_list("quantity", flat=True))


def untick(seller_id: int, act: PlannedAct, *, token: uuid.UUID, now: datetime, today: date) -> bool:
    """Take back what ticking off logged; says whether there was something to take back."""
    kind = kinds()[act.kind_id]
    with transaction.atomic():
        roster.lock([seller_id])
        act = PlannedAct.objects.get(pk=act.pk)
        if act.token != token:
            return False
        if kind.is_standing:
            begun = Holding.objects.filter(seller=seller_id, kind=kind, first=act.day).on(act.day).exists()
            if not begun:
                return False
            intake.release(seller_id, kind, on=act.day, today=today)
        else:
            logged = Activity.objects.of(seller_id).live().filter(token=act.token).first()
            if logged is None:
                return False
            intake.delete(logged, now=now, today=today)
        PlannedAct.objects.filter(pk=act.pk).update(token=uuid.uuid4())  # the next tick is another act
    return True
