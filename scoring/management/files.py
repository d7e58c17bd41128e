"""What the commands that read and write files share."""

import os
import shutil
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils.translation import gettext as _
from tqdm import tqdm

from scoring import restating
from scoring.tables import Fault, Line, Quickly, Table, Unreadable, good_rows, printable, write_table
from ssi_dashboard import clock

MOST_SHOWN = 1000
INTERRUPTED = 130  # the exit status of what Ctrl-C ended

Row = TypeVar("Row")
Outcome = TypeVar("Outcome")
Read = Callable[[Line], Row | list[Fault]]


class ImportCommand(BaseCommand, ABC, Generic[Row, Outcome]):
    """Checks every row of a table, then takes all in, or nothing; afterwards every score is right.

    A subclass says how to read a row, what to note of it while all are checked, and how to take rows in.
    """

    required: Collection[str] = ()
    optional: Collection[str] = ()

    @abstractmethod
    def reader(self, today: date) -> Read[Row]:
        """Give what reads the rows of one pass over the file."""

    def quickly(self) -> Quickly[Row] | None:
        """Give what reads the usual rows of that pass quickly, where there is such a thing."""
        return None

    def note(self, row: Row) -> None:
        """Look at a good row while all are checked."""

    @abstractmethod
    def take_in(self, rows: Iterable[Row], *, today: date) -> Outcome:
        """Write the rows, and say what became of them."""

    @abstractmethod
    def restated(self, outcome: Outcome) -> Collection[int]:
        """The sellers who wait to be restated."""

    @abstractmethod
    def report(self, outcome: Outcome) -> Iterable[tuple[str, int]]:
        """What the summary counts, in words and figures."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help=_("a CSV file in UTF-8; - is the standard input"))
        parser.add_argument(
            "--skip-bad", action="store_true", help=_("take in the rest when some rows are bad")
        )

    def handle(self, *_args: Any, file: str, skip_bad: bool, **options: Any) -> None:
        today = clock.today()
        try:
            with _readable(file) as path:
                table = Table(path, required=self.required, optional=self.optional)
                outcome, skipped = self._take(table, skip_bad=skip_bad, today=today)
            self._settle(sorted(self.restated(outcome)), today)
        except Unreadable as error:
            raise CommandError(str(error)) from error
        for label, count in [*self.report(outcome), (_("skipped"), skipped)]:
            self.stdout.write(f"{label}: {count}")
        self.finish(outcome, **options)

    def finish(self, outcome: Outcome, **options: Any) -> None:
        """What follows when everything is taken in and scored."""

    def _take(self, table: Table, *, skip_bad: bool, today: date) -> tuple[Outcome, int]:
        faults = _Faults(self.stderr)
        try:
            good = 0
            checked = good_rows(table, self.reader(today), faults.show, quickly=self.quickly())
            for row in tqdm(checked, desc=_("checked"), unit="", disable=None):
                self.note(row)
                good += 1
            faults.end()
            if faults.rows and not skip_bad:
                raise CommandError(_("Nothing was imported; --skip-bad imports the good rows."))
            later = _leave_out if skip_bad else _refuse
            rows = good_rows(table, self.reader(today), later, quickly=self.quickly())
            shown = tqdm(rows, total=good, desc=_("taken in"), unit="", disable=None)
            return self.take_in(shown, today=today), faults.rows
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted: nothing was imported."), returncode=INTERRUPTED) from None
        except IntegrityError as error:
            raise CommandError(
                _("Somebody changed the same rows meanwhile: nothing was imported. Try again.")
            ) from error

    def _settle(self, seller_ids: Sequence[int], today: date) -> None:
        try:
            with tqdm(total=len(seller_ids), desc=_("restated"), unit="", disable=None) as shown:
                for some in restating.groups(seller_ids):
                    restating.settle(some, today=today)
                    shown.update(len(some))
        except KeyboardInterrupt:
            raise CommandError(
                _("Interrupted: all is imported; scores that are missing follow within the hour."),
                returncode=INTERRUPTED,
            ) from None


class _Faults:
    """Shows what is wrong, and counts the bad rows."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._faults = 0
        self.rows = 0

    def show(self, faults: list[Fault]) -> None:
        self.rows += 1
        for fault in faults:
            self._faults += 1
            if self._faults <= MOST_SHOWN:
                self._out.write(_sentence(fault))

    def end(self) -> None:
        if self._faults > MOST_SHOWN:
            self._out.write(_("Faults that are not shown: %(count)d") % {"count": self._faults - MOST_SHOWN})


def _sentence(fault: Fault) -> str:
    if not fault.column:
        return _("line %(line)d: %(reason)s") % {"line": fault.line, "reason": fault.reason}
    return _("line %(line)d, %(column)s “%(value)s”: %(reason)s") % {
        "line": fault.line,
        "column": fault.column,
        "value": printable(fault.value),
        "reason": fault.reason,
    }


def _leave_out(_faults: list[Fault]) -> None:
    """They were shown when all rows were checked."""


def _refuse(_faults: list[Fault]) -> None:
    raise Unreadable(_("The file changed while it was read: nothing was imported."))


@contextmanager
def _readable(file: str) -> Iterator[Path]:
    """Give a file that can be read twice; the standard input is kept in a temporary one meanwhile."""
    if file != "-":
        yield Path(file)
        return
    with tempfile.NamedTemporaryFile(suffix=".csv") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield Path(kept.name)


class ExportCommand(BaseCommand):
    """Writes a table to a file, whole or not at all, or to the standard output."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", metavar="FILE", help=_("write to this file instead of the standard output")
        )

    def write(
        self,
        header: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        to: str | None,
        total: int | None = None,
    ) -> int:
        shown = tqdm(rows, total=total, desc=_("written"), unit="", disable=None)
        try:
            if to is not None:
                return _write_file(Path(to), header, shown)
            _speak_utf8()
            return write_table(self.stdout, header, shown)
        except BrokenPipeError:
            # Whoever read has enough; what Python still holds must not complain at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise CommandError(_("The receiving program stopped reading."), returncode=1) from None
        except OSError as error:
            problem = {"file": to, "problem": error.strerror}
            raise CommandError(_("%(file)s cannot be written: %(problem)s.") % problem) from error
        except KeyboardInterrupt:
            raise CommandError(_("Interrupted."), returncode=INTERRUPTED) from None


def _write_file(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write beside the file and put it in its place when it is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("x", encoding="utf-8", newline="") as out:
            count = write_table(out, header, rows)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _speak_utf8() -> None:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")


def day_argument(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_("“%(text)s” is no day: write it as 2026-11-22.") % {"text": text}) from error
