"""The one door for activities and holdings: new, changed, deleted, undone; each scores its seller anew."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring import live, recompute, roster
from scoring.corrections import because
from scoring.identity import content_digest
from scoring.live import Act
from scoring.models import Activity, Holding, Kind, Tally
from scoring.models.activity import UNDO_FOR
from scoring.models.correction import Cause
from scoring.prepared import prepared

MOST_DAYS_BACK = 400


@dataclass(frozen=True)
class Entry:
    """What a person says they did."""

    kind: Kind
    day: date
    quantity: int = 1
    network: str = ""
    link: str = ""
    note: str = ""

    @property
    def digest(self) -> uuid.UUID:
        return content_digest(
            kind=self.kind.code, day=self.day, quantity=self.quantity, network=self.network, link=self.link
        )


class Refused(ValueError):
    """An entry that cannot be taken in; the message is fit for the person."""


class FutureActivity(Refused):
    """It happened on a day that has not come yet."""


class TooLongAgo(Refused):
    """It happened before the days for which activities can be logged by hand."""


class WrongNature(Refused):
    """A standing item is no act, and an act is no standing item."""


class ChangedMeanwhile(Refused):
    """The form was made for an older state of the act, or comes a second time."""


class TooLateToUndo(Refused):
    """It was deleted too long ago."""


def record(seller_id: int, entry: Entry, *, token: uuid.UUID, today: date) -> Activity:
    """Take in an act by hand; the same token is the same act, whatever else the second submission says.

    Raises FutureActivity, TooLongAgo or WrongNature.
    """
    _refuse_standing(entry.kind)
    _refuse_day(entry.day, today=today)
    with transaction.atomic():
        with prepared():
            roster.lock([seller_id])
            act = Act(entry.kind, entry.day, entry.quantity, today)
            stored = live.read(seller_id, act, token=token)
            if stored.known is not None:
                return Activity.objects.get(pk=stored.known)
            activity = Activity.objects.create(
                seller_id=seller_id,
                token=token,
                content=entry.digest,
                source=Activity.Source.HAND,
                **_fields(entry),
            )
            is_scored = live.add(seller_id, act, stored)
        if not is_scored:
            recompute.restate(seller_id, first=entry.day, today=today, because=because(Cause.LATE))
    return activity


def change(activity: Activity, entry: Entry, *, today: date, version: int | None = None) -> Activity:
    """Say something else of a known act; with a version, only of an act that still is of that version.

    Raises FutureActivity, TooLongAgo, WrongNature or ChangedMeanwhile.
    """
    _refuse_standing(entry.kind)
    if entry.day != activity.day:
        _refuse_day(entry.day, today=today)
    with transaction.atomic():
        roster.lock([activity.seller_id])
        before = Activity.objects.get(pk=activity.pk)
        if version is not None and before.version != version:
            raise ChangedMeanwhile(_("This was changed meanwhile, or saved already. Look at it once more."))
        edited = None if entry.digest == before.content else entry.digest
        Activity.objects.filter(pk=activity.pk).update(
            **_fields(entry), edited_content=edited, version=F("version") + 1
        )
        cells = {(before.kind_id, before.day), (entry.kind.pk, entry.day)}
        count_again(before.seller_id, cells)
        recompute.restate(
            before.seller_id,
            first=min(before.day, entry.day),
            today=today,
            because=because(Cause.CHANGED),
        )
    return Activity.objects.get(pk=activity.pk)


def delete(activity: Activity, *, now: datetime, today: date, version: int | None = None) -> bool:
    """Take an act out of every number; for 30 days it can be brought back. Says whether it was done now.

    With a version it is done only to an act of that version: the form that comes again finds another one.
    """
    return _mark(activity, deleted_at=now, today=today, version=version)


def undo_delete(activity: Activity, *, now: datetime, today: date, version: int | None = None) -> bool:
    """Bring a deleted act back as it was, the same way. Raises TooLateToUndo."""
    if activity.deleted_at is not None and activity.deleted_at < now - UNDO_FOR:
        raise TooLateToUndo(_("This was deleted more than 30 days ago and cannot be brought back."))
    return _mark(activity, deleted_at=None, today=today, version=version)


def _mark(activity: Activity, *, deleted_at: datetime | None, today: date, version: int | None) -> bool:
    with transaction.atomic():
        roster.lock([activity.seller_id])
        unlike = Activity.objects.filter(pk=activity.pk, deleted_at__isnull=deleted_at is not None)
        if version is not None:
            unlike = unlike.filter(version=version)
        done = unlike.update(deleted_at=deleted_at, version=F("version") + 1) == 1
        if done:
            current = Activity.objects.get(pk=activity.pk)
            count_again(current.seller_id, [(current.kind_id, current.day)])
            cause = Cause.DELETED if deleted_at else Cause.RESTORED
            recompute.restate(current.seller_id, first=current.day, today=today, because=because(cause))
    return done


def hold(seller_id: int, kind: Kind, *, first: date, today: date) -> None:
    """Say that a standing item is true from a day on; said again it is confirmed, and nothing else changes.

    Raises WrongNature or FutureActivity.
    """
    _refuse_event(kind)
    if first > today:
        raise FutureActivity(_("That day has not come yet."))
    with transaction.atomic():
        roster.lock([seller_id])
        held = Holding.objects.filter(seller=seller_id, kind=kind)
        if not held.on(first).update(confirmed_on=today):
            Holding.objects.update_or_create(
                seller_id=seller_id, kind=kind, first=first, defaults={"until": None, "confirmed_on": today}
            )
            recompute.restate(seller_id, first=first, today=today, because=because(Cause.ITEM))


def release(seller_id: int, kind: Kind, *, on: date, today: date) -> None:
    """Say that a standing item is no longer true from a day on; what began that very day never was."""
    _refuse_event(kind)
    with transaction.atomic():
        roster.lock([seller_id])
        held = Holding.objects.filter(seller=seller_id, kind=kind).on(on)
        held.filter(first=on).delete()
        held.update(until=on)
        recompute.restate(seller_id, first=on, today=today, because=because(Cause.ITEM))


def count_again(seller_id: int, cells: Iterable[tuple[int, date]]) -> None:
    """Make tallies (kind, day) say what the undeleted activities say."""
    for kind_id, day in cells:
        live = Activity.objects.of(seller_id).live().filter(kind=kind_id, day=day)
        quantity = live.aggregate(n=Sum("quantity"))["n"]
        cell = Tally.objects.filter(seller=seller_id, kind=kind_id, day=day)
        if not quantity:
            cell.delete()
        elif not cell.update(quantity=quantity):
            Tally.objects.create(seller_id=seller_id, kind_id=kind_id, day=day, quantity=quantity)


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind,
        "day": entry.day,
        "quantity": entry.quantity,
        "network": entry.network,
        "link": entry.link,
        "note": entry.note,
    }


def _refuse_day(day: date, *, today: date) -> None:
    if day > today:
        raise FutureActivity(_("That day has not come yet."))
    if day < first_day_by_hand(today):
        earliest = date_format(first_day_by_hand(today))
        raise TooLongAgo(
            _("That is too long ago: activities can be logged back to %(day)s.") % {"day": earliest}
        )


def first_day_by_hand(today: date) -> date:
    return today - timedelta(days=MOST_DAYS_BACK)


def _refuse_standing(kind: Kind) -> None:
    if kind.is_standing:
        raise WrongNature(
            _("“%(kind)s” is part of the profile: tick it in the checklist.") % {"kind": kind.label}
        )


def _refuse_event(kind: Kind) -> None:
    if not kind.is_standing:
        raise WrongNature(_("“%(kind)s” is something one does on a day: log it.") % {"kind": kind.label})
