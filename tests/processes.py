"""Real processes that a test starts, and ends by their own ids."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ssi_dashboard import valkey

ROOT = Path(__file__).resolve().parent.parent


@contextlib.contextmanager
def running_valkey(socket: Path) -> Iterator[subprocess.Popen]:
    """Run the product's own store on a socket, and wait until it answers."""
    with running(valkey.command(socket)) as process:
        valkey.wait_until_ready(socket, process)
        yield process


@contextlib.contextmanager
def running(command: list[str], environment: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen]:
    """Run a command in a session of its own; at the end it and all that it started are gone."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        stop(process)


def stop(process: subprocess.Popen, *, seconds: float = 20) -> None:
    """Ask the process to end, and insist after a while; whatever stayed in its session is killed."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def python(*arguments: str) -> list[str]:
    return [sys.executable, *arguments]


def wait_until(holds: Callable[[], object], *, seconds: float = 20, what: str = "It") -> None:
    """Ask again and again, and fail when the time is over."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not happen within {seconds:.0f} seconds.")
        time.sleep(0.05)
