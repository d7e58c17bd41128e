"""A seller's index on a day, as the pages show it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Max

from scoring.formula.catalogue import PILLARS
from scoring.formula.explain import split
from scoring.formula.periods import days_between
from scoring.labels import pillar_label
from scoring.models import Score
from scoring.models.score import ScoreQuerySet
from scoring.recompute import EARLIEST, kept_days

WEEK = timedelta(days=7)
A_WEEK_APART = 8  # days, both ends included


class DayScore(NamedTuple):
    """A score in hundredths, with the rank of its night in the organisation, None for who is not shown."""

    day: date
    brand: int
    find: int
    engage: int
    relate: int
    ssi: int
    rank: int | None = None


Course = dict[date, DayScore]  # by day, in order


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
    return headline_in(course_of(seller_id, upto=on))


def course_of(seller_id: int, *, upto: date, days: int = A_WEEK_APART) -> Course:
    return courses_of([seller_id], upto=upto, days=days)[seller_id]


def courses_of(seller_ids: Collection[int], *, upto: date, days: int = A_WEEK_APART) -> dict[int, Course]:
    """Give each seller's scores of so many days that end with their newest; older ones may come along.

    The newest is that of a day or before it; empty for somebody who had none by then. One query, and two more
    when there is somebody without a score in the week up to that day.
    """
    span = timedelta(days=days - 1)
    found = _by_day(seller_ids, Score.objects.of_days(seller_ids, upto - WEEK - span, upto))
    late = [pk for pk, course in found.items() if max(course, default=date.min) < upto - WEEK]
    newest = newest_days(late, upto=upto) if late else {}
    if newest:
        named = {day for last in newest.values() for day in days_between(last - span, last)}
        found |= _by_day(newest, Score.objects.of(newest).filter(day__among=named))
    return found


def newest_days(seller_ids: Collection[int], *, upto: date) -> dict[int, date]:
    """The day of the newest score on or before a day of those who have one; names all days that may."""
    named = kept_days(first=EARLIEST, last=upto, today=upto)
    rows = Score.objects.of(seller_ids).filter(day__in=named).order_by()
    return dict(rows.values_list("seller_id").annotate(newest=Max("day")))


def _by_day(seller_ids: Collection[int], scores: ScoreQuerySet) -> dict[int, Course]:
    found: dict[int, Course] = {pk: {} for pk in seller_ids}
    for seller, *score in scores.order_by("day").values_list("seller_id", *DayScore._fields):
        found[seller][score[0]] = DayScore(*score)
    return found


def headline_in(course: Course, *, on: date | None = None) -> Headline | None:
    """The newest of some scores, or of those on or before a day."""
    newest = max((day for day in course if on is None or day <= on), default=None)
    if newest is None:
        return None
    score, before = course[newest], course.get(newest - WEEK)
    return Headline(
        day=newest,
        ssi=score.ssi,
        change=score.ssi - before.ssi if before else None,
        pillars=_pillar_figures(score, before),
    )


def _pillar_figures(score: DayScore, before: DayScore | None) -> list[PillarFigure]:
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


def of_25(score: DayScore) -> dict[str, int]:
    """The pillars out of 25, so rounded that they add up to the SSI."""
    return split(score.ssi, {pillar: getattr(score, pillar) for pillar in PILLARS})
