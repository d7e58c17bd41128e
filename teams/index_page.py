"""What the pages about one seller show: finished values, so that templates neither count nor ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scoring import charts, coaching, past, quality
from scoring.contributions import Contribution, contributions_of
from scoring.formula.catalogue import PILLARS
from scoring.formula.explain import act_worths
from scoring.formula.history import History
from scoring.formula.plan import best_plan
from scoring.formula_marks import all_changes, between
from scoring.headline import Course, Headline, course_of, headline_in, headline_of
from scoring.labels import kind_label, pillar_label
from scoring.models import OfficialScore
from scoring.plans import wishes
from scoring.rulebook import Rulebook
from teams import comparison
from teams.audience import Audience, audience_of
from teams.comparison import Standing
from teams.kept import published_night, rulebook
from teams.lines_behind import LinesBehind, lines_behind
from teams.models import Membership, Seller

TREND_DAYS = 90
TIPS_ON_THE_INDEX = 3


@dataclass(frozen=True)
class PillarParts:
    """What the kinds of one pillar contribute."""

    key: str
    label: str
    parts: list[Contribution]


@dataclass(frozen=True)
class Rules:
    """The formula of the shown day, for the sentence that says how the index is computed."""

    name: str
    half_life_days: float
    gaps: list[tuple[str, str, float]]


@dataclass(frozen=True)
class CheckItem:
    """A standing kind: what it contributes while held, or would add, to the index now.

    ask_again: it was confirmed so long ago that the seller is asked whether it is true still.
    """

    code: str
    label: str
    held: bool
    hundredths: int
    ask_again: bool = False


@dataclass(frozen=True)
class OfficialFigures:
    """What LinkedIn's own page showed, beside ours of that day: rows are key, label, both out of 25."""

    day: date
    ours: int
    total: int
    rows: list[tuple[str, str, int, int]]
    industry_top: int | None
    network_top: int | None


@dataclass(frozen=True)
class IndexPage:
    """What one's own page and that for one's managers have in common.

    parts is empty while scores wait to be computed anew, since it would not add up to the SSI that is shown.
    lines lead to what is behind the figures of the headline's day; None without a headline. course are the
    scores that headline and trend are made of.
    """

    seller: Seller
    course: Course
    headline: Headline | None
    trend: charts.Chart | None
    parts: list[PillarParts]
    official: OfficialFigures | None
    tips: list[coaching.TipRow]
    rules: Rules
    audience: Audience
    quality: list[tuple[str, list[quality.Cell]]]
    lines: LinesBehind | None


@dataclass(frozen=True)
class Past:
    """What a page about a seller is made of, read once: acts, items and leave, and the rules of all days."""

    history: History
    items: list[past.HeldItem]
    rules: Rulebook


@dataclass(frozen=True)
class Ranks:
    """How a seller stands on the published day."""

    day: date
    standing: Standing


def past_of(seller: Seller) -> Past:
    history, items = past.history_with_items(seller.pk)
    return Past(history, items, rules=rulebook())


def index_page(seller: Seller, known: Past, *, team: int | None, today: date) -> IndexPage:
    """Put a page together; the team that the seller is in today is told by whoever has it at hand already."""
    course = course_of(seller.pk, upto=_last_scored(seller, today=today), days=TREND_DAYS)
    head = headline_in(course)
    day = head.day if head else today
    first = day - timedelta(days=TREND_DAYS - 1)
    official = _newest_official(seller, days=(today - first).days + 1)
    unwanted, hidden = wishes.wishes_of(seller.pk, today=today)
    plan = best_plan(
        known.history,
        on=today,
        formula=known.rules.formula_on(today),
        minutes_per_week=seller.minutes_per_week,
        unwanted=unwanted,
    )
    return IndexPage(
        seller=seller,
        course=course,
        headline=head,
        trend=trend_of(course, official, first=first, last=day, rules=known.rules),
        parts=parts_of(known, on=day, ssi=head.ssi) if head else [],
        official=_official(seller, official, course, head),
        tips=coaching.tips_for(plan, hidden=hidden)[:TIPS_ON_THE_INDEX],
        rules=rules_on(day, known.rules),
        audience=audience_of(seller, team=team),
        quality=quality.rows(quality.quality_of(known.history, today=today)),
        lines=lines_behind(seller.pk, day) if head else None,
    )


