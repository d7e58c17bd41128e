"""Runs one thing in a process of its own, and prints its peak of memory in KiB."""

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path


def peak(name: str, *arguments: str, address: str) -> float:
    """Run `alone` of a benchmark's module on a database; gives the peak in megabytes (10 to the 6th)."""
    command = [sys.executable, "-m", "bench.alone", name, *arguments]
    environment = {**os.environ, "DATABASE_URL": address}
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    return int(told) * 1024 / 1e6


def main() -> None:
    import django

    django.setup()
    importlib.import_module(f"bench.{sys.argv[1]}").alone(*sys.argv[2:])
    # What getrusage says would be at least what the process had that started this one.
    print(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1])  # type: ignore[index]


if __name__ == "__main__":
    main()
