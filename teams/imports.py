"""Takes sellers of a file in: people, teams, industries and memberships; what is the same stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify

from scoring import restating, roster
from scoring.corrections import because
from scoring.imports import parts
from scoring.models.correction import Cause
from teams import changes, groups
from teams.models import Industry, Membership, Seller, Team, User
from teams.seller_rows import SellerRow

ROWS_AT_ONCE = 1000
LONGEST_SLUG = Team._meta.get_field("slug").max_length or 0


@dataclass
class Outcome:
    """What became of the rows, from which day on sellers are restated, and who cannot sign in yet."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    moved: int = 0
    teams: int = 0
    industries: int = 0
    firsts: dict[int, date] = field(default_factory=dict)
    uninvited: list[int] = field(default_factory=list)

    def touch(self, seller_id: int, day: date) -> None:
        self.firsts[seller_id] = min(day, self.firsts.get(seller_id, day))


def take_in(rows: Iterable[SellerRow], *, today: date) -> Outcome:
    """Take in all rows or, when anything is raised, none; asks for the restatements that they need."""
    outcome = Outcome()
    with transaction.atomic():
        chart, industries = _Chart(outcome), _Industries(outcome)
        for some in parts(rows, ROWS_AT_ONCE):
            _People(some, chart, industries, outcome, today=today).take()
        restating.ask(outcome.firsts, because(Cause.MEMBERSHIP))
        changes.raise_people()
    return outcome


