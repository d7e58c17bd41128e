"""What some thousand invented sellers logged and hold, in columns, as the people of the demo do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import numpy as np

from scoring import columns
from scoring.formula.catalogue import Kind
from scoring.identity import hex_digest
from scoring.models import Activity, Holding, Tally
from teams.demo.log import (
    HAVE_LINK,
    HAVE_NOTE,
    HELD_BY_WHO_SIGNS_IN,
    HELD_FOR,
    LINK,
    LINKED,
    LINKS,
    MOST,
    NOTES,
    ON_FIRST_NETWORK,
    held,
)
from teams.demo.year import REFERENCE_WEEK, effort
from teams.load import rows
from teams.load.people import Block

DIGESTS_KEPT = 1 << 18


@dataclass(frozen=True)
class Acts:
    """Acts by seller, day and kind, none twice: their keys, the day as an ordinal, and how many."""

    sellers: np.ndarray
    days: np.ndarray
    kinds: np.ndarray
    quantities: np.ndarray

    def since(self, day: int) -> "Acts":
        chosen = self.days >= day
        return Acts(*(column[chosen] for column in vars(self).values()))


def draw(block: Block, kinds: Mapping[str, Kind], keys: Mapping[str, int], *, told: float) -> Acts:
    """Invent what the sellers of a block did on each day; of what could be logged, that part is."""
    # In the order of the tallies' key, which is then made of ordered rows.
    codes = sorted((code for code in REFERENCE_WEEK if code in kinds), key=lambda code: keys[code])
    places = [list(REFERENCE_WEEK).index(code) for code in codes]
    weekly = block.habits.weekly(kinds)[:, places]
    today = date.fromordinal(block.today)
    efforts = effort(block.habits, block.days, today=today, chance=block.dice) * block.is_at_work
    seller, day = np.nonzero(efforts)
    is_told = block.dice.random((seller.size, len(codes)), dtype=np.float32) < told
    at, kind = np.nonzero(is_told)
    likely = efforts[seller, day][at] * weekly[seller[at], kind] / told
    quantities = np.minimum(block.dice.poisson(likely), MOST)
    done = np.flatnonzero(quantities)
    at, kind = at[done], kind[done]
    return Acts(
        sellers=block.keys[seller[at]].astype(np.int32),
        days=(block.first + day[at]).astype(np.int32),
        kinds=np.array([keys[code] for code in codes], dtype=np.int16)[kind],
        quantities=quantities[done].astype(np.int32),
    )


def write_tallies(acts: Acts) -> None:
    if acts.sellers.size:
        columns.append(
            Tally,
            {"seller": acts.sellers, "day": acts.days, "kind": acts.kinds, "quantity": acts.quantities},
        )


def write_activities(
    acts: Acts,
    kinds: Mapping[str, Kind],
    keys: Mapping[str, int],
    *,
    now: datetime,
    dice: np.random.Generator,
) -> None:
    """Write an activity for each act, with what people say beside it."""
    count = acts.sellers.size
    codes = {keys[code]: code for code in kinds}
    is_first, other = dice.random(count) < ON_FIRST_NETWORK, dice.random(count)
    has_link = np.isin(acts.kinds, [keys[code] for code in LINKED if code in kinds])
    has_link &= dice.random(count) < HAVE_LINK
    links = np.where(has_link, dice.integers(LINKS, size=count), -1).tolist()
    notes = np.where(dice.random(count) < HAVE_NOTE, dice.integers(len(NOTES), size=count), -1).tolist()
    networks = {key: kinds[code].networks for key, code in codes.items()}
    sizes = np.zeros(max(networks) + 1)
    sizes[list(networks)] = [len(of) for of in networks.values()]
    chosen = np.where(is_first, 0, other * sizes[acts.kinds]).astype(int)
    kind, quantities = acts.kinds.tolist(), acts.quantities.tolist()
    network = [networks[k][n] for k, n in zip(kind, chosen.tolist(), strict=True)]
    link = [LINK % n if n >= 0 else "" for n in links]
    day = [rows.iso(day) for day in acts.days.tolist()]
    said = zip([codes[k] for k in kind], day, quantities, network, link, strict=True)
    rows.append(
        Activity,
        {
            "seller": acts.sellers.tolist(),
            "kind": kind,
            "network": network,
            "day": day,
            "quantity": quantities,
            "link": link,
            "note": [NOTES[n] if n >= 0 else "" for n in notes],
            "content": [(hex_digest if row[-1] else _known_digest)(*row) for row in said],
            "created_at": rows.moment(now),
        },
    )


# What bears no link is said over and over.
_known_digest = lru_cache(maxsize=DIGESTS_KEPT)(hex_digest)


def write_holdings(
    block: Block, kinds: Mapping[str, Kind], keys: Mapping[str, int], *, now: datetime
) -> None:
    """Write the standing items of a block's sellers."""
    codes = [code for code, kind in kinds.items() if kind.standing]
    shape, span = (block.keys.size, len(codes)), block.today - block.first
    luck, since = block.dice.random(shape), block.dice.integers(span, size=shape)
    has, begun, ended = held(block.habits.intensity[:, None], luck, since, span=span)
    has[~block.is_usual] = [code in HELD_BY_WHO_SIGNS_IN for code in codes]
    seller, kind = np.nonzero(has)
    firsts, is_over = (block.first + begun[has]).tolist(), ended[has].tolist()
    rows.append(
        Holding,
        {
            "seller": block.keys[seller].tolist(),
            "kind": np.array([keys[code] for code in codes])[kind].tolist(),
            "first": [rows.iso(day) for day in firsts],
            "until": [
                rows.iso(day + HELD_FOR) if over else None for day, over in zip(firsts, is_over, strict=True)
            ],
            "created_at": rows.moment(now),
        },
    )
