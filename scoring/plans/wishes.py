"""What a seller wants no coaching about: kinds that are not to be planned, tips that are not to be seen."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction

from scoring import roster
from scoring.models import HiddenTip, UnwantedKind
from scoring.rulebook import kind_codes, kinds

HIDDEN_FOR = timedelta(days=30)


def unwanted_of(seller_id: int) -> frozenset[str]:
    """The codes of the kinds of which nothing is to be planned. Costs one query."""
    codes = kind_codes()
    keys = UnwantedKind.objects.filter(seller=seller_id).values_list("kind_id", flat=True)
    return frozenset(codes[key] for key in keys)


def set_unwanted(seller_id: int, codes: Collection[str]) -> None:
    """Say which kinds are not wanted: these, and no others."""
    wanted = {kind.pk for kind in kinds().values() if kind.code in codes}
    with transaction.atomic():
        roster.lock([seller_id])
        known = UnwantedKind.objects.filter(seller=seller_id)
        known.exclude(kind__in=wanted).delete()
        missing = wanted - set(known.values_list("kind_id", flat=True))
        UnwantedKind.objects.bulk_create(UnwantedKind(seller_id=seller_id, kind_id=key) for key in missing)


def hidden_tips(seller_id: int, *, today: date) -> set[str]:
    """The codes of the tips that a seller does not want to see now. Costs one query."""
    return set(HiddenTip.objects.on(today).filter(seller=seller_id).values_list("tip", flat=True))


def hide_tip(seller_id: int, tip: str, *, today: date) -> date:
    """Do not show a tip for 30 days; gives the first day on which it may come again."""
    until = today + HIDDEN_FOR
    HiddenTip.objects.update_or_create(seller_id=seller_id, tip=tip, defaults={"until": until})
    return until


def show_tip(seller_id: int, tip: str) -> None:
    HiddenTip.objects.filter(seller=seller_id, tip=tip).delete()
