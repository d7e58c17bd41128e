"""The demo organisation: invented people with a year behind them, recognisable and removable."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from scoring import night, recompute, standings
from scoring.models import (
    Activity,
    Holding,
    OfficialScore,
    PillarSum,
    Restatement,
    Run,
    Score,
    Standing,
    Tally,
)
from teams import changes
from teams.demo.archives import bring_archives, remove_files
from teams.demo.log import fill_logs, report_official_scores
from teams.demo.organisation import DEMO_LOGINS, SLUGS, found
from teams.demo.people import DOMAIN
from teams.models import Industry, Seller, Team, User

__all__ = ["DEMO_LOGINS", "StillUsed", "Taken", "build", "remove"]

Track = Callable[[Iterable[Any]], Iterable[Any]]


class Taken(ValueError):
    """Demo rows are in the database already, or real ones where they would go."""


class StillUsed(ValueError):
    """Real people hang on rows of the demo; the message names some of them."""


def build(*, today: date, now: datetime, track: Track = iter) -> int:
    """Make the organisation, its year and its scores; gives the number of sellers.

    The same day brings the same organisation. Where nobody else sells, today's run is completed too, so that
    the boards show something; elsewhere the ledger of nights is the organisation's own and left to it.
    Raises Taken.
    """
    with transaction.atomic():
        _refuse_when_taken()
        people = found(today=today)
        fill_logs(people, today=today)
        for person in people:
            recompute.ask(person.seller.pk, first=person.since)
        changes.raise_people()
    for person in track(people):
        recompute.settle(person.seller.pk, today=today)
    bring_archives(people[0], today=today, now=now)
    report_official_scores(people, today=today)
    if _nobody_else_sells():
        _complete_today(today=today, now=now)
    else:
        _rank_again()
    return len(people)


def _refuse_when_taken() -> None:
    if exists():
        raise Taken(_("The demo organisation is there already; --remove takes it out."))
    if User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        raise Taken(_("Somebody real has an address under %(domain)s.") % {"domain": DOMAIN})
    if Team.objects.filter(slug__startswith=SLUGS).exists():
        raise Taken(_("A real team has an address that begins with %(slug)s.") % {"slug": SLUGS})


def exists() -> bool:
    return any(model.objects.filter(is_demo=True).exists() for model in (User, Team, Industry))


def remove() -> int:
    """Take out all demo rows and what hangs on them; gives the number of sellers. Raises StillUsed."""
    with transaction.atomic():
        _refuse_when_used()
        sellers = Seller.objects.filter(user__is_demo=True)
        count = sellers.count()
        remove_files()
        for model in (Score, PillarSum, Tally, Activity, Holding, OfficialScore, Restatement):
            model.objects.filter(seller__in=sellers.values("pk")).delete()
        # Memberships and leave go with their sellers: deleted by themselves they would ask for restatements.
        sellers.delete()
        User.objects.filter(is_demo=True).delete()
        while Team.objects.filter(is_demo=True, children=None).delete()[0]:
            continue
        Industry.objects.filter(is_demo=True).delete()
        if _nobody_else_sells():
            Run.objects.all().delete()
            Standing.objects.all().delete()
        else:
            _rank_again()
        recompute.tell(None)
    return count


def _refuse_when_used() -> None:
    """Somebody real in a demo team would be left without one; better they are moved first."""
    people = Seller.objects.filter(user__is_demo=False)
    inside = people.filter(Q(memberships__team__is_demo=True) | Q(industry__is_demo=True)).distinct()
    names = [seller.name for seller in inside.select_related("user")[:5]]
    names += [team.name for team in Team.objects.filter(is_demo=False, parent__is_demo=True)[:5]]
    if names:
        raise StillUsed(
            _("Teams or industries of the demo are used by: %(names)s. Move these first.")
            % {"names": ", ".join(names)}
        )


def _nobody_else_sells() -> bool:
    return not Seller.objects.filter(user__is_demo=False).exists()


def _complete_today(*, today: date, now: datetime) -> None:
    for run in night.open_runs(today=today):
        night.complete(run, now=now, today=today)


def _rank_again() -> None:
    """Boards that are published count who is there now."""
    published = night.published_day()
    if published is not None:
        standings.rank_again(published)
