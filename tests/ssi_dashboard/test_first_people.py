import getpass
import sys

import pytest

from ssi_dashboard import first_people
from teams.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def keyboard(monkeypatch):
    """Type these lines, one after the other, into a terminal."""

    def keyboard(*lines):
        typed = iter(lines)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))
        monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))

    return keyboard


def test_the_first_administrator_is_asked_until_the_answers_will_do(keyboard, capsys):
    keyboard(
        *("not an address", "root@example.com"),
        *("short", "a password long enough", "another password", "a password long enough"),
        "a password long enough",
    )

    first_people.fill_when_empty(demo=False)

    root = User.objects.get()
    assert root.email == "root@example.com"
    assert root.is_superuser
    assert root.check_password("a password long enough")
    assert "The two differ." in capsys.readouterr().out


def test_where_somebody_can_sign_in_nobody_is_asked(root):
    first_people.fill_when_empty(demo=False)
    first_people.fill_when_empty(demo=True)

    assert User.objects.get() == root


def test_log_ins_are_shown_for_a_demo_only(root):
    assert first_people.demo_log_ins() == []

    User.objects.create_user("seller@demo.example", is_demo=True)

    assert [role for role, _email, _password in first_people.demo_log_ins()]


def test_log_ins_are_not_shown_where_others_can_reach_the_site(settings):
    User.objects.create_user("seller@demo.example", is_demo=True)
    settings.ON_LOOPBACK = False

    assert first_people.demo_log_ins() == []


def test_half_a_demo_is_none(monkeypatch):
    def stopped_half_way(*_names, **_options):
        User.objects.create_user("seller@demo.example", is_demo=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(first_people, "call_command", stopped_half_way)

    with pytest.raises(KeyboardInterrupt):
        first_people.fill_when_empty(demo=True)

    assert not User.objects.exists()
