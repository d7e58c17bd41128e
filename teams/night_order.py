"""The order of a long list as a published night left it, read a slice at a time."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Self

import numpy as np
from django.db.models import Count, QuerySet

from scoring import columns, standings
from scoring.models import Score
from teams.listing import Listing
from teams.page_cache import Version, of_this_moment

MOST = 10_000  # hundredths: the highest score
SIZE = 4 * MOST  # bytes of what a process keeps of an order, besides
# Lists of so many sellers a process holds whole, four bytes each, once a page of theirs was asked for: they
# are few, and looked at by many. Of the others a page is read by itself.
HELD = range(50_000, 2_000_001)


class Spot(NamedTuple):
    """Who is at a position, and what they had that night."""

    seller: int
    ssi: int


@dataclass(frozen=True)
class NightOrder:
    """The shown sellers of a list by position, and how many had more than 0.00, 0.01, … 100.00."""

    listing: Listing
    day: date
    n: int
    above: np.ndarray
    is_kept: bool = True
    version: Version = field(default_factory=of_this_moment, repr=False, compare=False)

    @classmethod
    def of(cls, listing: Listing, day: date, *, version: Version) -> Self | None:
        """None of a list that is short enough to be ranked while somebody waits, or that no night ranked.

        Old nights keep their averages only; their order is found again by counting that day's scores.
        """
        (found,) = version.night_part(
            "order", listing.of, listing.key, day, make=lambda: (_stored(listing, day),), size=SIZE
        )
        if found is None:
            return None
        n, above = found
        if above is not None:
            return cls(listing, day, n, above, version=version)
        above = _count_above(listing, day)
        return cls(listing, day, int(above[0] + _shown(listing, day).filter(ssi=0).count()), above, False)

    def spots(self, first: int, count: int) -> list[Spot]:
        """Who is at the positions from one on; positions count from 1."""
        sellers = self._sellers_at(first, count) if self.is_kept else None
        if sellers is None:
            rows = self._rows().values_list("seller_id", "ssi")
            return [Spot(*row) for row in rows[first - 1 : first - 1 + count]]
        then = self._ssi_from(first, len(sellers)).tolist()
        return [Spot(*spot) for spot in zip(sellers, then, strict=True)]

    def _sellers_at(self, first: int, count: int) -> list[int] | None:
        """None where the order is not stored any more."""
        of, key = self.listing.of, self.listing.key
        if not self.version.is_kept or self.n not in HELD:
            return standings.sellers_at(of, key, self.day, first=first, count=count)
        size = self.n * standings.WIDTH
        (held,) = self.version.night_part(
            "sellers", of, key, self.day, make=lambda: (self._packed(),), size=size
        )
        return None if held is None else held[first - 1 : first - 1 + count].tolist()

    def _packed(self) -> np.ndarray | None:
        rows = self.listing.standings().filter(day=self.day, order__isnull=False)
        packed = columns.take(rows, "order")
        return np.frombuffer(packed[0], dtype=standings.NUMBER) if packed else None

    def _ssi_from(self, first: int, count: int) -> np.ndarray:
        """The scores at the positions: the least that fewer have more than."""
        return np.searchsorted(-self.above, -np.arange(first, first + count), side="right")

    def rank_of(self, ssi: int) -> int:
        return 1 + int(self.above[ssi])

    def count(self, ssi: int) -> int:
        return int((self.above[ssi - 1] if ssi else self.n) - self.above[ssi])

    def spot_of(self, score: Score) -> tuple[int, Spot] | None:
        """Where the night put a seller; None when it did not, or nobody can tell since the score changed."""
        stored = _stored_position(self.listing, score)
        if stored is not None:
            for spot in self.spots(stored, 1):
                if spot.seller == score.seller_id:  # not so when a team has moved in the tree since
                    return stored, spot
        # Three and more teams above their own nothing is stored: who has the same score stands together.
        first = self.rank_of(score.ssi)
        alike = enumerate(self.spots(first, self.count(score.ssi)), first)
        return next((found for found in alike if found[1].seller == score.seller_id), None)

    def whole(self) -> tuple[np.ndarray, np.ndarray]:
        """All sellers by position, and what they had that night; eight bytes each."""
        sellers = self._packed()
        if sellers is None:
            found = columns.read(self._rows(), "seller_id", "ssi")
            return found["seller_id"], found["ssi"]
        return sellers, self._ssi_from(1, sellers.size)

    def _rows(self) -> QuerySet[Score]:
        """Where the night's order is not kept any more, best first."""
        return _shown(self.listing, self.day).order_by("-ssi", "seller_id")


def _stored(listing: Listing, day: date) -> tuple[int, np.ndarray | None] | None:
    """What the night says of a long list: how many are on it, and of each score how many had more."""
    kept = listing.standings().filter(day=day, n__gt=standings.LONGEST_LIVE).values_list("n", "above")
    found = kept.first()
    if found is None:
        return None
    n, packed = found
    return n, None if packed is None else np.frombuffer(packed, dtype=standings.NUMBER).astype(np.int32)


def _shown(listing: Listing, day: date) -> QuerySet[Score]:
    return listing.scores(day).filter(seller__shown_on_boards=True)


def _count_above(listing: Listing, day: date) -> np.ndarray:
    having = np.zeros(MOST + 1, dtype=np.int64)
    for ssi, n in _shown(listing, day).order_by().values_list("ssi").annotate(n=Count("ssi")):
        having[ssi] = n
    return (having.sum() - np.cumsum(having)).astype(np.int32)


def _stored_position(listing: Listing, score: Score) -> int | None:
    if listing.of == Listing.everybody().of:
        return score.position
    if listing.tree is None:
        return score.industry_position
    positions = (score.team_position, score.parent_position, score.grandparent_position)
    near = zip(listing.tree.above(score.team_id), positions, strict=False)
    return next((position for team, position in near if team.pk == listing.key), None)
