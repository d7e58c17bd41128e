"""Scores a day for many sellers at once: running sums in, rows out, through the same formula as for one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

import numpy as np
from django.db import transaction

from scoring import past, recompute, roster
from scoring.formula.catalogue import PILLARS
from scoring.formula.decay import Clock, event_raw
from scoring.formula.pillar import score, scores
from scoring.models import Holding, PillarSum, Score, Tally
from scoring.recompute import ONE_DAY
from scoring.rulebook import Rulebook, Version, kind_codes


def score_day(seller_ids: Collection[int], *, day: date, today: date) -> int:
    """Score the active ones among some sellers for a day, and close what the day before still missed.

    Gives the number of rows written. Whoever has tallies after that day, because it comes late, is scored
    from the tallies; all others from the running sums, which are built where they are missing.
    """
    with transaction.atomic():
        roster.lock(seller_ids)
        active = sorted(roster.active_on(day).filter(pk__in=seller_ids).values_list("pk", flat=True))
        Score.objects.on(day).filter(seller__in=set(seller_ids) - set(active)).delete()
        version = Rulebook().on(day)
        _build_missing_sums(active, version=version, today=today)
        sums = {row.seller_id: row for row in PillarSum.objects.filter(seller__in=active, formula=version.pk)}
        late = {pk for pk, kept in sums.items() if kept.newest is not None and kept.newest > day}
        rows = _from_sums([pk for pk in active if pk not in late], sums, day=day, version=version)
        rows += _from_tallies(sorted(late), day=day, version=version)
        recompute.store(rows)
        for seller in _missed(active, day - ONE_DAY):
            recompute.restate(seller, first=day - ONE_DAY, today=today)
    return len(rows)


def _build_missing_sums(seller_ids: Sequence[int], *, version: Version, today: date) -> None:
    """A new formula, or a seller who came by bulk, has no sums yet."""
    having = set(
        PillarSum.objects.filter(seller__in=seller_ids, formula=version.pk).values_list("seller", flat=True)
    )
    with_acts = set(
        Tally.objects.filter(seller__in=seller_ids).values_list("seller_id", flat=True).distinct()
    )
    for seller in sorted(with_acts - having):
        recompute.keep_sum(seller, past.history_of(seller), version=version, today=today)


def _from_sums(
    seller_ids: Sequence[int], sums: dict[int, PillarSum], *, day: date, version: Version
) -> list[Score]:
    joined = roster.first_memberships(seller_ids)
    standing, held_before = _standing(seller_ids, day=day, version=version)
    begun = [
        pk
        for pk in seller_ids
        if (pk in sums and sums[pk].newest) or pk in held_before or (pk in joined and joined[pk] <= day)
    ]
    if not begun:
        return []
    ages = _ages(begun, sums, day=day)
    kept = np.array(
        [[getattr(sums[pk], pillar) for pillar in PILLARS] if pk in sums else [0.0] * 4 for pk in begun]
    )
    raw = event_raw(kept, ages, version.formula.half_life_days) + np.array([standing[pk] for pk in begun])
    found = scores(dict(zip(PILLARS, raw.T, strict=True)), formula=version.formula)
    memberships = roster.memberships_of(begun)
    return [
        Score(
            seller_id=pk,
            day=day,
            formula_id=version.pk,
            team_id=roster.team_on(memberships.get(pk, []), day),
            **{part: int(values[at]) for part, values in found._asdict().items()},
        )
        for at, pk in enumerate(begun)
    ]


def _ages(seller_ids: Sequence[int], sums: dict[int, PillarSum], *, day: date) -> np.ndarray:
    """The days on each seller's own clock since the landmark of their sums."""
    leave = roster.leave_of(seller_ids)
    plain = Clock()
    return np.array(
        [
            (Clock(leave[pk]) if pk in leave else plain).age(sums[pk].landmark, day) if pk in sums else 0
            for pk in seller_ids
        ],
        dtype=float,
    )


def _standing(
    seller_ids: Sequence[int], *, day: date, version: Version
) -> tuple[dict[int, list[float]], set[int]]:
    """The points that held items bring each pillar that day, and who held anything by then."""
    codes, kinds = kind_codes(), version.formula.kinds
    held: dict[int, set[str]] = defaultdict(set)
    held_before: set[int] = set()
    rows = Holding.objects.filter(seller__in=seller_ids, first__lte=day).values_list(
        "seller", "kind", "until"
    )
    for seller, kind, until in rows:
        held_before.add(seller)
        if (until is None or day < until) and kinds[codes[kind]].standing:
            held[seller].add(codes[kind])
    points = {
        pk: [
            sum(kinds[code].points for code in held[pk] if kinds[code].pillar == pillar) for pillar in PILLARS
        ]
        for pk in seller_ids
    }
    return points, held_before


def _from_tallies(seller_ids: Sequence[int], *, day: date, version: Version) -> list[Score]:
    joined, memberships = roster.first_memberships(seller_ids), roster.memberships_of(seller_ids)
    rows = []
    for pk, history in past.histories_of(seller_ids).items():
        began = past.first_day(history, joined_team=joined.get(pk))
        if began is not None and began <= day:
            parts = score(history, on=day, formula=version.formula)._asdict()
            team = roster.team_on(memberships.get(pk, []), day)
            rows.append(Score(seller_id=pk, day=day, formula_id=version.pk, team_id=team, **parts))
    return rows


def _missed(seller_ids: Sequence[int], day: date) -> list[int]:
    """Sellers who should have a score for a day, and have none."""
    scored = set(Score.objects.on(day).filter(seller__in=seller_ids).values_list("seller_id", flat=True))
    unscored = [pk for pk in seller_ids if pk not in scored]
    joined = roster.first_memberships(unscored)
    return [
        pk
        for pk, history in past.histories_of(unscored).items()
        if (began := past.first_day(history, joined_team=joined.get(pk))) is not None and began <= day
    ]
