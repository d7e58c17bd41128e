"""Scores follow when somebody changes memberships, leave or the day of leaving.

What must be restated is recorded in the transaction of the change, and a worker is told of it. The signals
are sent by saves and deletions of rows; bulk writes send none: importers restate what they wrote themselves.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_save

from scoring import night, recompute, roster, tasks
from scoring.formula.history import Span
from scoring.models.correction import Cause
from ssi_dashboard.hints import hint
from teams.models import Leave, Membership, Seller, Team

DAYS_SHOWN = 90  # of a team's average


def connect() -> None:
    for model in (Membership, Leave):
        pre_save.connect(remember_span, sender=model)
        post_save.connect(restate_span, sender=model)
        post_delete.connect(restate_deleted_span, sender=model)
    pre_save.connect(remember_seller, sender=Seller)
    post_save.connect(restate_leaving, sender=Seller)
    post_save.connect(rank_without_the_hidden, sender=Seller)
    pre_save.connect(remember_team, sender=Team)
    post_save.connect(rank_as_the_tree_is, sender=Team)


def remember_span(instance: Membership | Leave, *, raw: bool = False, **_signal: Any) -> None:
    instance.row_before = None if raw else _stored(instance, seller_id=instance.seller_id)  # type: ignore[union-attr]


def restate_span(instance: Membership | Leave, *, raw: bool = False, **_signal: Any) -> None:
    if raw:
        return
    before = instance.row_before  # type: ignore[union-attr]
    if before is not None and before.seller_id == instance.seller_id:
        first = first_difference(_span(before), _span(instance), same=_said(before) == _said(instance))
        _ask(instance.seller_id, first, _cause(instance))
        return
    _ask(instance.seller_id, instance.first, _cause(instance))
    if before is not None:
        _ask(before.seller_id, before.first, _cause(instance))


def restate_deleted_span(instance: Membership | Leave, *, origin: Any = None, **_signal: Any) -> None:
    """Nothing is asked for a seller who is deleted with it: the need would point to nobody."""
    if _is_of(origin, type(instance)):
        _ask(instance.seller_id, instance.first, _cause(instance))


def remember_seller(instance: Seller, *, raw: bool = False, **_signal: Any) -> None:
    instance.row_before = None if raw else _stored(instance, seller_id=instance.pk)  # type: ignore[attr-defined]


def restate_leaving(instance: Seller, **_signal: Any) -> None:
    before = instance.row_before  # type: ignore[attr-defined]
    if before is None or before.left_on == instance.left_on:
        return
    first = min(day for day in (before.left_on, instance.left_on) if day is not None)
    _ask(instance.pk, first, Cause.LEAVING)


def rank_without_the_hidden(instance: Seller, **_signal: Any) -> None:
    """Boards up to a thousand rows see it at once; what the night counted of longer ones is counted again."""
    before = instance.row_before  # type: ignore[attr-defined]
    if before is not None and before.shown_on_boards != instance.shown_on_boards:
        _rank_again(days=1)


def remember_team(instance: Team, *, raw: bool = False, **_signal: Any) -> None:
    known = Team.objects.filter(pk=instance.pk) if instance.pk and not raw else Team.objects.none()
    instance.row_before = known.first()  # type: ignore[attr-defined]


def rank_as_the_tree_is(instance: Team, **_signal: Any) -> None:
    """The lists above a team that moves are others, for as many days as pages show of them."""
    before = instance.row_before  # type: ignore[attr-defined]
    if before is not None and before.parent_id != instance.parent_id:
        _rank_again(days=DAYS_SHOWN)


def _rank_again(*, days: int) -> None:
    night.rank_stale(days=days)
    hint(tasks.rank_again)


def first_difference(before: Span, after: Span, *, same: bool) -> date | None:
    """The first day on which two spans differ; None when there is none.

    `same` is whether they say the same of the days that they share.
    """
    if before.first != after.first or not same:
        return min(before.first, after.first)
    if before.until == after.until:
        return None
    return min(day for day in (before.until, after.until) if day is not None)


def _stored(instance: Any, *, seller_id: int | None) -> Any:
    """The row as it stands; in a transaction nobody else changes what belongs to the seller until it ends."""
    if connection.in_atomic_block and seller_id is not None:
        roster.lock([seller_id])
    if instance.pk is None:
        return None
    return type(instance).objects.filter(pk=instance.pk).first()


def _span(row: Membership | Leave) -> Span:
    return Span(row.first, row.until)


def _said(row: Membership | Leave) -> int | None:
    """What a row says of its days: a membership the team, leave nothing more than that they are leave."""
    return row.team_id if isinstance(row, Membership) else None


def _cause(row: Membership | Leave) -> Cause:
    return Cause.MEMBERSHIP if isinstance(row, Membership) else Cause.LEAVE


def _is_of(origin: Any, model: type[Model]) -> bool:
    """Whether the deletion began with rows of the model, not with something above them."""
    return isinstance(origin, model) or (isinstance(origin, QuerySet) and origin.model is model)


def _ask(seller_id: int, first: date | None, cause: Cause) -> None:
    if first is not None:
        recompute.ask(seller_id, first=first, cause=cause)
        hint(tasks.settle, seller_id=seller_id)
