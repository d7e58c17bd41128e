"""Runs a command that never outlives its starter: `python leash.py STARTER SECONDS COMMAND...`.

SIGTERM is passed on, and SECONDS later whatever still runs is killed. On Linux the end of the starter,
even by `kill -9`, counts as a SIGTERM. Run it as the first process of a session of its own.

A program of its own, because code between fork and exec is not safe where threads run, and numpy starts some.
"""

import ctypes
import os
import signal
import sys
from types import FrameType

PR_SET_PDEATHSIG = 1
KILLED = 128  # a status above it tells the signal, as in a shell


def main() -> None:
    starter, seconds, *command = sys.argv[1:]
    end_with(int(starter))
    child = start(command)

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        signal.alarm(int(seconds))
        os.kill(child, signal.SIGTERM)

    signal.signal(signal.SIGALRM, kill_all)
    signal.signal(signal.SIGTERM, pass_on)
    _, how = os.waitpid(child, 0)
    if os.getppid() != int(starter):
        kill_all()
    status = os.waitstatus_to_exitcode(how)
    sys.exit(status if status >= 0 else KILLED - status)


def end_with(starter: int) -> None:
    """Ask for a SIGTERM at the starter's end; it may have come before we asked."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != starter:
            sys.exit(1)


def start(command: list[str]) -> int:
    ourselves = os.getpid()
    child = os.fork()
    if child == 0:
        end_with(ourselves)
        os.execvp(command[0], command)  # noqa: S606
    return child


def kill_all(_number: int = 0, _frame: FrameType | None = None) -> None:
    """Kill what the command left in this session, and ourselves with it."""
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
