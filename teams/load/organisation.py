"""Founds an organisation of any size: regions, districts, stores and industries, and who looks after them."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from teams import groups
from teams.demo.organisation import PASSWORD, into_group, make_user
from teams.demo.people import DOMAIN as DEMO_DOMAIN
from teams.demo.people import INDUSTRIES, REGIONS, Region, local_part
from teams.models import Industry, Team, User

DOMAIN = "load.example"  # reserved for examples: no mail ever arrives there
STORE_SELLERS, DISTRICT_STORES, REGION_DISTRICTS = 40, 20, 25
STORES_DIFFER = 0.3
INDUSTRY_COUNT = 20


@dataclass(frozen=True)
class Organisation:
    """Where people may belong: the keys of stores and industries, and how likely each of these is."""

    sellers: int
    stores: np.ndarray
    store_ends: np.ndarray  # the number of the first seller after each store's
    industries: np.ndarray
    industry_shares: np.ndarray

    def store_of(self, numbers: np.ndarray) -> np.ndarray:
        """Which store each of the numbered sellers is in, counted from 0; colleagues come in a row."""
        return np.searchsorted(self.store_ends, numbers, side="right")

    def region_of(self, stores: np.ndarray) -> np.ndarray:
        """Which of REGIONS gives a store, and who works there, their names."""
        return stores // (DISTRICT_STORES * REGION_DISTRICTS) % len(REGIONS)


def found(*, sellers: int, dice: np.random.Generator) -> Organisation:
    """Make everything but the sellers: the administrator too, and a manager for each region."""
    stores = _teams(max(1, round(sellers / STORE_SELLERS)))
    sizes = np.exp(dice.normal(0, STORES_DIFFER, len(stores)))
    names = [f"{INDUSTRIES[n % len(INDUSTRIES)]} {n // len(INDUSTRIES) + 1}" for n in range(INDUSTRY_COUNT)]
    industries = Industry.objects.bulk_create(Industry(name=name, is_demo=True) for name in names)
    shares = 1 / np.arange(1, INDUSTRY_COUNT + 1)
    make_user("administrator", "Ada", "Adminska", make_password(PASSWORD), is_staff=True, is_superuser=True)
    return Organisation(
        sellers=sellers,
        stores=np.array([team.pk for team in stores]),
        store_ends=np.rint(np.cumsum(sizes) / sizes.sum() * sellers).astype(int),
        industries=np.array([industry.pk for industry in industries]),
        industry_shares=shares / shares.sum(),
    )


def _teams(count: int) -> list[Team]:
    """Make so many stores, with districts above them and regions above these; give the stores."""
    district_count = -(-count // DISTRICT_STORES)
    region_count = -(-district_count // REGION_DISTRICTS)
    regions = _made(Team(name=f"{_region(n).name} {n + 1}") for n in range(region_count))
    _manage(regions)
    districts = _made(
        Team(
            name=f"{_region(n // REGION_DISTRICTS).name} district {n + 1}",
            parent=regions[n // REGION_DISTRICTS],
        )
        for n in range(district_count)
    )
    return _made(
        Team(name=f"{_store_name(n)} {n + 1}", parent=districts[n // DISTRICT_STORES]) for n in range(count)
    )


def _store_name(store: int) -> str:
    names = list(_region(store // (DISTRICT_STORES * REGION_DISTRICTS)).stores)
    return names[store % len(names)]


def _made(teams: Iterable[Team]) -> list[Team]:
    named = list(teams)
    for team in named:
        team.slug, team.is_demo = slugify(team.name), True
    return Team.objects.bulk_create(named, batch_size=5000)


def _region(number: int) -> Region:
    return REGIONS[number % len(REGIONS)]


def _manage(regions: list[Team]) -> None:
    """Give each region a manager; the first one's can sign in, as in the demo."""
    cannot = make_password(None)
    users = []
    for number in range(len(regions)):
        first_name, last_name = _region(number).manager
        last_name = f"{last_name} {number + 1}"
        local = f"{local_part(first_name, last_name)}.m{number + 1}"
        users.append(
            User(
                email=f"manager@{DEMO_DOMAIN}" if number == 0 else f"{local}@{DOMAIN}",
                first_name=first_name,
                last_name=last_name,
                password=make_password(PASSWORD) if number == 0 else cannot,
                is_demo=True,
            )
        )
    through = Team.managers.through
    users = User.objects.bulk_create(users)
    through.objects.bulk_create(
        through(team_id=team.pk, user_id=user.pk) for team, user in zip(regions, users, strict=True)
    )
    into_group(users, groups.MANAGER)
