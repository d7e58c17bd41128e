"""What is stored of many sellers' past, as arrays, and what a formula makes of it on one day or another."""

from datetime import date

import numpy as np

from scoring import columns, roster, sums
from scoring.column_forms import NO_DAY, Columns
from scoring.formula.catalogue import PILLARS, Kind
from scoring.formula.decay import Clock, event_raw
from scoring.formula.explain import contributions_of_many
from scoring.formula.pillar import scores
from scoring.formula.tally_cells import Cells, running_sums, worth_by_kind
from scoring.formula.version import Formula
from scoring.models import PillarSum
from scoring.rulebook import Version, kind_codes
from scoring.sums import Range


class Past:
    """The tallies, items and teams of some sellers, read once; their worth on one day after the other.

    With a last day, no later tallies are read.
    """

    def __init__(self, keys: np.ndarray, *, last: date | None = None) -> None:
        self._keys, self._codes = keys, kind_codes()
        cells = sums.read_cells(keys, last=last)
        in_order = np.argsort(cells.day, kind="stable")
        self._cells = [part[in_order] for part in (cells.seller, cells.day, cells.kind, cells.quantity)]
        self._clocks: dict[int, Clock] = sums.clocks_of(keys)
        members = Range.around(keys).of(roster.memberships())
        self._teams = columns.read(members, "seller_id", "first", "until", "team_id")
        self._held: Columns = {}
        self._held_until, self._held_version = 0, 0

    def parts_on(self, day: date, *, version: Version) -> dict[str, np.ndarray]:
        """The pillars and the index of everybody, in hundredths, as things stood on that day."""
        formula, kinds = version.formula, self._kinds(version.formula)
        acts = running_sums(
            self._seen(day),
            n=self._keys.size,
            kinds=kinds,
            clocks=self._clocks,
            formula=formula,
            landmark=day,
        )
        if self._held_version != version.pk or day.toordinal() >= self._held_until:
            self._held = sums.held_on(self._keys, kinds=kinds, on=day)
            self._held_until, self._held_version = int(self._held["until"].min()), version.pk
        # Told from the day itself a sum is what the acts are worth on it, unless the landmark had to move.
        ages = (day.toordinal() - acts.landmark).astype(float)
        for number, clock in self._clocks.items():
            ages[number] = clock.age(date.fromordinal(int(acts.landmark[number])), day)
        events = event_raw(acts.sums, ages, formula.half_life_days)
        raw = {
            pillar: events[:, n] + self._held[held]
            for n, (pillar, held) in enumerate(zip(PILLARS, PillarSum.HELD, strict=True))
        }
        return scores(raw, formula=formula)._asdict()

    def contributions_on(self, day: date, *, formula: Formula) -> dict[str, np.ndarray]:
        """What each kind contributes to the index of everybody on that day, in points, unrounded."""
        kinds = self._kinds(formula)
        worth = worth_by_kind(
            self._seen(day), n=self._keys.size, kinds=kinds, clocks=self._clocks, formula=formula, on=day
        )
        held = sums.held_by_kind(self._keys, kinds=kinds, on=day)
        width = min(worth.shape[1], held.shape[1])  # all keys of the formula's kinds are below
        parts = contributions_of_many(worth[:, :width] + held[:, :width], kinds=kinds, formula=formula)
        return {kind.code: parts[:, key] for key, kind in kinds.items()}

    def _kinds(self, formula: Formula) -> dict[int, Kind]:
        return {pk: formula.kinds[code] for pk, code in self._codes.items() if code in formula.kinds}

    def _seen(self, day: date) -> Cells:
        seen = np.searchsorted(self._cells[1], day.toordinal(), side="right")
        return Cells(*(part[:seen] for part in self._cells))

    def team_on(self, day: int) -> np.ndarray:
        """The team of each seller on a day; -1 for none."""
        found = self._teams
        is_then = (found["first"] <= day) & ((found["until"] == NO_DAY) | (day < found["until"]))
        number, ours = sums.numbers(found["seller_id"][is_then], self._keys)
        teams = np.full(self._keys.size, -1, dtype=np.int32)
        teams[number[ours]] = found["team_id"][is_then][ours]
        return teams
