"""Who administers, for the tests of the administration; a conftest there imports these."""

import pytest
import time_machine
from django.contrib.auth.models import Group

from teams.groups import ADMINISTRATOR
from teams.models import User
from tests.cast import PASSWORD
from tests.moments import NOON


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def adam(db):
    """Of the group of administrators, and no superuser."""
    adam = User.objects.create_user("adam@example.com", PASSWORD, first_name="Adam", is_staff=True)
    adam.groups.add(Group.objects.get(name=ADMINISTRATOR))
    return adam


@pytest.fixture
def administrator(client, adam):
    """The administrator who may less than a superuser, signed in."""
    client.force_login(adam)
    return adam


@pytest.fixture(params=["root", "adam"])
def either(request, client):
    """Both kinds of administrator, signed in."""
    person = request.getfixturevalue(request.param)
    client.force_login(person)
    return person
