"""The environment of a run: a private folder for all state, and none of the caller's own settings."""

import os
import secrets
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

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


@contextmanager
def private_environment() -> Iterator[Path]:
    """Set the environment before any setting is read; gives the folder."""
    for name in OF_THE_PRODUCT:
        os.environ.pop(name, None)
    # The path of a unix socket is short: below 108 bytes, and below 104 on macOS.
    with tempfile.TemporaryDirectory(prefix="ssi-b-", ignore_cleanup_errors=True) as folder:
        os.environ |= {
            "VAR_DIR": folder,
            "PORT": str(_free_port()),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        yield Path(folder)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
