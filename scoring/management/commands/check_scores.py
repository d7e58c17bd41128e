import random
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from scoring import audit, replay, restating, roster
from scoring.rulebook import Rulebook
from ssi_dashboard import clock

MOST_SHOWN = 1000


class Command(BaseCommand):
    help = (
        "Rebuild scores from the activities with the pure module and report every difference; or, with "
        "--replay, all scores from the tallies, many sellers at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sample", type=int, metavar="N", help="check N sellers by chance (default: all)"
        )
        parser.add_argument(
            "--replay",
            action="store_true",
            help="replay the formulas over tallies, items and leave: the stored scores must come out",
        )

    def handle(self, *_args: Any, sample: int | None, **options: Any) -> None:
        sellers = list(roster.sellers().order_by("pk").values_list("pk", flat=True))
        if sample is not None:
            if sample < 1:
                raise CommandError("--sample takes a number from 1 on.")
            sellers = random.sample(sellers, min(sample, len(sellers)))
        today, days = clock.today(), set()
        count = 0
        check = _replayed if options["replay"] else _rebuilt
        with tqdm(total=len(sellers), unit=" sellers", disable=None) as shown:
            for found, checked in check(sellers, today=today):
                shown.update(checked)
                for difference in found:
                    count += 1
                    days.add(difference.day)
                    if count <= MOST_SHOWN:
                        self.stderr.write(str(difference))
        if count:
            raise CommandError(f"{count} differences in {len(sellers)} sellers, {_span(days)}.")
        self.stdout.write(f"{len(sellers)} sellers checked, no difference.")


Found = Iterator[tuple[Iterable[Any], int]]  # differences, and of how many sellers


def _rebuilt(sellers: list[int], *, today: date) -> Found:
    rules = Rulebook()
    for seller in sellers:
        yield audit.differences(seller, rules=rules, today=today), 1


def _replayed(sellers: list[int], *, today: date) -> Found:
    for group in restating.groups(sellers):
        yield replay.differences(group, today=today), len(group)


def _span(days: set[date | None]) -> str:
    dated = sorted(day for day in days if day is not None)
    return f"on {len(dated)} days from {dated[0]} to {dated[-1]}" if dated else "of no day"
