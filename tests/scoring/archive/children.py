"""Reading processes with readers that misbehave, each by its name: the process is the product's own."""

import os
import signal
import sys
import threading

from scoring.archive import __main__ as child
from scoring.archive import recognise
from scoring.archive.found import Act, Skipped, TableRow

ACT = Act("Shares.csv", 2, "content_shared", None, "linkedin", "0" * 32)


def hungry(_archive):
    taken = []
    while True:
        taken.append(bytearray(1 << 20))
        yield ACT


def busy(_archive):
    while True:
        pass
    yield ACT


def waiting(_archive):
    yield row(pid=os.getpid())
    yield from [ACT] * child.TOLD_AT_ONCE
    threading.Event().wait()


def killed(_archive):
    yield from [ACT] * child.TOLD_AT_ONCE
    os.kill(os.getpid(), signal.SIGKILL)


def crashing(_archive):
    yield from [ACT] * child.TOLD_AT_ONCE
    print("SENTINEL", file=sys.stderr, flush=True)
    raise KeyError("SENTINEL")


def babbling(_archive):
    yield from [ACT] * child.TOLD_AT_ONCE
    print('["act"]')
    sys.stdout.flush()


def rambling(_archive):
    while True:
        sys.stdout.write("x" * 1_000_000)
    yield ACT


def silent(_archive):
    os.close(1)
    threading.Event().wait()
    yield ACT


def writing(archive):
    with open(f"{archive.path}.kept", "wb", buffering=0) as kept:  # noqa: PTH123
        kept.write(b"SENTINEL")
    yield ACT


def telling(_archive):
    """What surrounds the process."""
    yield row(**os.environ, modules=" ".join(sorted({name.partition(".")[0] for name in sys.modules})))


def dirty(_archive):
    yield Skipped("Shares.csv", 3, "Date", "no_day", "1\0\ud800\n2")
    yield row(note="a\0b\ud800c")


def row(**cells):
    return TableRow("activities.csv", 2, {name: str(cell) for name, cell in cells.items()})


class Misbehaving:
    NAME = "misbehaving"

    def __init__(self, read):
        self._read = read

    def read(self, archive, _job):
        return self._read(archive)


if __name__ == "__main__":
    name, memory, cpu_seconds = sys.argv[1:]
    recognise.reader_of = lambda _archive: Misbehaving(globals()[name])
    child.main(int(memory), int(cpu_seconds))
