"""What a seller wants no coaching about: kinds that are not to be planned, tips that are not to be seen."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, IntegerField, Value

from scoring import roster
from scoring.models import HiddenTip, UnwantedKind
from scoring.rulebook import kind_codes, kinds

HIDDEN_FOR = timedelta(days=30)


class Wishes(NamedTuple):
    """The codes of kinds and of tips that a seller does not want."""

    unwanted: frozenset[str]
    hidden: frozenset[str]


def wishes_of(seller_id: int, *, today: date) -> Wishes:
    """Read both in one query."""
    kind = Value(None, output_field=IntegerField())
    tip = Value(None, output_field=CharField())
    unwanted = UnwantedKind.objects.filter(seller=seller_id).values_list("kind_id", tip)
    hidden = HiddenTip.objects.on(today).filter(seller=seller_id).values_list(kind, "tip")
    found, codes = list(unwanted.union(hidden, all=True)), kind_codes()
    return Wishes(
        unwanted=frozenset(codes[kind] for kind, tip in found if kind is not None),
        hidden=frozenset(tip for kind, tip in found if kind is None),
    )


def unwanted_of(seller_id: int) -> frozenset[str]:
    return unwanted_of_each([seller_id])[seller_id]


def unwanted_of_each(seller_ids: Collection[int]) -> Mapping[int, frozenset[str]]:
    """The codes of the kinds of which nothing is to be planned, by seller. Costs one query for all."""
    codes = kind_codes()
    found: dict[int, set[str]] = defaultdict(set)
    rows = UnwantedKind.objects.filter(seller__in=seller_ids)
    for seller, kind in rows.values_list("seller_id", "kind_id"):
        found[seller].add(codes[kind])
    return {pk: frozenset(found[pk]) for pk in seller_ids}


def set_unwanted(seller_id: int, codes: Collection[str]) -> None:
    """Say which kinds are not wanted: these, and no others."""
    wanted = {kind.pk for kind in kinds().values() if kind.code in codes}
    with transaction.atomic():
        roster.lock([seller_id])
        known = UnwantedKind.objects.filter(seller=seller_id)
        known.exclude(kind__in=wanted).delete()
        missing = wanted - set(known.values_list("kind_id", flat=True))
        UnwantedKind.objects.bulk_create(UnwantedKind(seller_id=seller_id, kind_id=key) for key in missing)


def hidden_tips_of_each(seller_ids: Collection[int], *, today: date) -> Mapping[int, frozenset[str]]:
    """The codes of the tips that sellers do not want to see now, by seller. Costs one query for all."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = HiddenTip.objects.on(today).filter(seller__in=seller_ids)
    for seller, tip in rows.values_list("seller_id", "tip"):
        found[seller].add(tip)
    return {pk: frozenset(found[pk]) for pk in seller_ids}


def hide_tip(seller_id: int, tip: str, *, today: date) -> date:
    """Do not show a tip for 30 days; gives the first day on which it may come again."""
    until = today + HIDDEN_FOR
    HiddenTip.objects.update_or_create(seller_id=seller_id, tip=tip, defaults={"until": until})
    return until


def show_tip(seller_id: int, tip: str) -> None:
    HiddenTip.objects.filter(seller=seller_id, tip=tip).delete()
