"""Cuts one worker off and kills another in the middle of a night: `python -m tests.faults.night`.

The database with the store, and each of the workers, are hosts of their own (network namespaces), so that a
line can be cut for good: nobody is told, and only the product's own settings end what hangs.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.environment import use_private_environment
from tests.faults.wires import Missing, Wires, wired
from tests.processes import wait_until

HOSTS = ("database", "cut", "killed", "fresh")
CHUNK = 3
TICK_SECONDS = 10  # in place of an hour
MOST_SECONDS = 150  # one takes about 60; more where others use the cores
FINE, WRONG, CANNOT = 0, 1, 2


class Clock:
    """Says what happened, and how many seconds after the beginning."""

    def __init__(self) -> None:
        self._begin = time.monotonic()

    def says(self, what: str) -> float:
        seconds = time.monotonic() - self._begin
        print(f"{seconds:5.1f} s  {what}", flush=True)
        return seconds


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(WRONG))
    signal.signal(signal.SIGALRM, out_of_time)
    signal.alarm(MOST_SECONDS)
    use_private_environment()
    try:
        with served() as (wires, addresses):
            try:
                return story(wires, addresses)
            finally:
                signal.alarm(0)
    except Missing as missing:
        print(missing, file=sys.stderr)
        return CANNOT
    except AssertionError as failure:
        print(failure, file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        print("Interrupted; all is taken down.", file=sys.stderr)
        return 130


def out_of_time(*_signal: object) -> None:
    raise AssertionError(f"The night was not published within {MOST_SECONDS} seconds.")


@contextmanager
def served() -> Iterator[tuple[Wires, dict[str, str]]]:
    """Start the servers on their host, and make the tables; gives what the workers' environment says."""
    from tests.faults.server import running_postgresql, running_store

    socket = Path(os.environ["VAR_DIR"]) / "valkey.sock"
    with ExitStack() as stack:
        wires = stack.enter_context(wired(HOSTS))
        os.environ["DATABASE_URL"] = stack.enter_context(running_postgresql(wires, "database"))
        store = stack.enter_context(running_store(wires, "database", socket))
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        prepare()
        database = f"postgresql://postgres@{wires.address('database')}/postgres"
        yield wires, {"DATABASE_URL": database, "REDIS_URL": store}


def prepare() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def story(wires: Wires, addresses: dict[str, str]) -> int:
    from django.utils.timezone import now

    from scoring import night, tasks
    from scoring.models.run import RunState
    from ssi_dashboard import clock as calendar
    from tests.faults import organisation, outcome, sessions, staff

    def start(name: str) -> Callable[[], None]:
        own = addresses | {
            "DATABASE_URL": staff.with_options(addresses["DATABASE_URL"], application_name=name)
        }
        process = stack.enter_context(staff.worker(name, own, within=wires.within(name)))
        clock.says(f"The worker '{name}' answers on {wires.address(name)}.")
        return lambda: staff.kill(process)

    clock = Clock()
    with ExitStack() as stack:
        sellers = organisation.make()
        (run,) = night.open_runs(today=calendar.today())
        night.start(run, now=now(), chunk=CHUNK)
        clock.says(f"The night of {run.day}: {len(sellers)} sellers in {run.chunks.count()} parts.")
        with sessions.holding(sessions.WRITING):
            start("cut")
            kill = start("killed")
            tasks.hint_run(run.pk)
            for name in ("cut", "killed"):
                wait_until(lambda name=name: sessions.is_held_up(name), what="The writing of a part")
            clock.says("All is scored and ranked, and both write a part: held up there, to be hit inside it.")
            wires.cut("cut")
            cut_at = clock.says("The line of 'cut' is cut.")
            kill()
            clock.says("'killed' is killed.")
        wait_until(lambda: sessions.is_left_alone("cut"), what="The answer to nobody")
        clock.says("The database answers 'cut' in vain: its transaction holds the sellers of the part.")
        run.chunks.filter(state=RunState.RUNNING).update(lease_until=now())
        clock.says(f"What the leases say ({night.LEASE.seconds // 60} minutes) is let over.")
        start("fresh")
        ticking(until=lambda: sessions.is_gone("cut"))
        let_go_at = clock.says("The database has given 'cut' up.")
        ticking(until=lambda: night.published_day() == run.day)
        published_at = clock.says("The night is published.")
        wrong = outcome.problems(run.day, sellers)
        before = outcome.everything()
        wires.mend("cut")
        clock.says("The line of 'cut' is mended.")
        wait_until(lambda: staff.is_free("cut"), seconds=40, what="The return of 'cut'")
        clock.says("'cut' answers again, and has nothing in hand.")
        if outcome.everything() != before:
            wrong.append("What came late has changed the night.")
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return WRONG
    clock.says(
        f"Once and right: {len(sellers)} sellers. After the cut the sellers were free in "
        f"{let_go_at - cut_at:.1f} s, and the night was published in {published_at - cut_at:.1f} s."
    )
    return FINE


def ticking(*, until: Callable[[], object]) -> None:
    """Let ticks come until something holds; a hint that went to the worker without a line is lost."""
    from scoring import tasks
    from ssi_dashboard.hints import hint

    ticked = 0.0
    while not until():
        if time.monotonic() - ticked > TICK_SECONDS:
            hint(tasks.tick)
            ticked = time.monotonic()
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
