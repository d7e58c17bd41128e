import os
import subprocess
import sys
import time

import psutil
import pytest

from ssi_dashboard.supervisor import ChildEnded, Supervisor
from tests.processes import ROOT, wait_until

pytestmark = pytest.mark.worker

WRITES_ITS_END = """
import signal, sys, time, pathlib
def end(*_):
    with open(sys.argv[1], "a") as ends: ends.write(sys.argv[2] + "\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
pathlib.Path(sys.argv[1] + sys.argv[2]).touch()
time.sleep(600)
"""
STUBBORN = """
import signal, subprocess, sys, time, pathlib
signal.signal(signal.SIGTERM, signal.SIG_IGN)
deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(600)"
subprocess.Popen([sys.executable, "-c", deaf])
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""
SUPERVISES = """
import os, pathlib, sys
from ssi_dashboard.supervisor import Supervisor
supervisor = Supervisor(pathlib.Path.cwd())
command = [sys.executable, "-c", sys.argv[1], sys.argv[2]]
supervisor.start("It", command, environment=os.environ, patience_seconds=1)
supervisor.watch()
"""


@pytest.fixture
def supervisor(tmp_path):
    supervisor = Supervisor(tmp_path)
    yield supervisor
    supervisor.stop()


def start(supervisor, name, script, *arguments, patience_seconds=20):
    return supervisor.start(
        name,
        [sys.executable, "-c", script, *arguments],
        environment=os.environ,
        patience_seconds=patience_seconds,
    )


def test_the_last_to_start_is_the_first_to_end(supervisor, tmp_path):
    ends = tmp_path / "ends"
    for name in ("store", "web", "worker"):
        start(supervisor, name, WRITES_ITS_END, str(ends), name)
    wait_until(lambda: all((tmp_path / f"ends{name}").exists() for name in ("store", "web", "worker")))

    supervisor.stop()

    assert ends.read_text().split() == ["worker", "web", "store"]


def test_the_stubborn_are_killed_with_all_they_started(supervisor, tmp_path):
    leash = start(supervisor, "stubborn", STUBBORN, str(tmp_path / "ready"), patience_seconds=1)
    wait_until((tmp_path / "ready").exists)
    tree = psutil.Process(leash.pid).children(recursive=True)

    began = time.monotonic()
    supervisor.stop()

    assert len(tree) == 2
    assert psutil.wait_procs(tree, timeout=10)[1] == []
    assert time.monotonic() - began < 6


def test_after_a_kill_of_the_supervisor_even_the_stubborn_go(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISES, STUBBORN, str(tmp_path / "ready")], cwd=ROOT
    )
    wait_until((tmp_path / "ready").exists)
    tree = psutil.Process(process.pid).children(recursive=True)

    process.kill()
    process.wait()

    assert len(tree) == 3
    assert psutil.wait_procs(tree, timeout=10)[1] == []


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("raise SystemExit(3)", "status 3"),
        ("raise SystemExit(0)", "status 0"),
        ("import os; os.kill(os.getpid(), 9)", "signal 9"),
    ],
)
def test_an_end_that_nobody_asked_for_is_told(supervisor, script, told):
    start(supervisor, "The worker", script)

    with pytest.raises(ChildEnded, match=f"The worker ended by itself with {told}"):
        supervisor.watch()
