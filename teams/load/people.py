"""Some thousand invented sellers in columns: who they are, where they belong, when they are away."""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import models

from scoring import columns
from teams import groups
from teams.demo.organisation import CHANGED_STORE, IN_THE_MIDDLE, LEAVES, LEFT, PASSWORD
from teams.demo.people import DOMAIN as DEMO_DOMAIN
from teams.demo.people import REGIONS, TITLES, local_part
from teams.demo.year import Habits
from teams.load import rows
from teams.load.organisation import DOMAIN, Organisation
from teams.models import Leave, Membership, Seller, User

AWAY, HIDDEN = 0.05, 0.02  # of all sellers
JOINED_BEFORE = (30, 2500)  # days before the logs begin
NEVER = date.max.toordinal()
NAMES = [
    [(first, last, local_part(first, last)) for first in region.first_names for last in region.last_names]
    for region in REGIONS
]


@dataclass(frozen=True)
class Block:
    """Sellers with numbers in a row, an array of each thing about them; days are ordinals, or NEVER.

    The logs begin with the day `first`. The seller with the number 0 signs in, and does nothing unusual.
    """

    first: int
    today: int
    dice: np.random.Generator
    numbers: np.ndarray
    users: np.ndarray
    keys: np.ndarray
    habits: Habits
    regions: np.ndarray  # whose names they bear
    teams: np.ndarray
    before: np.ndarray  # the team of those who changed it
    moved: np.ndarray
    left: np.ndarray
    away: np.ndarray
    back: np.ndarray
    industries: np.ndarray

    @property
    def days(self) -> list[date]:
        return [date.fromordinal(day) for day in range(self.first, self.today + 1)]

    @property
    def is_usual(self) -> np.ndarray:
        return self.numbers > 0

    @property
    def is_at_work(self) -> np.ndarray:
        """Whether each seller is there on each of the days."""
        days = np.arange(self.first, self.today + 1)
        is_away = (self.away[:, None] <= days) & (days < self.back[:, None])
        return (days < self.left[:, None]) & ~is_away


def draw(
    organisation: Organisation,
    numbers: np.ndarray,
    *,
    efforts: np.ndarray,
    first_user: int,
    first_key: int,
    days: tuple[date, date],
    dice: np.random.Generator,
) -> Block:
    """Invent the sellers with some numbers; nothing is written yet."""
    first, today = (day.toordinal() for day in days)
    count, is_usual = numbers.size, numbers > 0
    stores = organisation.store_of(numbers)
    length, ago = np.array(LEAVES)[dice.integers(len(LEAVES), size=count)].T
    began = today - np.where(ago > 0, ago + length + dice.integers(-3, 4, count), -ago)
    is_away = is_usual & (dice.random(count) < AWAY)

    def some(share: float) -> np.ndarray:
        """Choose some, with a day for each after the first and up to today."""
        when = dice.integers(first + 1, today + 1, count)
        return np.where(is_usual & (dice.random(count) < share), when, NEVER)

    return Block(
        first=first,
        today=today,
        dice=dice,
        numbers=numbers,
        users=first_user + numbers,
        keys=first_key + numbers,
        habits=Habits.of(np.where(is_usual, efforts[numbers], IN_THE_MIDDLE), dice),
        regions=organisation.region_of(stores),
        teams=organisation.stores[stores],
        before=dice.choice(organisation.stores, count),
        moved=some(1 / CHANGED_STORE),
        left=some(1 / LEFT),
        away=np.where(is_away, began, NEVER),
        back=np.where(is_away, began + length, NEVER),
        industries=dice.choice(organisation.industries, count, p=organisation.industry_shares),
    )


def write(block: Block, *, now: datetime) -> None:
    """Write the people of a block, and where they belong."""
    _write_users(block, now=now)
    _write_sellers(block)
    _write_memberships(block)
    _write_leave(block)


def _write_users(block: Block, *, now: datetime) -> None:
    luck = block.dice.random(block.numbers.size)
    picked = [
        NAMES[region][int(part * len(NAMES[region]))]
        for region, part in zip(block.regions.tolist(), luck.tolist(), strict=True)
    ]
    first_names, last_names, local_parts = map(list, zip(*picked, strict=True))
    numbers = (block.numbers + 1).tolist()
    emails = [f"{local}.{n}@{DOMAIN}" for local, n in zip(local_parts, numbers, strict=True)]
    passwords = [make_password(None)] * len(emails)
    if numbers[0] == 1:
        emails[0], passwords[0] = f"seller@{DEMO_DOMAIN}", make_password(PASSWORD)
    rows.append(
        User,
        {
            "id": block.users.tolist(),
            "email": emails,
            "password": passwords,
            "first_name": first_names,
            "last_name": [f"{name} {n}" for name, n in zip(last_names, numbers, strict=True)],
            "date_joined": rows.moment(now),
            "is_demo": True,
        },
    )
    group = Group.objects.filter(name=groups.SELLER).first()
    if group is not None:
        columns.append(User.groups.through, {"user": block.users, "group": group.pk})


def _write_sellers(block: Block) -> None:
    count = block.numbers.size
    joined = block.first - block.dice.integers(*JOINED_BEFORE, count)
    is_shown = ~block.is_usual | (block.dice.random(count) >= HIDDEN)
    rows.append(
        Seller,
        {
            "id": block.keys.tolist(),
            "user": block.users.tolist(),
            "title": [TITLES[n] for n in block.dice.integers(len(TITLES), size=count).tolist()],
            "industry": block.industries.tolist(),
            "joined_on": [rows.iso(day) for day in joined.tolist()],
            "left_on": [None if day == NEVER else rows.iso(day) for day in block.left.tolist()],
            "shown_on_boards": is_shown.tolist(),
        },
    )


def _write_memberships(block: Block) -> None:
    """Teams were drawn anew when the logs begin; some have changed the store since."""
    has_moved = (block.moved != NEVER) & (block.before != block.teams)
    columns.append(
        Membership,
        {
            "seller": block.keys,
            "team": np.where(has_moved, block.before, block.teams),
            "first": block.first,
            "until": np.ma.masked_array(block.moved, mask=~has_moved),
        },
    )
    rest = {"seller": block.keys, "team": block.teams, "first": block.moved}
    _append(Membership, {name: column[has_moved] for name, column in rest.items()})


def _write_leave(block: Block) -> None:
    is_away = block.away != NEVER
    rest = {"seller": block.keys, "first": block.away, "until": block.back}
    _append(Leave, {name: column[is_away] for name, column in rest.items()})


def _append(model: type[models.Model], some: dict[str, np.ndarray]) -> None:
    if some["seller"].size:
        columns.append(model, some)
