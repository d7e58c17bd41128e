"""The order of a long list as a published night left it, read a slice at a time."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Self

import numpy as np
from django.db.models import Count, QuerySet

from scoring import columns, standings
from scoring.models import Score
from teams.listing import Listing

MOST = 10_000  # hundredths: the highest score


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

    @classmethod
    def of(cls, listing: Listing, day: date) -> Self | None:
        """None of a list that is short enough to be ranked while somebody waits, or that no night ranked.

        Old nights keep their averages only; their order is found again by counting that day's scores.
        """
        kept = listing.standings().filter(day=day, n__gt=standings.LONGEST_LIVE).values_list("n", "above")
        found = kept.first()
        if found is None:
            return None
        n, packed = found
        if packed is not None:
            return cls(listing, day, n, np.frombuffer(packed, dtype=">i4").astype(np.int32))
        above = _count_above(listing, day)
        return cls(listing, day, int(above[0] + _shown(listing, day).filter(ssi=0).count()), above, False)

    def spots(self, first: int, count: int) -> list[Spot]:
        """Who is at the positions from one on; positions count from 1."""
        if not self.is_kept:
            rows = _shown(self.listing, self.day).order_by("-ssi", "seller_id")
            return [Spot(*row) for row in rows.values_list("seller_id", "ssi")[first - 1 : first - 1 + count]]
        of, key = self.listing.of, self.listing.key
        sellers = standings.sellers_at(of, key, self.day, first=first, count=count) or []
        then = self._ssi_from(first, len(sellers)).tolist()
        return [Spot(*spot) for spot in zip(sellers, then, strict=True)]

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
        if not self.is_kept:
            rows = _shown(self.listing, self.day).order_by("-ssi", "seller_id")
            found = columns.read(rows, "seller_id", "ssi")
            return found["seller_id"], found["ssi"]
        packed = self.listing.standings().filter(day=self.day).values_list("order", flat=True).get()
        return np.frombuffer(packed or b"", dtype=">i4"), self._ssi_from(1, self.n)


def _shown(listing: Listing, day: date) -> QuerySet[Score]:
    return listing.scores(day).filter(seller__shown_on_boards=True)


def _count_above(listing: Listing, day: date) -> np.ndarray:
    having = np.zeros(MOST + 1, dtype=np.int64)
    for ssi, n in _shown(listing, day).order_by().values_list("ssi").annotate(n=Count("ssi")):
        having[ssi] = n
    return (having.sum() - np.cumsum(having)).astype(np.int32)


def _stored_position(listing: Listing, score: Score) -> int | None:
    everybody, team = Listing.everybody(), score.team
    if listing.of == everybody.of:
        return score.position
    if not listing.is_of_a_team:
        return score.industry_position
    parent = team.parent if team else None
    above = [team, parent, parent.parent if parent else None]
    positions = (score.team_position, score.parent_position, score.grandparent_position)
    return next(
        (at for near, at in zip(above, positions, strict=True) if near and near.pk == listing.key), None
    )
