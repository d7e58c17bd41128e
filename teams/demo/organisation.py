"""Founds the demo organisation: teams, industries, people, who belongs where, who follows whom."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

import numpy as np
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.text import slugify

from teams import groups
from teams.demo.people import DOMAIN, INDUSTRIES, REGIONS, TITLES, Region, address, names_of
from teams.demo.year import DAYS, Habits, intensities
from teams.models import Follow, Industry, Leave, Membership, Seller, Team, User

SEED = 20150803
PASSWORD = "see-how-it-works"  # noqa: S105 - printed for everybody, and good on loopback only
DEMO_LOGINS = [
    ("seller", f"seller@{DOMAIN}", PASSWORD),
    ("manager", f"manager@{DOMAIN}", PASSWORD),
    ("administrator", f"administrator@{DOMAIN}", PASSWORD),
]
LABEL = "demo"
SLUGS = f"{LABEL}-"
IN_THE_MIDDLE = 0.36  # the intensity of the seller who signs in: room to grow
LEAVES = ((14, 100), (10, 160), (14, 220), (90, 60), (7, 30), (5, -2))  # so many days, that many days ago
# One in so many joined during the year, has left, has changed the store, was or is away.
STARTED_LATE, LEFT, CHANGED_STORE, AWAY = 13, 40, 24, 5
HIDDEN, FOLLOWED = 2, 4


@dataclass
class Person:
    """A seller of the demo with their habits; the log begins with `since`."""

    seller: Seller
    store: Team
    habits: Habits
    since: date
    signs_in: bool = False
    away: list[tuple[date, date]] = field(default_factory=list)


def found(*, today: date) -> list[Person]:
    """Make everything but what people log; the one who signs in comes first."""
    chance = Random(SEED)
    password = make_password(PASSWORD)
    stores = _teams(password)
    industries = [Industry.objects.create(name=_free(Industry, name), is_demo=True) for name in INDUSTRIES]
    make_user("administrator", "Ada", "Adminska", password, is_staff=True, is_superuser=True)
    people = _sellers(stores, industries, password, chance=chance, today=today)
    _belong(people, chance=chance, today=today)
    _be_away(people, chance=chance, today=today)
    _follow(people, chance=chance)
    return people


def _teams(password: str) -> list[tuple[Region, Team, int]]:
    """Make regions with a manager each, and their stores; give the stores and how many sell there."""
    stores = []
    for number, region in enumerate(REGIONS):
        above = Team.objects.create(
            name=_free(Team, f"{region.name} ({LABEL})"), slug=_slug(region.name), is_demo=True
        )
        first_name, last_name = region.manager
        email = None if number else "manager"
        manager = make_user(email, first_name, last_name, password)
        into_group([manager], groups.MANAGER)
        above.managers.add(manager)
        for name, size in region.stores.items():
            store = Team.objects.create(name=name, slug=_slug(name), parent=above, is_demo=True)
            stores.append((region, store, size))
    return stores


def _slug(name: str) -> str:
    return SLUGS + slugify(name)


def _free(model: type[Team] | type[Industry], name: str) -> str:
    """The name, or with a label where a real row has it."""
    taken = set(model.objects.values_list("name", flat=True))
    candidates = [name, f"{name} ({LABEL})", *(f"{name} ({LABEL} {n})" for n in range(2, 100))]
    return next(candidate for candidate in candidates if candidate not in taken)


def make_user(local: str | None, first_name: str, last_name: str, password: str, **fields: bool) -> User:
    email = f"{local}@{DOMAIN}" if local else address(first_name, last_name)
    return User.objects.create(
        email=email, first_name=first_name, last_name=last_name, password=password, is_demo=True, **fields
    )


def _sellers(
    stores: list[tuple[Region, Team, int]],
    industries: list[Industry],
    password: str,
    *,
    chance: Random,
    today: date,
) -> list[Person]:
    places = [(region, store) for region, store, size in stores for _n in range(size)]
    efforts = intensities(len(places))
    chance.shuffle(efforts)
    names = {region.name: names_of(region, chance) for region in REGIONS}
    dice = np.random.default_rng(SEED)
    users, people = [], []
    for number, ((region, store), effort) in enumerate(zip(places, efforts, strict=True)):
        first_name, last_name = next(names[region.name])
        signs_in = number == 0
        user = User(
            email=f"seller@{DOMAIN}" if signs_in else address(first_name, last_name),
            first_name=first_name,
            last_name=last_name,
            password=password if signs_in else make_password(None),
            is_demo=True,
        )
        users.append(user)
        seller = Seller(
            user=user,
            title=chance.choice(TITLES),
            industry=chance.choices(industries, weights=(5, 3, 3, 2))[0],
            joined_on=today - timedelta(days=DAYS + chance.randrange(30, 2500)),
        )
        habits = Habits.of(IN_THE_MIDDLE if signs_in else effort, dice)
        since = today - timedelta(days=DAYS)
        people.append(Person(seller=seller, store=store, habits=habits, since=since, signs_in=signs_in))
    _come_and_go(people[1:], chance=chance, today=today)
    User.objects.bulk_create(users)
    into_group(users, groups.SELLER)
    Seller.objects.bulk_create(person.seller for person in people)
    return people


def _come_and_go(people: list[Person], *, chance: Random, today: date) -> None:
    """Some joined during the year, some left, and some are not shown on boards."""
    late, left = len(people) // STARTED_LATE, len(people) // LEFT
    some = chance.sample(people, late + left + HIDDEN)
    for person in some[:late]:
        person.since = person.seller.joined_on = today - timedelta(days=chance.randrange(20, 300))
    for person in some[late : late + left]:
        person.seller.left_on = today - timedelta(days=chance.randrange(5, 120))
    for person in some[late + left :]:
        person.seller.shown_on_boards = False


def _belong(people: list[Person], *, chance: Random, today: date) -> None:
    """Teams were drawn anew a year ago; some have changed the store since."""
    stores = list(dict.fromkeys(person.store for person in people))
    settled = [person for person in people if not person.signs_in and (today - person.since).days > 200]
    changed = {id(person) for person in chance.sample(settled, len(settled) // CHANGED_STORE)}
    rows = []
    for person in people:
        if id(person) in changed:
            day = today - timedelta(days=chance.randrange(20, 180))
            elsewhere = chance.choice([store for store in stores if store != person.store])
            rows.append(Membership(seller=person.seller, team=elsewhere, first=person.since, until=day))
            rows.append(Membership(seller=person.seller, team=person.store, first=day))
        else:
            rows.append(Membership(seller=person.seller, team=person.store, first=person.since))
    Membership.objects.bulk_create(rows)


def _be_away(people: list[Person], *, chance: Random, today: date) -> None:
    """Holidays, one long leave, and one that is going on now."""
    others = [person for person in people if not person.signs_in and (today - person.since).days > 250]
    for number, person in enumerate(chance.sample(others, len(others) // AWAY)):
        length, ago = LEAVES[number % len(LEAVES)]
        first = (
            today - timedelta(days=ago + length + chance.randrange(-3, 4))
            if ago > 0
            else today + timedelta(days=ago)
        )
        person.away.append((first, first + timedelta(days=length)))
    Leave.objects.bulk_create(
        Leave(seller=person.seller, first=first, until=until)
        for person in people
        for first, until in person.away
    )


def _follow(people: list[Person], *, chance: Random) -> None:
    rows = []
    for person in people:
        number = FOLLOWED if person.signs_in else chance.randrange(FOLLOWED)
        others = [other for other in people if other is not person]
        rows += [
            Follow(follower=person.seller, followed=other.seller) for other in chance.sample(others, number)
        ]
    Follow.objects.bulk_create(rows)


def into_group(users: list[User], name: str) -> None:
    group = Group.objects.filter(name=name).first()
    if group is not None:
        through = User.groups.through
        through.objects.bulk_create(through(user_id=user.pk, group_id=group.pk) for user in users)
