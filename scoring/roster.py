"""What scoring must know of sellers themselves: who is active, on leave, on which team, since when.

Sellers live in `teams`; they are reached by the lazy name, so that no arrow points back.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import BooleanField, Min, Q, QuerySet
from django.db.models.expressions import RawSQL

from scoring.formula.history import Span

BUCKET = 25_000  # keys of sellers under one lock: what a night scores at once
LOCKS = 0x551  # names the buckets' locks among all of a database
HELD = "SELECT count(pg_advisory_xact_lock_shared(%s, bucket)) > 0 FROM unnest(%s::int[]) AS bucket"


def sellers() -> QuerySet[Any]:
    return apps.get_model("teams", "Seller")._default_manager.all()


def active_on(day: date) -> QuerySet[Any]:
    """Sellers who have not left by that day."""
    return sellers().filter(Q(left_on=None) | Q(left_on__gt=day))


def lock(seller_ids: Iterable[int]) -> None:
    """Hold these sellers until the transaction ends: whoever writes their numbers comes one after the other.

    Writers of one bucket share its lock; a night that writes all of it (`lock_range`) waits for them, and
    they for it. SQLite's immediate transactions do the same for everybody at once.
    """
    wanted = sorted(set(seller_ids))
    found = sellers().filter(pk__in=wanted).order_by("pk")
    if connection.vendor == "postgresql":
        # Answered once, before a row is looked at: the locks come first, in the same statement.
        buckets = sorted({pk // BUCKET for pk in wanted})
        locked = RawSQL(HELD, [LOCKS, buckets], output_field=BooleanField())  # noqa: S611 - both are numbers
        found = found.filter(locked)
    list(found.select_for_update(no_key=True).values_list("pk", flat=True))


def lock_range(first: int, last: int) -> None:
    """Hold all sellers with keys from one to another, without touching a row of theirs."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, bucket) FROM generate_series(%s::int, %s::int) AS bucket",
                [LOCKS, first // BUCKET, last // BUCKET],
            )


def left_on(seller_id: int) -> date | None:
    return sellers().values_list("left_on", flat=True).get(pk=seller_id)


def memberships_of(seller_ids: Collection[int]) -> dict[int, list[tuple[Span, int]]]:
    """The days that sellers spent in teams, in order."""
    rows = (
        apps.get_model("teams", "Membership")._default_manager.filter(seller__in=seller_ids).order_by("first")
    )
    found: dict[int, list[tuple[Span, int]]] = {}
    for seller, first, until, team in rows.values_list("seller", "first", "until", "team"):
        found.setdefault(seller, []).append((Span(first, until), team))
    return found


def team_on(memberships: list[tuple[Span, int]], day: date) -> int | None:
    return next((team for span, team in memberships if span.covers(day)), None)


def first_memberships(seller_ids: Collection[int]) -> dict[int, date]:
    rows = apps.get_model("teams", "Membership")._default_manager.filter(seller__in=seller_ids)
    return dict(rows.values_list("seller").annotate(first_day=Min("first")))


def memberships() -> QuerySet[Any]:
    return apps.get_model("teams", "Membership")._default_manager.all()


def leaves() -> QuerySet[Any]:
    return apps.get_model("teams", "Leave")._default_manager.order_by("seller_id", "first")


def name_orders() -> QuerySet[Any]:
    """The order of sellers by name, if it was put down (`teams/name_order.py`)."""
    return apps.get_model("teams", "NameOrder")._default_manager.all()


def teams() -> QuerySet[Any]:
    return apps.get_model("teams", "Team")._default_manager.order_by("pk")
