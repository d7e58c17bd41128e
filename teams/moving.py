"""A seller moves to another team on a day."""

from datetime import date

from django.db import transaction

from scoring import roster
from teams.models import Membership, Seller, Team


def move(seller: Seller, *, to: Team, on: date) -> bool:
    """End the membership of that day and begin one in the team; says whether there was anything to do.

    What was planned for later stays: the new membership lasts until the next one begins. Each row is saved by
    itself, so that the scores follow (`teams/restating.py`).
    """
    with transaction.atomic():
        roster.lock([seller.pk])
        theirs = Membership.objects.filter(seller=seller)
        current = theirs.on(on).first()
        if current is not None and current.team_id == to.pk:
            return False
        if current is not None and current.first == on:
            current.team = to
            current.save()
            return True
        following = theirs.filter(first__gt=on).order_by("first").first()
        if current is not None:
            current.until = on
            current.save()
        Membership.objects.create(
            seller=seller, team=to, first=on, until=following.first if following else None
        )
    return True
