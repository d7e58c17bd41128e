"""A seller's index on a day, as the pages show it."""

from dataclasses import dataclass
from datetime import date, timedelta

from scoring.formula.catalogue import PILLARS
from scoring.labels import pillar_label
from scoring.models import Score

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PillarValue:
    """A pillar from 0 to 100, in hundredths."""

    key: str
    label: str
    value: int


@dataclass(frozen=True)
class Headline:
    """The SSI of a day, in hundredths; the change is against seven days before, None without a score then."""

    day: date
    ssi: int
    change: int | None
    pillars: list[PillarValue]


def headline_of(seller_id: int, *, on: date) -> Headline | None:
    """The score of a day, else the newest before it; None for somebody who had none by then."""
    newest = Score.objects.of(seller_id).filter(day__lte=on).order_by("-day").first()
    if newest is None:
        return None
    before = Score.objects.of(seller_id).on(newest.day - WEEK).first()
    return Headline(
        day=newest.day,
        ssi=newest.ssi,
        change=newest.ssi - before.ssi if before else None,
        pillars=[PillarValue(key, pillar_label(key), getattr(newest, key)) for key in PILLARS],
    )
