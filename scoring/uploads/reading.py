"""Reads an archive in a process of its own, under limits: whatever the file does, it does it there."""

import logging
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from scoring.archive import wire
from scoring.archive.found import Found, Job
from scoring.uploads.words import words_of_refusal

MIB = 1024 * 1024
ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("-m", "scoring.archive")
# All that the process is given of our surroundings: no secret, no address of a database.
KEPT = ("PATH", "LD_LIBRARY_PATH")
ONE_ARENA = {"MALLOC_ARENA_MAX": "1"}  # otherwise a thread takes much of the address space that is limited
MOST_OF_A_LINE = 16 * MIB
BYTES_AT_ONCE = 1 << 16
MOST_OF_AN_END = 10  # seconds, from the last word of the process to its end

log = logging.getLogger(__name__)


class Unread(ValueError):
    """The archive cannot be taken; the message is fit for the person.

    code and facts are what `words_of_refusal` is told.
    """

    def __init__(self, code: str, facts: Mapping[str, str | int] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.facts = dict(facts or {})

    def __str__(self) -> str:
        return words_of_refusal(self.code, self.facts)


@dataclass(frozen=True)
class Limits:
    """What reading one archive may take.

    seconds is how long its process is waited for; the time that the caller takes over what it is given does
    not count.
    """

    memory: int = 320 * MIB  # of address space
    cpu_seconds: int = 120
    seconds: float = 300


def read(job: Job, *, limits: Limits | None = None, program: Sequence[str] = PROGRAM) -> Iterator[Found]:
    """Give what an archive holds as it is found, first of all what it is. Raises Unread.

    When the generator is closed early, the process ends. What it says of its own troubles is kept nowhere,
    since it may hold words of the archive.
    """
    limits = limits or Limits()
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-E", "-s", "-B", *program, str(limits.memory), str(limits.cpu_seconds)],
        cwd=ROOT,
        env={name: os.environ[name] for name in KEPT if name in os.environ} | ONE_ARENA,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a Ctrl-C is for us to answer
    )
    assert process.stdin  # noqa: S101 - it is a pipe
    assert process.stdout  # noqa: S101
    try:
        with suppress(BrokenPipeError):
            process.stdin.write(wire.job_line(job))
            process.stdin.flush()
        yield from _found(process, process.stdout, limits)
    finally:
        process.kill()
        with suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()
        process.wait()


def _found(process: subprocess.Popen[bytes], out: IO[bytes], limits: Limits) -> Iterator[Found]:
    try:
        for line in _lines(out, limits.seconds):
            for message in wire.messages(line):
                if message == [wire.END]:
                    return
                if message[0] == wire.REFUSED:
                    raise _unread(*message[1:])
                yield wire.found_of(message)
    except wire.Garbled:
        raise Unread("broken") from None
    raise Unread(_how_it_died(process))


def _lines(out: IO[bytes], seconds: float) -> Iterator[bytes]:
    """Give whole lines as they come. Raises Unread when waiting for them took too long altogether."""
    kept = bytearray()
    with selectors.DefaultSelector() as ready:
        ready.register(out, selectors.EVENT_READ)
        while True:
            since = time.monotonic()
            if not ready.select(max(seconds, 0)):
                raise Unread("too_slow")
            seconds -= time.monotonic() - since
            data = os.read(out.fileno(), BYTES_AT_ONCE)
            if not data:
                return
            kept += data
            if len(kept) > MOST_OF_A_LINE:
                raise wire.Garbled
            if b"\n" in data:
                *whole, rest = kept.split(b"\n")
                kept = bytearray(rest)
                yield from map(bytes, whole)


def _unread(code: str, facts: Mapping[str, str | int]) -> Unread:
    if code == "broken":
        log.error("An archive could not be read: %s at %s", facts.get("what"), facts.get("where"))
    return Unread(code, facts)


def _how_it_died(process: subprocess.Popen[bytes]) -> str:
    try:
        status = process.wait(timeout=MOST_OF_AN_END)
    except subprocess.TimeoutExpired:
        return "too_slow"
    if status == -signal.SIGXCPU:
        return "too_slow"
    return "killed" if status == -signal.SIGKILL else "broken"
