"""The order of names, put down once a day: a night of a million has no time to sort them."""

from datetime import date

import numpy as np
from django.conf import settings

from scoring import night, standings
from teams.models import NameOrder, Seller
from teams.names import name_on_boards, order_key

AT_ONCE = 10_000


def put_in_order(*, today: date) -> bool:
    """Put down the order of all names, in the alphabet of the organisation's language; says whether it did.

    Once a day, after the day's night, for the next one; never where all lists are sorted as they are read.
    """
    if night.published_day() != today or NameOrder.objects.filter(made_on__gte=today).exists():
        return False
    if Seller.objects.count() <= standings.LONGEST_LIVE:
        return False
    names = ("user__first_name", "user__last_name", "user__email")
    people = Seller.objects.order_by().values_list("pk", *names).iterator(AT_ONCE)
    ordered = sorted((order_key(name_on_boards(*name), settings.LANGUAGE_CODE), pk) for pk, *name in people)
    keys = np.array([pk for _name, pk in ordered], dtype=standings.NUMBER)
    NameOrder.objects.update_or_create(pk=1, defaults={"made_on": today, "sellers": keys.tobytes()})
    return True
