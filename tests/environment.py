"""The environment of a test process: a private folder for all state, and none of the caller's settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

OWNER = "SSI_TESTS_OWNER"
OF_THE_PRODUCT = (
    *(
        "ADMIN_EMAIL",
        "ADMIN_PASSWORD",
        "ALLOWED_HOSTS",
        "BIND",
        "DEBUG",
        "EMAIL_URL",
        "LANGUAGE_CODE",
        "PORT",
    ),
    *("REDIS_URL", "SITE_URL", "TIME_ZONE", "TRUSTED_PROXIES"),
)


def use_private_environment() -> None:
    """Set the environment before any setting is read; a process that a test starts shares its test's.

    Every worker of pytest-xdist gets a folder of its own, and with it a Valkey and an SQLite file.
    DATABASE_URL stays when it names PostgreSQL: `bin/test` sets it for the second round.
    """
    owner = os.environ.get("PYTEST_XDIST_WORKER", "main")
    if os.environ.get(OWNER) == owner:
        return
    for name in OF_THE_PRODUCT:
        os.environ.pop(name, None)
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ.pop("DATABASE_URL", None)
    os.environ[OWNER] = owner
    # The path of a unix socket is short: below 108 bytes, and below 104 on macOS.
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="ssi-")
    atexit.register(remove_private_folder)
    os.environ["SECRET_KEY"] = "only-for-tests-" + "0123456789abcdef" * 3
    # Playwright's loop runs in the main thread, and Django would take every query there for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def remove_private_folder() -> None:
    """Remove what `use_private_environment` made, in the process that made it."""
    shutil.rmtree(Path(os.environ["VAR_DIR"]), ignore_errors=True)
