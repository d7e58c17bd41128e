"""The organisation's day: what the edges read; everything further in is told."""

from datetime import date

from django.utils import timezone


def today() -> date:
    """The date in the organisation's zone, whatever zone a person prefers for moments."""
    return timezone.localdate(timezone=timezone.get_default_timezone())
