"""Keeps processes: starts them in order, stops them in reverse, and leaves none behind."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from ssi_dashboard import leash

# The leash insists after its child's patience; this is how much later we insist with the leash.
GRACE_SECONDS = 5


class ChildEnded(RuntimeError):
    """A process ended by itself, and the others are worth nothing without it."""


@dataclass(frozen=True)
class Child:
    name: str
    process: "subprocess.Popen[bytes]"
    patience_seconds: int


class Supervisor:
    def __init__(self, folder: Path, *, handed_down: Collection[int] = ()) -> None:
        """Run everything in the folder; every process inherits the files handed down, such as a lock."""
        self.folder = folder
        self.handed_down = handed_down
        self.children: list[Child] = []

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        patience_seconds: int,
    ) -> "subprocess.Popen[bytes]":
        """Start a process that has so many seconds to end when it is asked to.

        It gets a session of its own: a Ctrl-C in the terminal reaches only the supervisor.
        """
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-IS", leash.__file__, str(os.getpid()), str(patience_seconds), *command],
            cwd=self.folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            pass_fds=self.handed_down,
            start_new_session=True,
        )
        self.children.append(Child(name, process, patience_seconds))
        return process

    def check(self) -> None:
        """Raise ChildEnded when one of the processes has ended."""
        for child in self.children:
            status = child.process.poll()
            if status is not None:
                raise ChildEnded(
                    f"{child.name} ended by itself with {_told(status)}; everything was stopped."
                )

    def watch(self) -> NoReturn:
        while True:
            self.check()
            time.sleep(0.3)

    def stop(self) -> None:
        """Ask the last one first, wait while it finishes its work, and kill whatever it left."""
        while self.children:
            child = self.children.pop()
            if child.process.poll() is None:
                child.process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.process.wait(timeout=child.patience_seconds + GRACE_SECONDS)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


def _told(status: int) -> str:
    signalled = -status if status < 0 else status - leash.KILLED
    return f"signal {signalled}" if signalled > 0 else f"status {status}"
