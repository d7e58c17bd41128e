"""Reads the environment; nonsense stops the start with the variable's name."""

import ipaddress
import os
import zoneinfo
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SAMPLE_SECRET_KEY = "change-me"  # noqa: S105


def env_bool(name: str, default: bool) -> bool:
    """Read a switch: 1, true, yes, on or 0, false, no, off, in any case."""
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value not in words:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes true or false.")
    return words[value]


def env_int(name: str, default: int, *, least: int, most: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a whole number from {least} to {most}.")
    return int(value)


def env_choice(name: str, default: str, choices: Collection[str]) -> str:
    value = os.environ.get(name, "").strip() or default
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes one of {', '.join(sorted(choices))}.")
    return value


def env_list(name: str, default: list[str]) -> list[str]:
    """Read names parted by commas."""
    items = [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]
    if any(" " in item or "/" in item for item in items):
        raise ImproperlyConfigured(f"{name} takes host names parted by commas, without a scheme or a path.")
    return items or default


def env_zone(name: str, default: str) -> str:
    value = os.environ.get(name, "").strip() or default
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ImproperlyConfigured(f"{name} is {value!r}; it takes a zone such as Europe/Warsaw.") from error
    return value


def env_address(name: str, default: str) -> str:
    """Read an IP address to listen on."""
    value = os.environ.get(name, "").strip() or default
    try:
        ipaddress.ip_address("127.0.0.1" if value == "localhost" else value)
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it takes an IP address such as 127.0.0.1."
        ) from error
    return value


def is_loopback(address: str) -> bool:
    return address == "localhost" or ipaddress.ip_address(address).is_loopback


def env_site(name: str, default: str) -> str:
    """Read the address people type, without a path."""
    value = (os.environ.get(name, "").strip() or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it takes an address such as https://ssi.example.com."
        )
    return value


def env_url(name: str, default: str, *, schemes: Collection[str], parse: Callable[[str], Any]) -> Any:
    """Read an address with one of the schemes and hand it to `parse`."""
    value = os.environ.get(name, "").strip() or default
    if urlsplit(value).scheme not in schemes:
        raise ImproperlyConfigured(
            f"{name} has an address that begins with none of {', '.join(sorted(schemes))}."
        )
    try:
        return parse(value)
    except (ValueError, KeyError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"{name} is not an address that can be read.") from error


def env_var_dir(name: str, default: Path) -> Path:
    """Read the folder of all state and make it when missing, readable by its owner only."""
    path = Path(os.environ.get(name, "").strip() or default).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is {str(path)!r}, and that folder cannot be made: {error.strerror}."
        ) from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"{name} is {str(path)!r}, and that folder cannot be read and written.")
    return path


def private_folder(path: Path) -> Path:
    """Make a folder below that of all state, readable by its owner only."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"The folder {path} cannot be made: {error.strerror}.") from error
    return path


def env_key(name: str) -> str:
    """Read a secret of 32 characters or more; "" where there is none."""
    value = os.environ.get(name, "").strip()
    if value and len(value) < 32:
        raise ImproperlyConfigured(f"{name} is shorter than 32 characters; set a long random text.")
    return value


def env_secret_key(name: str, *, debug: bool, loopback: bool, kept_in: Path) -> str:
    """Read the signing key; with DEBUG off only a real one will do.

    Where the site listens on loopback the key that `bin/setup` keeps under VAR_DIR serves.
    """
    value = os.environ.get(name)
    if value is None and loopback and kept_in.is_file():
        value = kept_in.read_text().strip()
    if value and value != SAMPLE_SECRET_KEY and len(value) >= 32:
        return value
    if debug:
        return value or "only-for-debugging-" + "0" * 40
    raise ImproperlyConfigured(
        f"{name} is missing, a sample or shorter than 32 characters; set a long random text of your own."
    )
