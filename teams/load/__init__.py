"""An invented organisation of any size, written in bulk: to measure with, or to see one's own size."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from scoring import night, sums
from scoring.models import Activity, Holding, Tally
from scoring.rulebook import Rulebook, kind_codes
from scoring.sums import Range
from teams import changes
from teams.demo.organisation import DEMO_LOGINS, SEED
from teams.demo.people import DOMAIN as DEMO_DOMAIN
from teams.demo.year import TOLD, intensities
from teams.load import aside, log, organisation, people
from teams.models import Industry, Leave, Membership, Seller, Team, User

__all__ = ["DEMO_LOGINS", "TOLD", "Taken", "fill", "score"]

BLOCK = 5000
TABLES = (User, User.groups.through, Seller, Membership, Leave, Holding, Tally, Activity)

# Gives the items one after the other and shows how far it is; the word says what is being done.
Track = Callable[[Iterable[Any], str], Iterable[Any]]


class Taken(ValueError):
    """People, teams or industries are in the database already."""


def fill(
    *,
    sellers: int,
    days: int,
    activities_days: int | None = None,
    told: float = TOLD,
    today: date,
    now: datetime,
    track: Track,
) -> None:
    """Write an organisation, with what its sellers logged on so many days up to today: all of it or nothing.

    The activities themselves are written for as many of the newest days as told, or for all; their tallies
    always. Sizes and a day bring the same organisation every time. Raises Taken.
    """
    with transaction.atomic():
        _refuse_when_taken()
        _fill(
            sellers,
            first=today - timedelta(days=days - 1),
            first_act=today - timedelta(days=(days if activities_days is None else activities_days) - 1),
            told=told,
            today=today,
            now=now,
            track=track,
        )
        changes.raise_people()
    _tell_the_planner(track)


def _refuse_when_taken() -> None:
    if any(model.objects.exists() for model in (Seller, Team, Industry)):
        raise Taken(
            _(
                "The database has sellers, teams or industries already, and invented people are not mixed"
                " with others. Name an empty, migrated database in DATABASE_URL."
            )
        )
    for domain in (organisation.DOMAIN, DEMO_DOMAIN):
        if User.objects.filter(email__endswith=f"@{domain}").exists():
            raise Taken(_("Somebody has an address under %(domain)s.") % {"domain": domain})


def _fill(
    sellers: int, *, first: date, first_act: date, told: float, today: date, now: datetime, track: Track
) -> None:
    dice = np.random.default_rng(SEED)
    found = organisation.found(sellers=sellers, dice=dice)
    efforts = dice.permutation(intensities(sellers))
    kinds = dict(Rulebook().on(today).formula.kinds)
    keys = {code: pk for pk, code in kind_codes().items()}
    first_user, first_key = _next_key(User), _next_key(Seller)
    laid_aside = aside.lay_aside(TABLES)
    for start in track(range(0, sellers, BLOCK), _("load")):
        block = people.draw(
            found,
            np.arange(start, min(start + BLOCK, sellers)),
            efforts=efforts,
            first_user=first_user,
            first_key=first_key,
            days=(first, today),
            dice=np.random.default_rng([SEED, start]),
        )
        people.write(block, now=now)
        log.write_holdings(block, kinds, keys, now=now)
        acts = log.draw(block, kinds, keys, told=told)
        log.write_tallies(acts)
        log.write_activities(acts.since(first_act.toordinal()), kinds, keys, now=now, dice=block.dice)
    for statement in track(laid_aside, _("indexes")):
        aside.give_back(statement)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [User, Seller]):
            cursor.execute(statement)


def _next_key(model: Any) -> int:
    return (model.objects.aggregate(newest=Max("pk"))["newest"] or 0) + 1


def _tell_the_planner(track: Track) -> None:
    """Let PostgreSQL know what it has, as it would find out by itself within minutes."""
    if connection.vendor != "postgresql":
        return
    # What clears rows of the past away cannot run inside a transaction.
    what = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    with connection.cursor() as cursor:
        for model in track(TABLES, _("statistics")):
            cursor.execute(f"{what} {connection.ops.quote_name(model._meta.db_table)}")


def score(*, today: date, now: datetime, track: Track) -> None:
    """Build the running sums of everybody, and complete today's night, so that the boards show something."""
    version = Rulebook().on(today)
    ends = Seller.objects.aggregate(least=Min("pk"), most=Max("pk"))
    for first in track(range(ends["least"], ends["most"] + 1, night.CHUNK), _("sums")):
        sums.build_missing(Range(first, first + night.CHUNK - 1), version=version, today=today)
    night.complete(
        night.run_again(today), now=now, today=today, track=lambda chunks: track(chunks, _("night"))
    )
