"""Reads the rows that are written in the usual way, many times faster than cell by cell.

Whatever is not in these tables (blanks, capitals, standing items, faults) is left to the judge, `RowReader`:
what is read here it would read the same.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter

from django.core.exceptions import ValidationError

from scoring.formula.catalogue import NETWORKS
from scoring.identity import hex_digest
from scoring.models import Kind
from scoring.models.activity import MOST_AT_ONCE
from scoring.models.links import web_address
from scoring.rows import EARLIEST, HEADER, LONGEST_LINK, LONGEST_NOTE, ActRow
from scoring.tables import unguarded

# Of an address up to the first of / ? # everything is checked; of the rest, that it has no blanks in it.
LINK = re.compile(r"(https?://[^\s/?#\0]+)(?:[/?#][^\s\0]*)?")


class PlainRows:
    """Knows the usual texts of each column."""

    def __init__(self, *, sellers: Mapping[str, int], kinds: Mapping[str, Kind], today: date) -> None:
        unusual = {email for email in sellers if email != unguarded(email.strip().lower())}
        self._sellers = {e: pk for e, pk in sellers.items() if e not in unusual} if unusual else sellers
        self._kinds = {code: kind.pk for code, kind in kinds.items() if not kind.is_standing}
        known = (EARLIEST + timedelta(days=n) for n in range((today - EARLIEST).days + 1))
        self._days = {day.isoformat(): day for day in known}
        self._quantities = {"": 1, **{str(n): n for n in range(1, MOST_AT_ONCE + 1)}}
        self._networks = {"", *NETWORKS}

    def reader(self, columns: Sequence[str]) -> Callable[[list[str]], ActRow | None]:
        """Give what makes a row of the cells of a record, or None where one must look closer."""
        width = len(columns)
        # A column that the file lacks is an empty cell behind the others.
        in_order = itemgetter(*(columns.index(name) if name in columns else width for name in HEADER))
        sellers, kinds, days, quantities = self._sellers, self._kinds, self._days, self._quantities
        networks = self._networks

        def read(record: list[str]) -> ActRow | None:
            if len(record) != width:
                return None
            email, code, iso, until, amount, network, link, note = in_order([*record, ""])
            try:
                seller, kind, day, quantity = sellers[email], kinds[code], days[iso], quantities[amount]
            except KeyError:
                return None
            if until or network not in networks or not is_plain_link(link) or not is_plain_note(note):
                return None
            digest = hex_digest(code, iso, quantity, network, link)
            return ActRow(seller, kind, day, quantity, network, link, note, digest)

        return read


def is_plain_link(text: str) -> bool:
    if not text:
        return True
    found = LINK.fullmatch(text)
    return found is not None and len(text) <= LONGEST_LINK and _is_site(found[1])


@lru_cache(maxsize=4096)
def _is_site(address: str) -> bool:
    try:
        web_address(address)
    except ValidationError:
        return False
    return True


def is_plain_note(text: str) -> bool:
    return not text or (
        len(text) <= LONGEST_NOTE
        and text[0] != "'"
        and not text[0].isspace()
        and not text[-1].isspace()
        and "\0" not in text
    )
