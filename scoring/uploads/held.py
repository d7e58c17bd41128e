"""Standing items that uploads say, and what becomes of them when one is taken back.

An upload keeps what it said (`Upload.held`), also where it changed nothing: an item stays while any upload
that said it stands.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from scoring.models import Activity, Holding, Upload
from scoring.rows import StandingRow

Firsts = dict[int, date]  # from which day on each seller is restated


def say(upload: Upload, rows: Iterable[StandingRow], *, today: date) -> Firsts:
    """Take over what an upload says is true, from a day on, in a transaction that holds the sellers.

    What is held on that day already, or begins on it, is confirmed; a row of a table says its end too.
    """
    firsts: Firsts = {}
    for row in rows:
        known = _known(upload, row)
        said: dict[str, Any] = {"seller": row.seller, "kind": row.kind, **_days(row)}
        if known is None:
            Holding.objects.create(
                seller_id=row.seller,
                kind_id=row.kind,
                first=row.first,
                until=row.until,
                source=Activity.Source.ARCHIVE,
                upload=upload,
                confirmed_on=today,
            )
            _touch(firsts, row.seller, row.first)
        elif upload.is_plain and known.until != row.until:
            said["was"] = known.until and known.until.isoformat()
            _touch(firsts, row.seller, min(day for day in (known.until, row.until) if day))
            Holding.objects.filter(pk=known.pk).update(until=row.until, confirmed_on=today)
        else:
            Holding.objects.filter(pk=known.pk).update(confirmed_on=today)
        upload.held.append(said)
    return firsts


def _known(upload: Upload, row: StandingRow) -> Holding | None:
    held = Holding.objects.filter(seller=row.seller, kind=row.kind).order_by("first")
    if upload.is_plain:
        return held.filter(first=row.first).first()
    return held.filter(Q(first=row.first) | Q(pk__in=held.on(row.first))).first()


def unsay(upload: Upload) -> Firsts:
    """Undo what an upload said that is undone itself, in a transaction that holds the sellers."""
    firsts: Firsts = {}
    others = list(Upload.objects.standing().exclude(held=[]).order_by("ended_at", "pk"))
    for holding in upload.holdings.order_by("first"):
        _touch(firsts, holding.seller_id, holding.first)
        _pass_on(holding, others)
    for said in upload.held:
        if "was" in said:
            _touch(firsts, said["seller"], _give_back(said, others))
    return firsts


def _pass_on(holding: Holding, others: list[Upload]) -> None:
    """Leave an item to the next upload that said it, from the day of which it holds then."""
    for heir in others:
        for said in _said_of(holding, heir):
            first = date.fromisoformat(said["first"])
            if (heir.is_plain and first != holding.first) or (holding.until and holding.until <= first):
                continue
            if said.pop("was", None):
                heir.save(update_fields=["held"])
            Holding.objects.filter(pk=holding.pk).update(upload=heir, first=first)
            return
    holding.delete()


def _give_back(said: dict[str, Any], others: list[Upload]) -> date:
    """Take an end back: from whoever changed it next, or else from the item itself."""
    key = {name: said[name] for name in ("seller", "kind", "first")}
    for other in others:
        for later in other.held:
            if later.get("was", "") == said["until"] and key.items() <= later.items():
                later["was"] = said["was"]
                other.save(update_fields=["held"])
                return date.fromisoformat(said["first"])
    held = Holding.objects.filter(
        seller=said["seller"], kind=said["kind"], first=said["first"], until=said["until"]
    )
    held.update(until=said["was"])
    return date.fromisoformat(said["first"])


def _said_of(holding: Holding, upload: Upload) -> list[dict[str, Any]]:
    return [
        said
        for said in upload.held
        if (said["seller"], said["kind"]) == (holding.seller_id, holding.kind_id)
        and said["first"] >= holding.first.isoformat()
    ]


def _days(row: StandingRow) -> dict[str, str | None]:
    return {"first": row.first.isoformat(), "until": row.until.isoformat() if row.until else None}


def _touch(firsts: Firsts, seller: int, day: date) -> None:
    firsts[seller] = min(day, firsts.get(seller, day))
