"""What would go with a seller who is deleted, counted: a year of somebody is too long to list row by row."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from scoring.models import Activity, Holding, OfficialScore, Score
from scoring.removal import days_with_scores
from teams.models import AgreedAction, Follow, Goal, Leave, Membership, Note

GOES_ALONG = (Membership, Leave, Follow, Goal, Note, AgreedAction, Score, Holding, OfficialScore)


Found = tuple[list[str], dict[str, int], set[str], list[str]]


def what_goes_with(sellers: Any, *, named: list[str], today: date) -> Found:
    """Answer as Django's `get_deleted_objects` does.

    Somebody with activities is history of their team: they are set as left, not deleted.
    """
    keys = [seller.pk for seller in sellers]
    activities = Activity.objects.filter(seller__in=keys).count()
    if activities:
        sentence = _("Activities: %(count)d. Set the seller as left instead: the past then stays as it was.")
        return named, {}, set(), [sentence % {"count": activities}]
    counts = {str(model._meta.verbose_name_plural): _count(model, keys, today=today) for model in GOES_ALONG}
    return named, {name: count for name, count in counts.items() if count}, set(), []


def _count(model: Any, keys: list[int], *, today: date) -> int:
    owner = "follower" if model is Follow else "seller"
    rows = model._default_manager.filter(**{f"{owner}__in": keys})
    return int((rows.filter(day__in=days_with_scores(today=today)) if model is Score else rows).count())
