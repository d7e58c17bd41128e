"""Serves the whole product: `python -m ssi_dashboard.serve [--no-demo]`, which `bin/run` calls.

In order: the store (unless REDIS_URL names one), the database, the first people, the static files, then the
web server, the worker and the timetable. It stops them in reverse on SIGTERM, SIGINT and SIGHUP.
"""

import argparse
import contextlib
import errno
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import IO

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from ssi_dashboard import valkey
from ssi_dashboard.supervisor import ChildEnded, Supervisor

STORE_SECONDS = 10
WEB_SECONDS = 10
# A stop waits for running tasks, which take seconds; of one that is killed the ledger knows.
WORKER_SECONDS = 30
BEAT_SECONDS = 10
HEALTHY_WITHIN_SECONDS = 60
# The longest that a leash waits for its command, and a little more.
LAST_RUN_SECONDS = WORKER_SECONDS + 10


class CannotServe(RuntimeError):
    """Something outside is in the way; the message says what to do."""


class Stopped(BaseException):
    """A signal asks for the end. No ordinary handler of errors may take it for one."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/run", description="Serve the whole product.")
    parser.add_argument(
        "--no-demo",
        action="store_true",
        help="on an empty database ask for the first administrator (or take ADMIN_EMAIL and ADMIN_PASSWORD)",
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ssi_dashboard.settings")
    os.umask(0o077)  # all that is kept is the owner's alone
    try:
        django.setup()
        with _only_one(settings.VAR_DIR) as lock:
            _serve(demo=not options.no_demo, lock=lock)
    except (CannotServe, ChildEnded, CommandError, ImproperlyConfigured, valkey.NoValkey) as problem:
        print(problem, file=sys.stderr)
        return 1
    except DatabaseError as problem:
        print(f"The database does not serve (DATABASE_URL names it): {str(problem).strip()}", file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[int]:
    """Hold the folder's lock and give its file to hand down: it is free once all our processes are gone.

    After a `kill -9` the processes of the last run still need a moment, and are waited for.
    """
    with (folder / "serve.lock").open("a+") as lock:
        until = time.monotonic() + LAST_RUN_SECONDS
        while not _is_locked(lock):
            lock.seek(0)
            if _is_alive(lock.read()) or time.monotonic() > until:
                raise CannotServe(f"Another bin/run serves {folder} already; set VAR_DIR to another folder.")
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield lock.fileno()


def _is_locked(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def _serve(*, demo: bool, lock: int) -> None:
    from ssi_dashboard.first_people import NobodyToAsk  # models need loaded settings

    _check_address(settings.BIND, settings.PORT)
    supervisor = Supervisor(settings.BASE_DIR, handed_down=[lock])
    try:
        with _signals_stop():
            _start(supervisor, demo=demo)
            supervisor.watch()
    except NobodyToAsk as problem:
        raise CannotServe(str(problem)) from problem
    except Stopped:
        print("Stopping.", flush=True)
    finally:
        supervisor.stop()


def _check_address(bind: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(bind, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotServe(f"Port {port} on {bind} is taken; set PORT to another one.") from error
        if error.errno == errno.EACCES:
            raise CannotServe(
                f"Port {port} needs more rights than you have; set PORT to 1024 or more."
            ) from error
        raise CannotServe(
            f"BIND is {bind}, where this machine cannot listen; set it to another address."
        ) from error


@contextlib.contextmanager
def _signals_stop() -> Iterator[None]:
    """Turn the first signal into Stopped, and let later ones pass while the processes are stopped."""
    signals = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped

    for each in signals:
        signal.signal(each, stop)
    yield


def _start(supervisor: Supervisor, *, demo: bool) -> None:
    from ssi_dashboard.collected import collect_static_files
    from ssi_dashboard.first_people import fill_when_empty

    environment = _environment()
    if not os.environ.get("REDIS_URL", "").strip():
        _start_store(supervisor, environment)
    call_command("migrate", interactive=False, verbosity=0)
    fill_when_empty(demo=demo)
    if not settings.DEBUG:
        collect_static_files()
    log_ins = _demo_log_ins()
    connections.close_all()
    supervisor.check()
    _start_processes(supervisor, environment)
    _wait_until_healthy(supervisor)
    _announce(log_ins)


def _environment() -> dict[str, str]:
    """The children's environment: ours, without the first administrator's password."""
    return {
        name: value for name, value in os.environ.items() if name not in ("ADMIN_EMAIL", "ADMIN_PASSWORD")
    }


def _start_store(supervisor: Supervisor, environment: dict[str, str]) -> None:
    command = valkey.command(settings.VALKEY_SOCKET)
    process = supervisor.start("Valkey", command, environment=environment, patience_seconds=STORE_SECONDS)
    valkey.wait_until_ready(settings.VALKEY_SOCKET, process)


def _demo_log_ins() -> list[tuple[str, str, str]]:
    from ssi_dashboard.first_people import demo_log_ins

    return demo_log_ins()


def _start_processes(supervisor: Supervisor, environment: dict[str, str]) -> None:
    supervisor.start("The web server", _web(), environment=environment, patience_seconds=WEB_SECONDS)
    supervisor.start(
        "The worker",
        # Heartbeats are for watchers that we have not, and a worker without its store waits to send the last.
        _celery("worker", "-c", "2", "--without-mingle", "--without-gossip", "--without-heartbeat"),
        environment=environment,
        patience_seconds=WORKER_SECONDS,
    )
    schedule = settings.VAR_DIR / "beat-schedule"
    # Not safe against a crash and not needed: the first tick comes at once, and the ledger knows the rest.
    for left in schedule.parent.glob(f"{schedule.name}*"):
        left.unlink()
    supervisor.start(
        "The timetable",
        _celery("beat", "--pidfile=", "-s", str(schedule)),
        environment=environment,
        patience_seconds=BEAT_SECONDS,
    )


def _web() -> list[str]:
    shared_memory = Path("/dev/shm")  # noqa: S108  gunicorn's heartbeat must not wait for a disk
    fast = shared_memory.is_dir() and os.access(shared_memory, os.W_OK)
    return [
        *(sys.executable, "-m", "gunicorn", "ssi_dashboard.wsgi"),
        *("--bind", f"{_in_brackets(settings.BIND)}:{settings.PORT}"),
        *("--preload", "--worker-class", "gthread", "--workers", "2", "--threads", "8"),
        *("--worker-tmp-dir", str(shared_memory if fast else settings.VAR_DIR)),
        *("--forwarded-allow-ips", "*" if settings.TRUSTED_PROXIES else ""),
        *("--graceful-timeout", "5", "--log-level", "warning", "--no-control-socket"),
    ]


def _celery(*arguments: str) -> list[str]:
    # Celery warns of root, which is what a container often has.
    quiet = ("-W", "ignore:::celery.platforms")
    return [sys.executable, *quiet, "-m", "celery", "-q", "-A", "ssi_dashboard", *arguments, "-l", "warning"]


def _wait_until_healthy(supervisor: Supervisor) -> None:
    until = time.monotonic() + HEALTHY_WITHIN_SECONDS
    while time.monotonic() < until:
        supervisor.check()
        if _is_healthy():
            return
        time.sleep(0.05)
    raise CannotServe(f"The web server did not answer within {HEALTHY_WITHIN_SECONDS} seconds.")


def _is_healthy() -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.BIND, settings.BIND)  # noqa: S104
    name = settings.ALLOWED_HOSTS[0].lstrip(".")
    connection = http.client.HTTPConnection(host, settings.PORT, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost" if name == "*" else name})
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _in_brackets(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _announce(log_ins: list[tuple[str, str, str]]) -> None:
    print(f"SSI Dashboard is at {settings.SITE_URL} (Ctrl-C stops it).")
    if log_ins:
        print("Everybody in it is invented. Sign in as:")
        for role, email, password in log_ins:
            print(f"  {role:<16} {email:<32} {password}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
