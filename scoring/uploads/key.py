"""The key under which acts of archives get their marks: this installation's, and from it each seller's.

Whoever has the database and not the key cannot guess back from a list of profiles whom a seller knows. It is
no part of SECRET_KEY, which may be changed at any time: with another key nothing that was brought in before
would be recognised, and every archive would count twice. So it stands in a file of its own beside the
uploads, made when it is first needed, unless ARCHIVE_KEY names one. Keep it with the backups.
"""

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from scoring.archive.marks import Marks


def seller_key(seller_id: int | None) -> bytes:
    """The key of a seller's archives; None: that of files of the whole organisation."""
    whose = "organisation" if seller_id is None else f"seller {seller_id}"
    return hmac.digest(_installation_key().encode(), whose.encode(), "sha256")


def marks_of(seller_id: int) -> Marks:
    return Marks(seller_key(seller_id))


def _installation_key() -> str:
    return settings.ARCHIVE_KEY or _kept(settings.ARCHIVE_KEY_FILE)


def _kept(path: Path) -> str:
    """Read the key, after making it where there is none; of several who do so at once one makes it."""
    if not path.exists():
        new = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(new)
        new.unlink()
    return path.read_text(encoding="ascii").strip()
