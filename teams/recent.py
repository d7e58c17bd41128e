"""What a seller did lately, as those who coach them may see it: notes are the seller's own, and not read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from scoring.labels import NETWORK_LABELS, pillar_label
from scoring.models import Activity, Kind
from scoring.rulebook import kinds
from scoring.worth_words import Worth, worth_words
from teams.index_page import Past
from teams.models import Seller

DAYS = 30
COLUMNS = ("pk", "day", "kind_id", "network", "quantity")


@dataclass(frozen=True)
class Act:
    day: date
    label: str
    pillar: str
    pillar_label: str
    network: str
    quantity: int
    worth: Worth | None


def acts_of(seller: Seller, *, today: date) -> QuerySet[Activity, Any]:
    """The undeleted acts of the last 30 days, newest day first; without notes and links."""
    live = Activity.objects.of(seller).live().filter(day__gt=today - timedelta(days=DAYS), day__lte=today)
    return live.order_by("-day", "-pk").values_list(*COLUMNS, named=True)


def told(seller: Seller, rows: Collection[Any], known: Past, *, today: date) -> list[Act]:
    """Put read rows into words of the active language, with what each is worth. Costs one query."""
    worths = worth_words(seller.pk, rows, known.history, rules=known.rules, on=today)
    return [_act(row, kinds()[row.kind_id], worths.get(row.pk)) for row in rows]


def _act(row: Any, kind: Kind, worth: Worth | None) -> Act:
    return Act(
        day=row.day,
        label=kind.label,
        pillar=kind.pillar,
        pillar_label=pillar_label(kind.pillar),
        network=str(NETWORK_LABELS.get(row.network, "")),
        quantity=row.quantity,
        worth=worth,
    )
