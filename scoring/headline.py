"""A seller's index on a day, as the pages show it."""

from dataclasses import dataclass
from datetime import date, timedelta

from scoring.formula.catalogue import PILLARS
from scoring.formula.explain import split
from scoring.labels import pillar_label
from scoring.models import Score

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class PillarFigure:
    """A pillar as bars and ring show it, in hundredths; of25 and its delta in a week are parts of the SSI."""

    key: str
    label: str
    value: int
    of25: int
    delta: int | None


@dataclass(frozen=True)
class Headline:
    """The SSI of a day, in hundredths; the change is against seven days before, None without a score then."""

    day: date
    ssi: int
    change: int | None
    pillars: list[PillarFigure]


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
        pillars=_pillar_figures(newest, before),
    )


def _pillar_figures(score: Score, before: Score | None) -> list[PillarFigure]:
    now, then = of_25(score), of_25(before) if before else None
    return [
        PillarFigure(
            key=pillar,
            label=pillar_label(pillar),
            value=getattr(score, pillar),
            of25=now[pillar],
            delta=now[pillar] - then[pillar] if then else None,
        )
        for pillar in PILLARS
    ]


def of_25(score: Score) -> dict[str, int]:
    """The pillars out of 25, so rounded that they add up to the SSI."""
    return split(score.ssi, {pillar: getattr(score, pillar) for pillar in PILLARS})
