"""The people and teams that most tests play with.

Ana and Ada sell in North, which Bruno manages; Sofia sells in South, which Chiara manages; Root administers.
Who sees North must see nothing of South, and the other way round.
"""

import datetime

import pytest

from teams.models import Industry, Membership, Seller, Team, User

JOINED_ON = datetime.date(2026, 1, 1)


@pytest.fixture
def north(db: None) -> Team:
    return Team.objects.create(name="North", slug="north")


@pytest.fixture
def south(db: None) -> Team:
    return Team.objects.create(name="South", slug="south")


@pytest.fixture
def retail(db: None) -> Industry:
    return Industry.objects.create(name="Retail")


@pytest.fixture
def ana(north: Team, retail: Industry) -> User:
    return seller("ana", "Ana", "Nowak", team=north, industry=retail)


@pytest.fixture
def ada(north: Team, retail: Industry) -> User:
    return seller("ada", "Ada", "Wilk", team=north, industry=retail)


@pytest.fixture
def sofia(south: Team, retail: Industry) -> User:
    return seller("sofia", "Sofia", "Russo", team=south, industry=retail)


@pytest.fixture
def bruno(north: Team) -> User:
    return manager("bruno", "Bruno", "Lis", team=north)


@pytest.fixture
def chiara(south: Team) -> User:
    return manager("chiara", "Chiara", "Conti", team=south)


@pytest.fixture
def root(db: None) -> User:
    return User.objects.create_superuser(
        "root@example.com", PASSWORD, first_name="Root", last_name="Amministratore"
    )


PASSWORD = "a password long enough"


def seller(
    name: str, first_name: str, last_name: str, *, team: Team, industry: Industry | None = None
) -> User:
    """Make somebody who has sold in the team since the first day of 2026."""
    user = User.objects.create_user(
        f"{name}@example.com", PASSWORD, first_name=first_name, last_name=last_name
    )
    scored = Seller.objects.create(user=user, industry=industry, joined_on=JOINED_ON)
    Membership.objects.create(seller=scored, team=team, first=JOINED_ON)
    return user


def manager(name: str, first_name: str, last_name: str, *, team: Team) -> User:
    user = User.objects.create_user(
        f"{name}@example.com", PASSWORD, first_name=first_name, last_name=last_name
    )
    team.managers.add(user)
    return user
