from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.formula.schedule import WEEK_DAYS
from scoring.labels import kind_label
from scoring.management.aligned import aligned
from scoring.management.files import ExportCommand, day_argument
from scoring.management.sellers import seller_id_of
from scoring.plans import planning
from scoring.plans.planning import Planned
from ssi_dashboard import clock
from ssi_dashboard.numbers import shown

MOST_MINUTES = WEEK_DAYS * 24 * 60


class Command(ExportCommand):
    help = "Plan what a seller had best do on the days after one, and say what the index will be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help=_("the seller"))
        parser.add_argument(
            "--on", type=day_argument, metavar="D", help=_("plan the days after this one (default: today)")
        )
        parser.add_argument(
            "--minutes", type=int, default=60, metavar="N", help=_("for 7 days (default: 60)")
        )
        parser.add_argument("--days", type=int, default=WEEK_DAYS, metavar="N", help=_("default: 7"))
        parser.add_argument(
            "--target",
            type=_target,
            metavar="INDEX",
            help=_("the cheapest plan that reaches this index; as many minutes as it takes"),
        )
        parser.add_argument(
            "--without", default="", metavar="KIND,KIND", help=_("kinds that are not to be planned")
        )
        parser.add_argument("--csv", action="store_true", help=_("as CSV: %s") % ",".join(planning.HEADER))

    def handle(
        self,
        *_args: Any,
        email: str,
        on: date | None,
        minutes: int,
        days: int,
        target: int | None,
        without: str,
        csv: bool,
        **_options: Any,
    ) -> None:
        if not 0 <= minutes <= MOST_MINUTES:
            raise CommandError(_("A week has 0 to %(most)d minutes.") % {"most": MOST_MINUTES})
        seller, today = seller_id_of(email), clock.today()
        try:
            found = planning.planned(
                seller,
                on=on or today,
                today=today,
                days=days,
                minutes_per_week=minutes,
                target=target,
                without=[code.strip() for code in without.split(",") if code.strip()],
            )
        except planning.NoPlan as error:
            raise CommandError(str(error)) from error
        if csv:
            self.write(planning.HEADER, planning.rows(found), to=None)
        else:
            for line in aligned(list(_table(found)), right={2, 3, 4}):
                self.stdout.write(line)
        if not found.is_reached:
            out = self.stderr if csv else self.stdout
            out.write(
                _("The caps do not allow %(target)s by %(day)s; %(best)s is the best.")
                % {
                    "target": shown(target),
                    "day": date_format(found.plan.last),
                    "best": shown(found.plan.predicted),
                }
            )


def _target(text: str) -> int:
    """An index as hundredths."""
    try:
        points = Decimal(text)
    except InvalidOperation:
        points = Decimal(-1)
    if not points.is_finite() or not 0 <= points <= 100 or points.scaleb(2) % 1:
        raise CommandError(_("“%(text)s” is no index: write it as 70 or 71.25, up to 100.") % {"text": text})
    return int(points.scaleb(2))


def _table(found: Planned) -> Iterator[tuple[str, ...]]:
    plan = found.plan
    for errand in found.errands:
        day = date_format(errand.day, "D j M")
        times = ngettext("%(n)d time", "%(n)d times", errand.times) % {"n": errand.times}
        minutes = _("%(n)d min") % {"n": errand.minutes}
        yield day, kind_label(errand.kind), times, minutes, shown(errand.gain, signed=True)
    end = date_format(plan.last, "D j M")
    total = _("%(n)d min") % {"n": plan.minutes}
    yield end, _("the index with this plan"), "", total, shown(plan.predicted)
    yield end, _("the index if nothing is done"), "", "", shown(plan.idle)
