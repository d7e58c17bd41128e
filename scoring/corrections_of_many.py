"""What restating many sellers at once did to their past days; as `corrections` tells it of one."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from scoring.corrections import Change

SPAN = 1 << 22  # more than the ordinal of any day


@dataclass(frozen=True)
class Indexes:
    """Scores: whose (by number), of which day, and the index in hundredths."""

    seller: np.ndarray
    day: np.ndarray
    ssi: np.ndarray

    def where(self, chosen: np.ndarray) -> "Indexes":
        return Indexes(self.seller[chosen], self.day[chosen], self.ssi[chosen])

    @property
    def keys(self) -> np.ndarray:
        return self.seller.astype(np.int64) * SPAN + self.day


def changes_of_many(
    scored: Indexes, gone: np.ndarray, written: Indexes, *, sellers: int, today: date
) -> dict[int, Change]:
    """Say by number what changed before today; scored is all that stood, gone says which of it went."""
    began = np.full(sellers, SPAN)
    np.minimum.at(began, scored.seller, scored.day)
    at, known = _places(written.keys, scored.keys)
    before = np.where(known, scored.ssi[at] if scored.ssi.size else 0, 0)
    # Before the first score there was no index, which is as 0; after it a missing one was only late.
    told = known | (written.day < began[written.seller])
    lost = scored.where(gone)
    seller = np.concatenate([written.seller[told], lost.seller])
    day = np.concatenate([written.day[told], lost.day])
    change = np.concatenate([(written.ssi - before)[told], -lost.ssi.astype(np.int64)])
    is_shown = (change != 0) & (day < today.toordinal())
    return _by_seller(seller[is_shown], day[is_shown], change[is_shown])


def _places(keys: np.ndarray, among: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each key stands among others, and whether it does."""
    if not among.size:
        return np.zeros(keys.size, dtype=np.int64), np.zeros(keys.size, dtype=bool)
    order = np.argsort(among)
    at = order[np.minimum(np.searchsorted(among, keys, sorter=order), among.size - 1)]
    return at, among[at] == keys


def _by_seller(seller: np.ndarray, day: np.ndarray, change: np.ndarray) -> dict[int, Change]:
    if not seller.size:
        return {}
    in_order = np.lexsort((day, seller))
    seller, day, change = seller[in_order], day[in_order], change[in_order]
    numbers, starts = np.unique(seller, return_index=True)
    found = {}
    for number, start, end in zip(numbers.tolist(), starts, [*starts[1:], seller.size], strict=True):
        own = change[start:end]
        found[number] = Change(
            first=date.fromordinal(int(day[start])),
            last=date.fromordinal(int(day[end - 1])),
            days=int(end - start),
            most=int(own[np.argmax(np.abs(own))]),
        )
    return found
