"""How one imports a CSV with Django: DictReader and bulk_create, with identity and tallies, as it must.

Batches of 5,000; known rows are looked up by their content, so that nothing counts twice.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from scoring import roster
from scoring.identity import content_digest
from scoring.models import Activity, Kind, Tally

AT_ONCE = 5000

Cell = tuple[int, date, int]  # seller, day, kind


def take_in(path: Path) -> int:
    """Import all rows in one transaction; gives how many were new."""
    sellers = dict(roster.sellers().order_by().values_list("user__email", "pk"))
    kinds = dict(Kind.objects.values_list("code", "pk"))
    seen: Counter[tuple[int, Any]] = Counter()
    new = 0
    with path.open(encoding="utf-8", newline="") as lines, transaction.atomic():
        rows = csv.DictReader(lines)
        while some := list(islice(rows, AT_ONCE)):
            acts = _new(list(_acts(some, sellers, kinds, seen)))
            Activity.objects.bulk_create(acts)
            _count(acts)
            new += len(acts)
    return new


def _acts(
    rows: Iterable[dict[str, str]],
    sellers: dict[str, int],
    kinds: dict[str, int],
    seen: Counter[tuple[int, Any]],
) -> Iterator[Activity]:
    for row in rows:
        seller, day, quantity = (
            sellers[row["seller"]],
            date.fromisoformat(row["day"]),
            int(row["quantity"] or 1),
        )
        content = content_digest(
            kind=row["kind"], day=day, quantity=quantity, network=row["network"], link=row["link"]
        )
        seen[seller, content] += 1
        yield Activity(
            seller_id=seller,
            kind_id=kinds[row["kind"]],
            day=day,
            quantity=quantity,
            network=row["network"],
            link=row["link"],
            note=row["note"],
            source=Activity.Source.FILE,
            content=content,
            occurrence=seen[seller, content],
        )


def _new(acts: list[Activity]) -> list[Activity]:
    rows = Activity.objects.filter(
        seller__in={act.seller_id for act in acts}, content__in={act.content for act in acts}
    )
    known = set(rows.values_list("seller_id", "content", "occurrence"))
    return [act for act in acts if (act.seller_id, act.content, act.occurrence) not in known]


def _count(acts: list[Activity]) -> None:
    more: Counter[Cell] = Counter()
    for act in acts:
        more[act.seller_id, act.day, act.kind_id] += act.quantity
    known = Tally.objects.filter(seller__in={cell[0] for cell in more}, day__in={cell[1] for cell in more})
    for *cell, quantity in known.values_list("seller_id", "day", "kind_id", "quantity").iterator():
        if tuple(cell) in more:
            more[tuple(cell)] += quantity  # type: ignore[index]
    Tally.objects.bulk_create(
        [
            Tally(seller_id=seller, day=day, kind_id=kind, quantity=n)
            for (seller, day, kind), n in more.items()
        ],
        update_conflicts=True,
        unique_fields=["seller_id", "day", "kind_id"],
        update_fields=["quantity"],
    )
