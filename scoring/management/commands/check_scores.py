import random
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from scoring import audit, roster
from scoring.rulebook import Rulebook
from ssi_dashboard import clock


class Command(BaseCommand):
    help = "Rebuild scores from the activities with the pure module and report every difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sample", type=int, metavar="N", help="check N sellers by chance (default: all)"
        )

    def handle(self, *_args: Any, sample: int | None, **_options: Any) -> None:
        sellers = list(roster.sellers().order_by("pk").values_list("pk", flat=True))
        if sample is not None:
            if sample < 1:
                raise CommandError("--sample takes a number from 1 on.")
            sellers = random.sample(sellers, min(sample, len(sellers)))
        rules, today, found = Rulebook(), clock.today(), 0
        for seller in tqdm(sellers, unit=" sellers", disable=None):
            for difference in audit.differences(seller, rules=rules, today=today):
                found += 1
                self.stderr.write(
                    f"seller {difference.seller_id}, {difference.what}, {difference.day}: "
                    f"stored {difference.stored}, should be {difference.expected}"
                )
        if found:
            raise CommandError(f"{found} differences in {len(sellers)} sellers.")
        self.stdout.write(f"{len(sellers)} sellers checked, no difference.")
