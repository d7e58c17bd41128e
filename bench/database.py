"""Databases of the wanted size: made once a run, copied for those who change them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import environ
import psycopg
from django.core.management import call_command
from django.db import connection, connections

from bench.nights import Nights
from bench.server import Server
from scoring import rulebook
from ssi_dashboard import settings as shipped
from teams import freshness, name_order

EMPTY = "bench_empty"
DAYS = 90
THIRTY_THREE_CELLS = 0.053  # of what the demo tells, so that a seller has a third of the cells in 90 days


class Databases:
    """Those of one run, on one server; `folder` is where SQLite keeps its files.

    With `keep` they stay on the server, and the next run finds them: filling a large one takes minutes.
    """

    def __init__(self, server: Server, folder: Path, *, keep: bool = False) -> None:
        self.server = server
        self.folder = folder
        self.keep = keep
        self._made: set[str] = self._kept() if keep else set()

    def close(self) -> None:
        connections.close_all()
        for name in sorted(self._made if not self.keep else ()):
            self._administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def loaded(self, sellers: int, *, days: int = DAYS, activity_days: int = 0) -> str:
        """Give the name of a database with so many sellers, scored today; made when it is first asked for.

        There are tallies of so many days, and activities of the newest of them.
        """
        name = f"bench_{sellers}_{days}_{activity_days}"
        if name not in self._made:
            self._create(name, self._empty())
            with self.using(name):
                load(sellers, days=days, activity_days=activity_days)
        return name

    def aged(self, sellers: int) -> str:
        """Give the name of such a database a week of nights later: the next one has a day to compare with."""
        name = f"bench_{sellers}_aged"
        if name not in self._made:
            self._create(name, self.loaded(sellers))
            with self.using(name):
                nights = Nights().pass_by(7)
                name_order.put_in_order(today=nights.day)
                settle()
        return name

    def _empty(self) -> str:
        if EMPTY not in self._made:
            self._create(EMPTY, "template0")
            with self.using(EMPTY):
                call_command("migrate", interactive=False, verbosity=0)
        return EMPTY

    @contextmanager
    def copied(self, name: str) -> Iterator[str]:
        """Use a copy of a database, which is dropped afterwards."""
        copy = f"{name}_copy"
        self._create(copy, name)
        try:
            with self.using(copy):
                yield copy
        finally:
            self.drop(copy)

    def drop(self, name: str) -> None:
        connections.close_all()
        self._administer(f"DROP DATABASE {name} WITH (FORCE)")
        self._made.discard(name)

    @contextmanager
    def using(self, name: str) -> Iterator[None]:
        """Point Django at a database of the server; a folder's SQLite file is named by its path."""
        before = connections.settings
        _switch(configured(self.address(name)))
        try:
            yield
        finally:
            _switch(before)

    @contextmanager
    def sqlite(self, name: str) -> Iterator[Path]:
        """Use a new SQLite file with the product's tables."""
        path = self.folder / f"{name}.sqlite3"
        with self.using(f"sqlite:///{path}"):
            call_command("migrate", interactive=False, verbosity=0)
            try:
                yield path
            finally:
                connections.close_all()
                for left in self.folder.glob(f"{path.name}*"):
                    left.unlink()

    @contextmanager
    def sqlite_copied(self, path: Path) -> Iterator[None]:
        """Use a copy of an SQLite file."""
        copy = path.with_name(f"copy-{path.name}")
        connections.close_all()
        shutil.copyfile(path, copy)
        try:
            with self.using(f"sqlite:///{copy}"):
                yield
        finally:
            for left in self.folder.glob(f"{copy.name}*"):
                left.unlink()

    def address(self, name: str) -> str:
        """What DATABASE_URL says to name it."""
        return name if name.startswith("sqlite:") else self.server.database(name)

    def _kept(self) -> set[str]:
        with psycopg.connect(self.server.uri) as administrator:
            return {name for (name,) in administrator.execute("SELECT datname FROM pg_database")}

    def _create(self, name: str, template: str) -> None:
        connections.close_all()
        self._administer(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        # Copied file by file: written through the log, a copy of ten gigabytes would be twenty.
        self._administer(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        self._made.add(name)

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self.server.uri, autocommit=True) as administrator:
            administrator.execute(statement)  # type: ignore[call-overload]


def configured(address: str) -> dict[str, Any]:
    """Give the settings of a database as the product would make them of its address."""
    parsed = environ.Env.db_url_config(address)
    if "sqlite" in parsed["ENGINE"]:
        parsed["OPTIONS"] = shipped._SQLITE_OPTIONS
    else:
        parsed |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    return connections.configure_settings({"default": parsed})


def _switch(databases: dict[str, Any]) -> None:
    connections.close_all()
    connections.settings = databases
    for alias in list(connections):
        with suppress(AttributeError):  # no connection was made in this thread
            del connections[alias]
    rulebook.forget()
    freshness.rise(*freshness.EVERYTHING)  # what this process and the store remember is of the other database


def load(sellers: int, *, days: int = DAYS, activity_days: int = 0) -> None:
    """Fill the current database with the distribution of the demo, and score today."""
    # With activities a hundred cells a seller, as the demo has them; else a third, as in the goals.
    told = {} if activity_days else {"told": THIRTY_THREE_CELLS}
    call_command(
        "generate_load", sellers=sellers, days=days, activities_days=activity_days, verbosity=0, **told
    )
    settle()


def settle() -> None:
    """Leave nothing for later that would fall into somebody's time: figures of the planner, dirty pages."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
