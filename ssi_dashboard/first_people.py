"""Who can sign in to an empty database: the people of the demo, or the first administrator."""

import getpass
import io
import os
import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.validators import validate_email
from django.db import transaction


class NobodyToAsk(RuntimeError):
    """The first administrator is neither in the environment nor at the keyboard."""


def fill_when_empty(*, demo: bool) -> None:
    """Make sure that somebody can sign in.

    Raises NobodyToAsk without a demo, an environment and a terminal.
    """
    if get_user_model().objects.exists():
        return
    if demo:
        print("Filling the empty database with a demo organisation.", flush=True)
        with transaction.atomic():  # stopped half way, it is still empty and the next start fills it
            call_command("demo", stdout=io.StringIO())  # the log-ins are shown once all is up
    else:
        email, password = _from_environment() or _from_keyboard()
        get_user_model().objects.create_superuser(email, password)
        print(f"{email} is the first administrator.", flush=True)


def _from_environment() -> tuple[str, str] | None:
    email, password = os.environ.get("ADMIN_EMAIL", "").strip(), os.environ.get("ADMIN_PASSWORD", "")
    if not email and not password:
        return None
    for name, value, check in (
        ("ADMIN_EMAIL", email, validate_email),
        ("ADMIN_PASSWORD", password, validate_password),
    ):
        try:
            check(value)
        except ValidationError as error:
            raise NobodyToAsk(f"{name} will not do: {' '.join(error.messages)}") from error
    return email, password


def _from_keyboard() -> tuple[str, str]:
    if not sys.stdin.isatty():
        raise NobodyToAsk(
            "There is no administrator yet, and no terminal to ask for one: "
            "set ADMIN_EMAIL and ADMIN_PASSWORD."
        )
    print("Nobody can sign in yet. Who is the first administrator?")
    return _ask_email(), _ask_password()


def _ask_email() -> str:
    while True:
        email = input("E-mail: ").strip()
        try:
            validate_email(email)
        except ValidationError as error:
            print(*error.messages)
        else:
            return email


def _ask_password() -> str:
    while True:
        password = getpass.getpass("Password: ")
        try:
            validate_password(password)
        except ValidationError as error:
            print(*error.messages)
            continue
        if getpass.getpass("Once more: ") == password:
            return password
        print("The two differ.")


def demo_log_ins() -> list[tuple[str, str, str]]:
    """Role, e-mail and password of the people of the demo, when they are in the database and may sign in."""
    if not settings.ON_LOOPBACK or not get_user_model().objects.filter(is_demo=True).exists():
        return []
    from teams.demo import DEMO_LOGINS

    return list(DEMO_LOGINS)
