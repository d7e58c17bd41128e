"""What a row of an imported file says: an act, a standing item, or why it is neither."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring import roster
from scoring.formula.catalogue import NETWORKS
from scoring.identity import hex_digest
from scoring.models import Kind
from scoring.models.activity import MOST_AT_ONCE
from scoring.models.links import web_address
from scoring.tables import Fault, Line

HEADER = ("seller", "kind", "day", "until", "quantity", "network", "link", "note")
REQUIRED = ("seller", "kind", "day")
EARLIEST = date(1990, 1, 1)
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_LINK = LONGEST_NOTE = 500  # characters, as in Activity
# Told when they are needed: a translation for every row would take longer than reading it.
NO_END = gettext_lazy("Only a standing item has an end; this is something one does on a day.")
NOTHING_OF_AN_ACT = gettext_lazy("Leave this empty for a standing item.")

Said = TypeVar("Said")


class ActRow(NamedTuple):
    seller: int
    kind: int
    day: date
    quantity: int
    network: str
    link: str
    note: str
    digest: str  # of its content, see scoring/identity.py


class StandingRow(NamedTuple):
    seller: int
    kind: int
    first: date
    until: date | None


class BadCell(ValueError):
    """A cell does not say what its column is for."""


class RowReader:
    """Reads rows; knows the sellers by their e-mail and the kinds by their code, as of when it was made."""

    def __init__(self, *, today: date) -> None:
        self._today = today
        self.sellers = dict(roster.sellers().order_by().values_list("user__email", "pk"))
        self.kinds = {kind.code: kind for kind in Kind.objects.all()}

    def read(self, line: Line) -> ActRow | StandingRow | list[Fault]:
        """Give the row, or a fault for every bad cell."""
        cells = Cells(line)
        seller = cells.take("seller", self._seller)
        kind = cells.take("kind", self._kind)
        day = cells.take("day", self._day)
        if kind is None or not kind.is_standing:
            return self._act(cells, seller, kind, day)
        return self._standing(cells, seller, kind, day)

    def _act(
        self, cells: "Cells", seller: int | None, kind: Kind | None, day: date | None
    ) -> ActRow | list[Fault]:
        if kind is not None:
            cells.leave_empty("until", NO_END)
        quantity = cells.take("quantity", _quantity)
        network = cells.take("network", _network)
        link = cells.take("link", _link)
        note = cells.take("note", _note)
        if cells.faults or seller is None or kind is None or day is None or quantity is None:
            return cells.faults
        network, link = network or "", link or ""
        digest = hex_digest(kind.code, day.isoformat(), quantity, network, link)
        return ActRow(seller, kind.pk, day, quantity, network, link, note or "", digest)

    def _standing(
        self, cells: "Cells", seller: int | None, kind: Kind, day: date | None
    ) -> StandingRow | list[Fault]:
        until = cells.take("until", lambda text: _until(text, day))
        if cells.text("quantity") not in ("", "1"):
            cells.fault("quantity", _("The quantity of a standing item is always 1."))
        for column in ("network", "link", "note"):
            cells.leave_empty(column, NOTHING_OF_AN_ACT)
        if cells.faults or seller is None or day is None:
            return cells.faults
        return StandingRow(seller=seller, kind=kind.pk, first=day, until=until)

    def _seller(self, text: str) -> int:
        found = self.sellers.get(text.lower())
        if found is None:
            raise BadCell(_("No seller has this e-mail."))
        return found

    def _kind(self, text: str) -> Kind:
        found = self.kinds.get(text.lower())
        if found is None:
            raise BadCell(_("There is no such kind of activity."))
        return found

    def _day(self, text: str) -> date:
        day = iso_day(text)
        if day > self._today:
            raise BadCell(_("That day has not come yet."))
        return day


class Cells:
    """The cells of a line, each read once, and what was wrong with them."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.faults: list[Fault] = []

    def text(self, column: str) -> str:
        return self._line.cells.get(column, "")

    def take(self, column: str, read: Callable[[str], Said]) -> Said | None:
        """Give what `read` makes of a cell; None where it is bad."""
        try:
            return read(self.text(column))
        except BadCell as error:
            self.fault(column, str(error))
            return None

    def leave_empty(self, column: str, reason: Promise) -> None:
        if self.text(column):
            self.fault(column, str(reason))

    def fault(self, column: str, reason: str) -> None:
        self.faults.append(self._line.fault(column, reason))


@lru_cache(maxsize=4096)
def iso_day(text: str) -> date:
    """Read a day written as 2026-11-22. Raises BadCell."""
    try:
        if not ISO_DAY.fullmatch(text):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise BadCell(_("This is not a day; write it as 2026-11-22.")) from None
    if day < EARLIEST:
        raise BadCell(_("That date is too far back to be right."))
    return day


def _until(text: str, first: date | None) -> date | None:
    until = iso_day(text) if text else None
    if until is not None and first is not None and until <= first:
        raise BadCell(_("A standing item lasts a day at least."))
    return until


def _quantity(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and 1 <= int(text) <= MOST_AT_ONCE):
        raise BadCell(_("A quantity is a whole number from 1 to 1000."))
    return int(text)


def _network(text: str) -> str:
    if text and text.lower() not in NETWORKS:
        known = ", ".join(NETWORKS)
        raise BadCell(_("The networks are %(networks)s; it may be empty.") % {"networks": known})
    return text.lower()


@lru_cache(maxsize=4096)
def _link(text: str) -> str:
    if not text:
        return text
    if not text.startswith(("http://", "https://")):
        raise BadCell(_("Use an address that begins with http:// or https://."))
    if len(text) > LONGEST_LINK:
        raise BadCell(_("The address is too long."))
    try:
        web_address(text)
    except ValidationError:
        raise BadCell(_("This is not a web address.")) from None
    return text


def _note(text: str) -> str:
    if len(text) > LONGEST_NOTE:
        raise BadCell(_("The note is too long: 500 characters at most."))
    return text
