"""A seller's past, made through the one door for activities."""

import datetime
import uuid

from scoring import intake
from scoring.models import Activity, Kind
from teams.models import Seller, User
from tests.moments import TODAY, days_ago


def log(
    who: User | Seller, code: str, day: datetime.date = TODAY, *, quantity: int = 1, **details: str
) -> Activity:
    entry = intake.Entry(Kind.objects.get(code=code), day, quantity=quantity, **details)
    return intake.record(_key(who), entry, token=uuid.uuid4(), today=TODAY)


def hold(who: User | Seller, code: str, first: datetime.date = TODAY) -> None:
    intake.hold(_key(who), Kind.objects.get(code=code), first=first, today=TODAY)


def some_weeks(who: User | Seller) -> None:
    """A past in all four pillars, with figures that need rounding."""
    for back in range(3, 60, 14):
        log(who, "comment_posted", days_ago(back), quantity=4)
        log(who, "message_sent", days_ago(back + 1), quantity=3)
        log(who, "people_search", days_ago(back + 2), quantity=2)
    hold(who, "profile_photo", days_ago(50))


def _key(who: User | Seller) -> int:
    return who.pk if isinstance(who, Seller) else who.seller.pk
