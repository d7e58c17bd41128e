"""Measures the product beside floors and rivals: `python -m bench`, which `bin/bench` calls."""

import argparse
import importlib
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench import environment, results, server
from bench.harness import Figure, Size

if TYPE_CHECKING:
    from bench.database import Databases

RESULTS = Path(__file__).parent / "RESULTS.md"
# In this order: each is the module of its name, and has measure(databases, size) -> figures.
BENCHMARKS = (
    *("night", "rivals", "history", "sqlite_night", "rebuild", "write", "board", "http", "seller_page"),
    *("imports", "archive", "memory", "disk", "workers", "planner"),
)


def main() -> int:
    # A terminated run must still stop its servers.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options = _options()
    size = _size(options)
    with environment.private_environment() as folder, server.running() as postgresql:
        import django

        django.setup()
        from django.conf import settings

        from bench.database import Databases
        from tests.processes import running_valkey

        databases = Databases(postgresql, folder, keep=options.keep)
        setting = results.setting_here(postgresql.shown())
        try:
            with running_valkey(settings.VALKEY_SOCKET):
                names = options.names or BENCHMARKS
                problems = _measure(names, databases, size, setting, write=not options.dry)
        finally:
            databases.close()
    for problem in problems:
        print(f"FAILED: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure beside floors and rivals.")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[[], *BENCHMARKS], help=" ".join(BENCHMARKS)
    )
    parser.add_argument("--full", action="store_true", help="the sizes of the goals: a million sellers")
    parser.add_argument("--sellers", type=int, help="how many, instead of the form's own number")
    parser.add_argument("--runs", type=int, help="how often everything is timed, instead of five times")
    parser.add_argument(
        "--keep",
        action="store_true",
        help="leave the databases on the server of DATABASE_URL for the next run",
    )
    parser.add_argument("--dry", action="store_true", help="only print, and leave RESULTS.md as it is")
    return parser.parse_args()


def _size(options: argparse.Namespace) -> Size:
    runs = options.runs or 5
    slow_runs = options.runs or (5 if options.full else 3)
    return Size(options.sellers or (1_000_000 if options.full else 100_000), runs, slow_runs, options.full)


def _measure(
    names: Iterable[str], databases: "Databases", size: Size, setting: dict[str, str], *, write: bool
) -> list[str]:
    """Run benchmarks one after the other; one that fails does not keep the others from being measured."""
    problems = []
    for name in names:
        began = time.perf_counter()
        try:
            lines = list(_lines_of(name, databases, size))
        except Exception as problem:
            traceback.print_exc()
            problems.append(f"{name}: {problem}")
            continue
        if write:
            results.write(RESULTS, lines, setting=setting, full=size.full)
        print(f"  {name} took {time.perf_counter() - began:.0f} s", flush=True)
    return problems


def _lines_of(name: str, databases: "Databases", size: Size) -> Iterator[results.Line]:
    print(name, flush=True)
    figures: Iterable[Figure] = importlib.import_module(f"bench.{name}").measure(databases, size)
    for figure in figures:
        line = results.line_of(figure, benchmark=name, day=datetime.now(UTC).date().isoformat())
        print(f"  {line}", flush=True)
        yield line


if __name__ == "__main__":
    sys.exit(main())
