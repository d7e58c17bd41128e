"""What a row of an imported file says of a seller, or what is wrong with it."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from scoring.rows import BadCell, Cells, iso_day
from scoring.tables import Fault, Line
from teams.models import Industry, Seller, Team, User
from teams.tree import SEPARATOR

REQUIRED = ("email", "first_name", "last_name", "team", "industry", "title", "joined_on")
OPTIONAL = ("left_on",)
LONGEST = {
    "email": User._meta.get_field("email").max_length or 0,
    "first_name": User._meta.get_field("first_name").max_length or 0,
    "last_name": User._meta.get_field("last_name").max_length or 0,
    "industry": Industry._meta.get_field("name").max_length or 0,
    "title": Seller._meta.get_field("title").max_length or 0,
    "team": Team._meta.get_field("name").max_length or 0,
}


@dataclass(frozen=True, slots=True)
class SellerRow:
    """A person as the file has them; left_on counts only where the file has such a column (says_left)."""

    email: str
    first_name: str
    last_name: str
    team: tuple[str, ...]
    industry: str
    title: str
    joined_on: date
    left_on: date | None
    says_left: bool


class SellerReader:
    """Reads rows in one pass over a file: the same person twice is a fault."""

    def __init__(self) -> None:
        self._lines: dict[str, int] = {}
        left = Seller.objects.filter(left_on__isnull=False).order_by()
        self._left = dict(left.values_list("user__email", "left_on"))

    def read(self, line: Line) -> SellerRow | list[Fault]:
        """Give the row, or a fault for every bad cell."""
        cells = Cells(line)
        email = cells.take("email", self._email)
        names = {
            column: cells.take(column, _short(column)) for column in ("first_name", "last_name", "title")
        }
        team = cells.take("team", _path)
        industry = cells.take("industry", _short("industry"))
        joined_on = cells.take("joined_on", iso_day)
        left_on = cells.take("left_on", lambda text: self._left_on(text, line, email, joined_on))
        if cells.faults or email is None or team is None or joined_on is None:
            return cells.faults
        self._lines[email] = line.number
        return SellerRow(
            email=email,
            team=team,
            industry=industry or "",
            joined_on=joined_on,
            left_on=left_on,
            says_left="left_on" in line.cells,
            **{column: text or "" for column, text in names.items()},
        )

    def _email(self, text: str) -> str:
        email = text.lower()
        try:
            validate_email(email)
        except ValidationError:
            raise BadCell(_("This is not an e-mail address.")) from None
        if len(email) > LONGEST["email"]:
            raise BadCell(_too_long("email"))
        if email in self._lines:
            raise BadCell(_("Line %(line)d is about the same person.") % {"line": self._lines[email]})
        return email

    def _left_on(self, text: str, line: Line, email: str | None, joined_on: date | None) -> date | None:
        says_left = "left_on" in line.cells
        left_on = (iso_day(text) if text else None) if says_left else self._left.get(email or "")
        if left_on is not None and joined_on is not None and left_on <= joined_on:
            raise BadCell(_("Nobody leaves before the day after joining."))
        return left_on


def _path(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(SEPARATOR))
    if not all(names):
        raise BadCell(_("Name a team, or a path such as North/Store 12."))
    if any(len(name) > LONGEST["team"] for name in names):
        raise BadCell(_too_long("team"))
    return names


def _short(column: str):  # type: ignore[no-untyped-def]
    """Give what reads a text that fits its column."""

    def read(text: str) -> str:
        if len(text) > LONGEST[column]:
            raise BadCell(_too_long(column))
        return text

    return read


def _too_long(column: str) -> str:
    return _("That is too long: %(most)d characters at most.") % {"most": LONGEST[column]}
