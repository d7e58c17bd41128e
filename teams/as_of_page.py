"""A seller's index as of an earlier day, from the history as it stands now."""

from dataclasses import dataclass
from datetime import date, timedelta

from scoring import charts, past, roster
from scoring.formula.pillar import score
from scoring.headline import WEEK, Course, DayScore, Headline, course_of, headline_in
from teams.index_page import TREND_DAYS, Past, PillarParts, Rules, parts_of, past_of, rules_on, trend_of
from teams.lines_behind import LinesBehind, lines_behind
from teams.models import Seller


@dataclass(frozen=True)
class AsOfPage:
    """headline, trend and lines are None for a day without an index."""

    seller: Seller
    day: date
    headline: Headline | None
    trend: charts.Chart | None
    parts: list[PillarParts]
    rules: Rules
    lines: LinesBehind | None


def as_of_page(seller: Seller, *, on: date) -> AsOfPage:
    """Put the page of a day together; scores whose rows are no longer kept are computed anew."""
    known = past_of(seller)
    course = _course(seller, known, on=on)
    head = headline_in(course) if on in course else None
    first = on - timedelta(days=TREND_DAYS - 1)
    return AsOfPage(
        seller=seller,
        day=on,
        headline=head,
        trend=trend_of(course, [], first=first, last=on, rules=known.rules) if head else None,
        parts=parts_of(known, on=on, ssi=head.ssi) if head else [],
        rules=rules_on(on, known.rules),
        lines=lines_behind(seller.pk, on) if head else None,
    )


def _course(seller: Seller, known: Past, *, on: date) -> Course:
    """What is stored up to the day; that day, and the one that it is compared to, in any case."""
    joined = roster.first_memberships([seller.pk]).get(seller.pk)
    began = past.first_day(known.history, joined_team=joined)
    if began is None or on < began or (seller.left_on is not None and on >= seller.left_on):
        return {}
    course = course_of(seller.pk, upto=on, days=TREND_DAYS)
    for day in (on - WEEK, on):
        if day not in course and day >= began:
            found = score(known.history, on=day, formula=known.rules.formula_on(day))
            course[day] = DayScore(day, *found)
    return course
