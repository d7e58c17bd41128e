"""The reading process: told a job on its standard input, it tells what it finds on its standard output.

Usage: python -m scoring.archive MEMORY_BYTES CPU_SECONDS

It writes no file, and ends when its standard input does, which is when its parent ends.
"""

import os
import sys
import threading
import traceback
from contextlib import suppress
from typing import IO, Any

from scoring.archive import recognise, wire
from scoring.archive.container import open_archive
from scoring.archive.found import Act, Found, Item, Job, Moved, Recognised, Refused, Skipped, TableRow

MOST_FOUND = 500_000  # what a worker takes in within its time, in less than half a gigabyte
TOLD_AT_ONCE = 500
CHARACTERS_AT_ONCE = 1 << 18
OPEN_FILES = 64


def main(memory: int, cpu_seconds: int) -> None:
    job = wire.job_of(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit(memory, cpu_seconds)
    outlet = Outlet(sys.stdout.buffer)
    with suppress(BrokenPipeError):
        outlet.end(_read(job, outlet))


def _read(job: Job, outlet: "Outlet") -> Refused | None:
    """Tell all that is found; give why it ended early.

    A surprise is told by its sort and its place in our code: what it says may hold words of the archive.
    """
    try:
        with open_archive(job.path) as archive:
            archive.watch = lambda done, total: outlet.tell(Moved(done, total))
            reader = recognise.reader_of(archive)
            outlet.tell(Recognised(reader.NAME))
            for found in reader.read(archive, job):
                outlet.tell(found)
            outlet.tell(Moved(archive.total, archive.total))
    except Refused as refused:
        return refused
    except MemoryError:
        return Refused("memory")
    except BrokenPipeError:
        raise
    except Exception as error:
        return Refused("broken", what=type(error).__name__, where=_place(error))
    return None


class Outlet:
    """Writes what is found, many at once. Raises Refused when it is too much."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._waiting: list[list[Any]] = []
        self._characters = 0
        self._found = 0

    def tell(self, found: Found) -> None:
        if isinstance(found, Act | TableRow | Skipped | Item):
            self._found += 1
            if self._found > MOST_FOUND:
                raise Refused("too_many_rows", most=MOST_FOUND)
        self._waiting.append(wire.told(found))
        if isinstance(found, TableRow):  # all others are short
            self._characters += sum(map(len, found.cells.values()))
        if (
            len(self._waiting) >= TOLD_AT_ONCE
            or self._characters >= CHARACTERS_AT_ONCE
            or isinstance(found, Moved | Recognised)
        ):
            self._flush()

    def end(self, refused: Refused | None) -> None:
        self._waiting.append(wire.told_refusal(refused) if refused else wire.told_end())
        self._flush()

    def _flush(self) -> None:
        self._out.write(wire.line_of(self._waiting))
        self._out.flush()
        self._waiting.clear()
        self._characters = 0


def _place(error: Exception) -> str:
    """The last of our own lines that it passed, as in "dates.py:41"."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{os.sep}scoring{os.sep}" in frame.filename] or frames
    return f"{os.path.basename(ours[-1].filename)}:{ours[-1].lineno}"  # noqa: PTH119 - no path is opened


def _end_with_parent() -> None:
    while os.read(0, 1024):
        pass
    os._exit(1)


def _limit(memory: int, cpu_seconds: int) -> None:
    """Bound memory and processor time, and forbid to write files, where the system can do so."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_AS, memory),
    ):
        with suppress(ValueError, OSError):  # not on every system, and never above what it already is
            resource.setrlimit(what, (most, most))
    with suppress(ValueError, OSError):
        # At the first the system says what it is about, at the second it kills.
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
