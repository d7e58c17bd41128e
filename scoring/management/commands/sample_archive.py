"""Makes an archive of an invented person, to try the import with."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scoring.samples.formats import FORMATS
from scoring.samples.recipe import Recipe
from ssi_dashboard import clock

MOST_DAYS = 3650


class Command(BaseCommand):
    help = "Write an archive of an invented person, in the form of a network."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "format",
            metavar="FORMAT",
            choices=FORMATS,
            help=_("one of: %(names)s") % {"names": ", ".join(FORMATS)},
        )
        parser.add_argument("--to", metavar="FILE", required=True, help=_("write to this file"))
        parser.add_argument("--seed", type=int, default=1, help=_("another number, another archive"))
        parser.add_argument("--days", type=int, default=365, help=_("how many days up to today it covers"))
        parser.add_argument(
            "--level", type=float, default=1.0, help=_("how busy its owner is; 1 is ordinary")
        )

    def handle(
        self, *_args: Any, format: str, to: str, seed: int, days: int, level: float, **_options: Any
    ) -> None:
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(_("Give a number of days from 1 to %(most)d.") % {"most": MOST_DAYS})
        if not 0 <= level <= 1000:
            raise CommandError(_("Give a level from 0 to 1000."))
        today = clock.today()
        first = today - timedelta(days=days - 1)
        sample = FORMATS[format](Recipe(first, today, level=level, seed=seed, zone=settings.TIME_ZONE))
        try:
            Path(to).write_bytes(sample.content)
        except OSError as error:
            problem = {"file": to, "problem": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(problem)s.") % problem) from error
        acts = sample.acts.total()
        said = ngettext("%(file)s holds %(count)d act.", "%(file)s holds %(count)d acts.", acts)
        self.stdout.write(said % {"file": to, "count": acts})
