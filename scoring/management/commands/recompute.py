from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import now
from tqdm import tqdm

from scoring import night, recompute, roster
from ssi_dashboard import clock


class Command(BaseCommand):
    help = "Score a day, or every day since one, as the night does it; without options, whatever is due."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--day", type=_day, metavar="D", help="score this day again (YYYY-MM-DD)")
        which.add_argument(
            "--from", type=_day, metavar="D", dest="first", help="restate every day from this one on"
        )

    def handle(self, *_args: Any, day: date | None, first: date | None, **_options: Any) -> None:
        today = clock.today()
        if max(day or today, first or today) > today:
            raise CommandError(f"That day has not come yet: today is {today}.")
        self._settle(today)
        if first is not None:
            self._restate_all(first, today)
        for due in self._due(day, first, today):
            self.stdout.write(f"{due}: {self._run(due, today)} sellers scored.")

    def _settle(self, today: date) -> None:
        """First what changes asked for, so that the day is scored on true sums."""
        for seller in tqdm(night.waiting_restatements(), unit=" restatements", disable=None):
            recompute.settle(seller, today=today)

    def _restate_all(self, first: date, today: date) -> None:
        for seller in tqdm(
            list(roster.sellers().values_list("pk", flat=True)), unit=" sellers", disable=None
        ):
            recompute.restate(seller, first=first, today=today)

    def _due(self, day: date | None, first: date | None, today: date) -> list[date]:
        if day is not None:
            return [day]
        if first is not None:
            return [first + timedelta(days=n) for n in range((today - first).days + 1)]
        return sorted({run.day for run in night.open_runs(today=today)} | {today})

    def _run(self, day: date, today: date) -> int:
        run = night.run_again(day)
        night.complete(run, now=now(), today=today, track=_parts)
        run.refresh_from_db()
        if run.problem:
            raise CommandError(f"{day}: {run.problem}")
        return run.scored


def _parts(chunks: list[int]) -> Iterable[int]:
    return tqdm(chunks, unit=" parts", disable=None)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"“{text}” is no day: write it as 2026-11-22.") from error