class _Chart:
    """The teams by their path; missing ones are made."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        teams = list(Team.objects.order_by().values_list("pk", "parent_id", "name", "slug"))
        self._keys: dict[tuple[int | None, str], int] = {(above, name): pk for pk, above, name, _ in teams}
        self._slugs = {slug for _, _, _, slug in teams}

    def team(self, path: tuple[str, ...]) -> int:
        """Give the key of the team with a path of one name or more."""
        *above, name = path
        parent = self.team(tuple(above)) if above else None
        if (parent, name) not in self._keys:
            team = Team.objects.create(name=name, parent_id=parent, slug=self._free_slug(path))
            self._outcome.teams += 1
            self._keys[parent, name] = team.pk
        return self._keys[parent, name]

    def _free_slug(self, path: tuple[str, ...]) -> str:
        """The name if that is free, else the names from further up too, else with a number."""
        for first in range(len(path) - 1, -1, -1):
            slug = slugify(" ".join(path[first:]))[:LONGEST_SLUG].strip("-") or "team"
            if slug not in self._slugs:
                break
        number, stem = 1, slug
        while slug in self._slugs:
            number += 1
            slug = f"{stem[: LONGEST_SLUG - 8]}-{number}"
        self._slugs.add(slug)
        return slug


class _Industries:
    """The industries by name; missing ones are made."""

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._keys = dict(Industry.objects.order_by().values_list("name", "pk"))

    def industry(self, name: str) -> int | None:
        if name and name not in self._keys:
            self._keys[name] = Industry.objects.create(name=name).pk
            self._outcome.industries += 1
        return self._keys[name] if name else None


class _People:
    """Some rows beside what is stored of the same people: read in bulk, compared, written in bulk."""

    def __init__(
        self, rows: list[SellerRow], chart: _Chart, industries: _Industries, outcome: Outcome, *, today: date
    ) -> None:
        self._rows, self._chart, self._industries = rows, chart, industries
        self._outcome, self._today = outcome, today
        self._changed: set[str] = set()

    def take(self) -> None:
        users = self._users()
        sellers, before = self._sellers(users)
        self._memberships(sellers, before)
        known = len(self._rows) - sum(pk is None for pk in before.values())
        changed = len(self._changed)
        self._outcome.new += len(self._rows) - known
        self._outcome.updated += changed
        self._outcome.unchanged += known - changed

    def _users(self) -> dict[str, User]:
        users = {
            user.email: user for user in User.objects.filter(email__in=[row.email for row in self._rows])
        }
        new, changed = [], []
        for row in self._rows:
            names = {"first_name": row.first_name, "last_name": row.last_name}
            if row.email not in users:
                users[row.email] = User(email=row.email, password=make_password(None), **names)
                new.append(users[row.email])
            elif _set(users[row.email], names):
                changed.append(users[row.email])
                self._changed.add(row.email)
        User.objects.bulk_create(new)
        User.objects.bulk_update(changed, ["first_name", "last_name"])
        _into_group(new)
        self._outcome.uninvited += [
            users[row.email].pk
            for row in self._rows
            if users[row.email].is_active
            and not users[row.email].has_usable_password()
            and (row.left_on is None or row.left_on > self._today)
        ]
        return users

    def _sellers(self, users: dict[str, User]) -> tuple[dict[str, Seller], dict[str, date | None]]:
        """Give the sellers, and on which day they had joined by what was stored: None for the new ones."""
        stored = Seller.objects.filter(user__in=[user.pk for user in users.values()])
        roster.lock(stored.values_list("pk", flat=True))
        sellers = {seller.user_id: seller for seller in stored}
        found: dict[str, Seller] = {}
        before: dict[str, date | None] = {}
        new, changed = [], []
        for row in self._rows:
            user = users[row.email]
            seller = sellers.get(user.pk)
            says = {
                "title": row.title,
                "industry_id": self._industries.industry(row.industry),
                "joined_on": row.joined_on,
            } | ({"left_on": row.left_on} if row.says_left else {})
            if seller is None:
                seller = Seller(user=user, **says)
                new.append(seller)
                before[row.email] = None
            else:
                before[row.email], left_on = seller.joined_on, seller.left_on
                if _set(seller, says):
                    changed.append(seller)
                    self._changed.add(row.email)
                if left_on != seller.left_on:
                    self._outcome.touch(seller.pk, min(day for day in (left_on, seller.left_on) if day))
            found[row.email] = seller
        Seller.objects.bulk_create(new)
        Seller.objects.bulk_update(changed, ["title", "industry", "joined_on", "left_on"])
        for seller in new:
            self._outcome.touch(seller.pk, seller.joined_on)
        return found, before

    def _memberships(self, sellers: dict[str, Seller], before: dict[str, date | None]) -> None:
        stored: dict[int, list[Membership]] = {}
        rows = Membership.objects.filter(seller__in=[seller.pk for seller in sellers.values()])
        for membership in rows.order_by("first"):
            stored.setdefault(membership.seller_id, []).append(membership)
        written: list[Membership] = []
        for row in self._rows:
            seller, joined_before = sellers[row.email], before[row.email]
            theirs = stored.get(seller.pk, [])
            shifted = self._begin_on_joining(seller, theirs, joined_before)
            moved = _belong(seller, theirs, self._chart.team(row.team), today=self._today)
            if (shifted or moved) and joined_before is not None:
                self._changed.add(row.email)
            if moved and joined_before is not None:
                self._outcome.moved += 1
                self._outcome.touch(seller.pk, min(self._today, moved[-1].first))
            written += [*shifted, *moved]
        # An old membership ends before the new one begins: the database allows one team a day.
        changed = {row.pk: row for row in written if row.pk is not None}
        Membership.objects.bulk_update(changed.values(), ["team", "first", "until"])
        Membership.objects.bulk_create(row for row in written if row.pk is None)

    def _begin_on_joining(
        self, seller: Seller, theirs: list[Membership], joined_before: date | None
    ) -> list[Membership]:
        """Another day of joining moves the first day of a membership that began with it."""
        earliest = theirs[0] if theirs else None
        if earliest is None or earliest.first != joined_before or earliest.first == seller.joined_on:
            return []
        if earliest.until is not None and earliest.until <= seller.joined_on:
            return []
        self._outcome.touch(seller.pk, min(earliest.first, seller.joined_on))
        earliest.first = seller.joined_on
        return [earliest]


def _belong(seller: Seller, theirs: list[Membership], team: int, *, today: date) -> list[Membership]:
    """Give the memberships to write, if any: the team is theirs from today, or from when they begin."""
    open_ones = [membership for membership in theirs if membership.until is None or membership.until > today]
    if not open_ones:
        first = max(today, seller.joined_on) if theirs else seller.joined_on
        return [Membership(seller=seller, team_id=team, first=first)]
    current = open_ones[0]
    if current.team_id == team:
        return []
    if current.first >= today:
        current.team_id = team
        return [current]
    until, current.until = current.until, today
    return [current, Membership(seller=seller, team_id=team, first=today, until=until)]


def _set(row: Any, values: dict[str, Any]) -> bool:
    """Set fields; says whether any was different."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)


def _into_group(users: list[User]) -> None:
    group = Group.objects.filter(name=groups.SELLER).first()
    if group is not None:
        through = User.groups.through
        through.objects.bulk_create(through(user_id=user.pk, group_id=group.pk) for user in users)
