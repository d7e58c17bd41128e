"""What the pages about one seller show: finished values, so that templates neither count nor ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scoring import charts, coaching, contributions, night, past
from scoring.contributions import Contribution
from scoring.formula.catalogue import PILLARS
from scoring.formula.explain import act_worths
from scoring.headline import Headline, headline_of
from scoring.labels import kind_label, pillar_label
from scoring.models import Formula, OfficialScore, Score
from scoring.rulebook import Rulebook
from teams import comparison
from teams.audience import Audience, audience_of
from teams.comparison import Standing
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
    """A standing kind: what it contributes while held, or would add, to the index now."""

    code: str
    label: str
    held: bool
    hundredths: int


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
    """

    seller: Seller
    headline: Headline | None
    trend: charts.Chart | None
    parts: list[PillarParts]
    official: OfficialFigures | None
    tips: list[coaching.TipRow]
    rules: Rules
    audience: Audience


@dataclass(frozen=True)
class Ranks:
    """How a seller stands on the published day."""

    day: date
    standing: Standing


def index_page(seller: Seller, *, today: date) -> IndexPage:
    head = headline_of(seller.pk, on=today)
    day = head.day if head else today
    plan = coaching.plan_for(seller.pk, minutes_per_week=seller.minutes_per_week, today=today)
    return IndexPage(
        seller=seller,
        headline=head,
        trend=_trend(seller, last=day),
        parts=_parts(contributions.contributions_of(seller.pk, day), ssi=head.ssi) if head else [],
        official=_official(seller, head),
        tips=coaching.tips_for(plan)[:TIPS_ON_THE_INDEX],
        rules=_rules(day),
        audience=audience_of(seller, today=today),
    )


def _trend(seller: Seller, *, last: date) -> charts.Chart | None:
    first = last - timedelta(days=TREND_DAYS - 1)
    versions = Formula.objects.filter(effective_from__gt=first, effective_from__lte=last)
    return charts.trend(
        Score.objects.of(seller).between(first, last),
        OfficialScore.objects.filter(seller=seller, day__range=(first, last)),
        [(version.effective_from, version.name) for version in versions if version.effective_from],
    )


def _parts(rows: Sequence[Contribution], *, ssi: int) -> list[PillarParts]:
    """By pillar, the largest first in each, when they add up to the SSI that is shown."""
    if sum(row.hundredths for row in rows) != ssi:
        return []
    by_pillar = {name: [row for row in rows if row.pillar == name] for name in PILLARS}
    return [PillarParts(name, pillar_label(name), parts) for name, parts in by_pillar.items() if parts]


def _official(seller: Seller, head: Headline | None) -> OfficialFigures | None:
    newest = OfficialScore.objects.filter(seller=seller).order_by("-day").first()
    if newest is None or head is None:
        return None
    ours = headline_of(seller.pk, on=newest.day) or head
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


def _rules(day: date) -> Rules:
    version = Rulebook().on(day)
    gaps = [(name, pillar_label(name), version.formula.gap_points[name]) for name in PILLARS]
    name = Formula.objects.values_list("name", flat=True).get(pk=version.pk)
    return Rules(name=name, half_life_days=version.formula.half_life_days, gaps=gaps)


def ranks(seller: Seller) -> Ranks | None:
    """None while no night is published yet."""
    day = night.published_day()
    return Ranks(day=day, standing=comparison.standing(seller, day=day)) if day else None


def checklist(seller: Seller, *, today: date) -> list[CheckItem]:
    """The standing kinds in the order of the catalogue, with what each brings today."""
    formula = Rulebook().formula_on(today)
    history = past.history_of(seller.pk)
    held = history.held_on(today)
    standing = [code for code, kind in formula.kinds.items() if kind.standing]
    missing = [code for code in standing if code not in held]
    brings = act_worths(history, on=today, formula=formula, codes=missing)
    brings |= {row.kind: row.hundredths for row in contributions.contributions_of(seller.pk, today)}
    return [CheckItem(code, kind_label(code), code in held, brings.get(code, 0)) for code in standing]


def teams_of(seller: Seller) -> list[Membership]:
    """The dated teams, newest first."""
    return list(Membership.objects.filter(seller=seller).select_related("team").order_by("-first"))
