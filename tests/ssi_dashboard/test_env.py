"""The settings as a process of its own loads them, from nothing but its environment."""

import json
import os
import subprocess
import sys

import pytest

from tests.processes import ROOT

KEY = "k" * 50
NAMES = [
    *(
        "ALLOWED_HOSTS",
        "DEBUG",
        "ON_LOOPBACK",
        "SITE_URL",
        "TIME_ZONE",
        "SESSION_ENGINE",
        "SESSION_COOKIE_NAME",
    ),
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"),
    "SECURE_PROXY_SSL_HEADER",
]
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES!r}}} | {{
    "engine": settings.DATABASES["default"]["ENGINE"],
    "options": settings.DATABASES["default"].get("OPTIONS", {{}}),
    "broker": settings.CELERY_BROKER_URL,
    "key": settings.SECRET_KEY,
}}, default=str))
"""


@pytest.fixture
def load(tmp_path):
    """Load the settings from these variables; the answer has either `settings` or a `problem`."""

    def load(**variables):
        environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "ssi_dashboard.settings"}
        environment |= {"VAR_DIR": str(tmp_path / "var"), "SECRET_KEY": KEY}
        environment |= {name: value for name, value in variables.items() if value is not None}
        environment = {
            name: value for name, value in environment.items() if variables.get(name, "") is not None
        }
        done = subprocess.run(
            [sys.executable, "-c", SHOW],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            return {"problem": done.stderr.strip().splitlines()[-1]}
        return json.loads(done.stdout)

    return load


def test_nothing_has_to_be_set_beyond_the_key(load):
    settings = load()

    assert settings["SITE_URL"] == "http://localhost:8000"
    assert settings["DEBUG"] is False
    assert settings["engine"] == "django.db.backends.sqlite3"
    assert settings["options"]["transaction_mode"] == "IMMEDIATE"
    assert settings["broker"].startswith("redis+socket://")
    assert settings["SESSION_ENGINE"] == "django.contrib.sessions.backends.cached_db"
    assert settings["SECURE_SSL_REDIRECT"] is False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/ssi"),
        ("DATABASE_URL", "nonsense"),
        ("REDIS_URL", "http://localhost:6379"),
        ("SECRET_KEY", "change-me"),
        ("SECRET_KEY", "short"),
        ("DEBUG", "maybe"),
        ("ALLOWED_HOSTS", "https://ssi.example.com/"),
        ("TIME_ZONE", "Europe/Atlantis"),
        ("TIME_ZONE", "../../etc/passwd"),
        ("LANGUAGE_CODE", "tlh"),
        ("EMAIL_URL", "pigeon://roof"),
        ("SITE_URL", "ssi.example.com"),
        ("SITE_URL", "https://example.com/ssi/"),
        ("BIND", "everywhere"),
        ("PORT", "80a"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "many"),
        ("VAR_DIR", "/dev/null/var"),
    ],
)
def test_nonsense_stops_the_start_with_the_name_of_the_variable(load, name, value):
    problem = load(**{name: value})["problem"]

    assert problem.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} ")


def test_an_empty_variable_counts_as_unset_except_for_the_key(load):
    empty = dict.fromkeys(
        ("DATABASE_URL", "REDIS_URL", "DEBUG", "ALLOWED_HOSTS", "TIME_ZONE", "SITE_URL", "PORT"), ""
    )

    assert load(**empty)["SITE_URL"] == "http://localhost:8000"
    assert "SECRET_KEY is missing" in load(SECRET_KEY="")["problem"]


def test_without_a_key_nothing_starts(load):
    assert "SECRET_KEY is missing" in load(SECRET_KEY=None)["problem"]


def test_the_kept_key_serves_on_loopback_only(load, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret-key").write_text("kept" * 12)

    assert load(SECRET_KEY=None)["key"] == "kept" * 12
    assert load(SECRET_KEY=None, BIND="127.0.0.2")["key"] == "kept" * 12
    assert "SECRET_KEY is missing" in load(SECRET_KEY=None, BIND="0.0.0.0")["problem"]  # noqa: S104


def test_debugging_needs_no_key(load):
    assert load(SECRET_KEY=None, DEBUG="true")["DEBUG"] is True


def test_https_closes_what_http_must_leave_open(load):
    settings = load(SITE_URL="https://ssi.example.com")

    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] >= 365 * 24 * 3600
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert "ssi.example.com" in settings["ALLOWED_HOSTS"]


def test_a_proxy_is_believed_only_where_one_is_named(load):
    assert load()["SECURE_PROXY_SSL_HEADER"] is None
    assert load(TRUSTED_PROXIES="1")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


@pytest.mark.parametrize(
    ("name", "value", "shown", "expected"),
    [
        (
            "DATABASE_URL",
            "postgres://ana:secret@db.example.com/ssi",
            "engine",
            "django.db.backends.postgresql",
        ),
        ("REDIS_URL", "redis://store.example.com:6379", "broker", "redis://store.example.com:6379/0"),
        ("REDIS_URL", "rediss://:secret@store.example.com", "broker", "rediss://:secret@store.example.com/0"),
        ("REDIS_URL", "unix:///run/valkey.sock", "broker", "redis+socket:///run/valkey.sock?virtual_host=0"),
        ("BIND", "::1", "SITE_URL", "http://[::1]:8000"),
        ("BIND", "192.0.2.7", "ON_LOOPBACK", False),
        ("PORT", "8123", "SITE_URL", "http://localhost:8123"),
        (
            "ALLOWED_HOSTS",
            "a.example.com, b.example.com",
            "ALLOWED_HOSTS",
            ["a.example.com", "b.example.com"],
        ),
        ("TIME_ZONE", "Asia/Kathmandu", "TIME_ZONE", "Asia/Kathmandu"),
    ],
)
def test_sense_is_taken(load, name, value, shown, expected):
    assert load(**{name: value})[shown] == expected


def test_the_folder_of_all_state_is_the_owners_alone(load, tmp_path):
    load()

    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
