from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from django.utils.translation import gettext as _
from tqdm import tqdm

from ssi_dashboard import clock
from teams import load


class Command(BaseCommand):
    help = "Fill an empty database with an invented organisation of any size, and say what it took."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sellers", type=_number(1), required=True, metavar="N", help=_("how many sell"))
        parser.add_argument(
            "--days", type=_number(2), default=90, metavar="D", help=_("of how many days there are tallies")
        )
        parser.add_argument(
            "--activities-days",
            type=_number(0),
            metavar="K",
            help=_("of how many of the newest days there are the activities too; all unless told"),
        )
        parser.add_argument(
            "--told",
            type=_share,
            default=load.TOLD,
            metavar="SHARE",
            help=_("what part of their acts people enter on a day: less makes fewer and bigger entries"),
        )
        parser.add_argument(
            "--no-scores", action="store_true", help=_("build no running sums and complete no night")
        )

    def handle(
        self,
        *_args: Any,
        sellers: int,
        days: int,
        activities_days: int | None,
        told: float,
        no_scores: bool,
        verbosity: int,
        **_options: Any,
    ) -> None:
        watch = Watch(is_silent=verbosity == 0)
        moment: dict[str, Any] = {"today": clock.today(), "now": now(), "track": watch.track}
        try:
            load.fill(sellers=sellers, days=days, activities_days=activities_days, told=told, **moment)
            if not no_scores:
                load.score(**moment)
                watch.stop()
        except load.Taken as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted; what was not whole was taken back."), returncode=130) from None
        if verbosity:
            self._say(watch)

    def _say(self, watch: "Watch") -> None:
        for what, seconds in watch.seconds.items():
            self.stdout.write(_("%(what)s: %(seconds).1f s") % {"what": what, "seconds": seconds})
        for role, email, password in load.DEMO_LOGINS:
            self.stdout.write(f"{role}: {email} {password}")


def _number(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ArgumentTypeError(_("a whole number from %(least)d on is wanted") % {"least": least})
        return int(text)

    return number


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0.01 <= share <= 1:
        raise ArgumentTypeError(_("a number from 0.01 to 1 is wanted"))
    return share


class Watch:
    """Shows how far each step is, and counts the seconds of each from the end of the one before."""

    def __init__(self, *, is_silent: bool) -> None:
        self.seconds: dict[str, float] = {}
        self._is_silent = is_silent
        self._since = perf_counter()

    def track(self, items: Iterable[Any], what: str) -> Iterable[Any]:
        # Without a terminal there is no bar.
        yield from tqdm(items, desc=what, unit="", disable=self._is_silent or None)
        self._count(what)

    def stop(self) -> None:
        """Count what came after the last step with it."""
        self._count([*self.seconds][-1])

    def _count(self, what: str) -> None:
        at = perf_counter()
        self.seconds[what] = self.seconds.get(what, 0.0) + at - self._since
        self._since = at
