"""A real Chromium that notes every complaint of a page."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from teams.models import User

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOTE_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
    window.noteViolation(`${event.violatedDirective} blocked ${event.blockedURI} ${event.sample}`));
"""


@dataclass
class Complaints:
    """What the browser complained about; a test fails on any that it did not foresee."""

    lines: list[str] = field(default_factory=list)
    foreseen: list[str] = field(default_factory=list)

    def foresee(self, words: str) -> None:
        """Let complaints with these words pass, such as "status of 404" on a page meant to be missing."""
        self.foreseen.append(words)

    def unforeseen(self) -> list[str]:
        return [line for line in self.lines if not any(words in line for words in self.foreseen)]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the Chromium of the machine; without one the browser tests fail, they are never skipped."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(
            "No Chromium was found: apt-get install chromium fonts-liberation, or name one in CHROMIUM.",
            pytrace=False,
        )
    # Chromium's sandbox refuses root.
    rootless = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": ARGUMENTS + rootless}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live_server: LiveServer) -> dict[str, Any]:
    """Let tests open `/day/` without naming the server."""
    return {**browser_context_args, "base_url": live_server.url, "locale": "en-GB"}


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def page(page: Page, complaints: Complaints, live_server: LiveServer) -> Iterator[Page]:
    """A page that fails its test on any error in the console and any breach of the content policy."""
    watch(page, complaints)
    yield page
    if not page.is_closed():
        page.evaluate("0")  # whatever was on its way has arrived
    assert complaints.unforeseen() == []


def watch(page: Page, complaints: Complaints) -> None:
    page.expose_function("noteViolation", lambda violation: complaints.lines.append(violation))
    page.add_init_script(NOTE_VIOLATIONS)
    page.on("pageerror", lambda error: complaints.lines.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            complaints.lines.append(f"{page.url}: {message.text}") if message.type == "error" else None
        ),
    )


@pytest.fixture
def enter(context: BrowserContext, live_server: LiveServer) -> Callable[[User], None]:
    """Sign a person in without the form: `enter(ana)`; whoever was signed in before is out."""

    def sign_in(user: User) -> None:
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        context.clear_cookies()
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return sign_in