def _last_scored(seller: Seller, *, today: date) -> date:
    """Nobody has a score on or after the day of leaving."""
    return today if seller.left_on is None else min(today, seller.left_on - timedelta(days=1))


def _newest_official(seller: Seller, *, days: int) -> list[OfficialScore]:
    """As many official figures as that many days may have, newest first."""
    return list(OfficialScore.objects.filter(seller=seller).order_by("-day")[:days])


def trend_of(
    course: Course,
    official: Sequence[OfficialScore],
    *,
    first: date,
    last: date,
    rules: Rulebook,
) -> charts.Chart | None:
    return charts.trend(
        [score for day, score in course.items() if first <= day <= last],
        [figures for figures in official if first <= figures.day <= last],
        between(all_changes(rules), first, last).items(),
    )


def parts_of(known: Past, *, on: date, ssi: int) -> list[PillarParts]:
    """By pillar, the largest first in each, when they add up to the SSI that is shown."""
    rows = _contributions(known, on=on)
    if sum(row.hundredths for row in rows) != ssi:
        return []
    by_pillar = {name: [row for row in rows if row.pillar == name] for name in PILLARS}
    return [PillarParts(name, pillar_label(name), parts) for name, parts in by_pillar.items() if parts]


def _contributions(known: Past, *, on: date) -> list[Contribution]:
    return contributions_of(known.history, on=on, formula=known.rules.formula_on(on))


def _official(
    seller: Seller,
    official: Sequence[OfficialScore],
    course: Course,
    head: Headline | None,
) -> OfficialFigures | None:
    if head is None or not official:
        return None
    newest = official[0]
    among = headline_in(course, on=newest.day)
    ours = among or headline_of(seller.pk, on=newest.day) or head
    rows = [(own.key, own.label, own.of25, _hundredths(getattr(newest, own.key))) for own in ours.pillars]
    return OfficialFigures(
        day=newest.day,
        ours=ours.ssi,
        total=_hundredths(newest.total),
        rows=rows,
        industry_top=newest.industry_top,
        network_top=newest.network_top,
    )


def _hundredths(points: object) -> int:
    """Of a decimal with two places, exactly."""
    return int(points * 100)  # type: ignore[operator]


def rules_on(day: date, rules: Rulebook) -> Rules:
    version = rules.on(day)
    gaps = [(name, pillar_label(name), version.formula.gap_points[name]) for name in PILLARS]
    return Rules(name=version.name, half_life_days=version.formula.half_life_days, gaps=gaps)


def ranks(seller: Seller, course: Course) -> Ranks | None:
    """None while no night is published yet."""
    night = published_night()
    if night.day is None:
        return None
    score, long_lists = course.get(night.day), night.long_lists
    return Ranks(night.day, comparison.standing(seller, day=night.day, long_lists=long_lists, score=score))


def checklist(known: Past, *, today: date) -> list[CheckItem]:
    """The standing kinds in the order of the catalogue, with what each brings."""
    formula = known.rules.formula_on(today)
    asked = past.to_confirm(known.items, today=today)
    held = known.history.held_on(today)
    standing = [code for code, kind in formula.kinds.items() if kind.standing]
    missing = [code for code in standing if code not in held]
    brings = act_worths(known.history, on=today, formula=formula, codes=missing)
    brings |= {row.kind: row.hundredths for row in _contributions(known, on=today)}
    return [
        CheckItem(code, kind_label(code), code in held, brings.get(code, 0), code in asked)
        for code in standing
    ]


def memberships_of(seller: Seller) -> list[Membership]:
    """The dated teams, newest first."""
    return list(Membership.objects.filter(seller=seller).select_related("team").order_by("-first"))
