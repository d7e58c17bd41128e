"""A seller who is deleted takes their numbers along.

The database keeps no foreign keys for these, and PostgreSQL finds scores by their days (`Score`): deleted by
the seller alone it would read those of everybody.
"""

from datetime import date
from typing import Any

from django.db.models.signals import pre_delete

from scoring.models import PillarSum, Score
from scoring.recompute import AHEAD, EARLIEST, kept_days
from scoring.rulebook import Rulebook
from ssi_dashboard import clock


def connect() -> None:
    pre_delete.connect(remove_numbers, sender="teams.Seller")


def remove_numbers(instance: Any, **_signal: Any) -> None:
    days = days_with_scores(today=clock.today())
    Score.objects.of(instance.pk).filter(day__in=days).delete()
    PillarSum.objects.filter(formula__in=Rulebook().keys(), seller=instance.pk).delete()


def days_with_scores(*, today: date) -> list[date]:
    """All days of which somebody may have a score, for what must name them."""
    return kept_days(first=EARLIEST, last=today + AHEAD, today=today)
