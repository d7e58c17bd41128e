"""A trial of a formula as its page shows it: what is different, for whom, by how much, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring import formula_marks, trials
from scoring.labels import kind_label, pillar_label
from scoring.models import Formula, FormulaKind, Trial, TrialScore
from scoring.models.trial import TrialState
from scoring.rulebook import Rulebook, kinds, pure
from scoring.trials.effects import days_upto
from scoring.trials.numbers import HALF_LIFE, Change, changes, numbers_of
from scoring.trials.totals import BIN
from teams import trial_charts
from teams.charts import Chart
from teams.kept import rulebook
from teams.models import User
from teams.tree import Node, Tree

BANDS = ((0, 30), (30, 50), (50, 70), (70, 100))  # points: from, and below; 100 belongs to the last
PER_PAGE = 50
ORDERS = {
    "move": (gettext_lazy("furthest first"), ("-moved", "seller_id")),
    "rise": (gettext_lazy("largest rise first"), ("-rise", "seller_id")),
    "fall": (gettext_lazy("largest fall first"), ("rise", "seller_id")),
}


@dataclass(frozen=True)
class NumberRow:
    """A number that the formula has otherwise than the one in force."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class BandRow:
    low: int
    below: int
    before: int
    after: int


@dataclass(frozen=True)
class KindRow:
    """What a kind contributes to the average index, in hundredths, before and after."""

    label: str
    pillar: str
    pillar_label: str
    before: int
    after: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class TeamRow:
    """A team with all that is below it: averages in hundredths, how many rise and fall."""

    name: str
    url: str
    n: int
    before: int
    after: int
    rise: int
    fall: int

    @property
    def change(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class SellerRow:
    """Ranks are None for who is not shown on boards."""

    pk: int
    name: str
    team: str
    before: int
    after: int
    rank_before: int | None
    rank_after: int | None

    @property
    def change(self) -> int:
        return self.after - self.before

    @property
    def places(self) -> str:
        """By how many places they would rise (+) or fall."""
        if self.rank_before is None or self.rank_after is None:
            return "–"
        up = self.rank_before - self.rank_after
        return f"+{up}" if up > 0 else str(up).replace("-", "−")


@dataclass(frozen=True)
class Outcome:
    """What a trial found, when all sellers are done."""

    n: int
    before: int
    after: int
    rise: int
    fall: int
    furthest_up: int
    furthest_down: int
    ranks: dict[str, int]
    bands: list[BandRow]
    spread: Chart
    course: Chart
    kinds: list[KindRow]
    teams: list[TeamRow]
    page: Page
    sellers: list[SellerRow]


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_shown: bool


@dataclass(frozen=True)
class TrialPage:
    """trial is None before the first; outcome until all sellers are done, or where it is out of date."""

    formula: Formula
    may_be_tried: bool
    numbers: list[NumberRow]
    trial: Trial | None
    is_outdated: bool
    outcome: Outcome | None
    team: Node | None
    above: list[Link]
    orders: list[Link]
    query: str

    @property
    def is_waiting(self) -> bool:
        return self.trial is not None and self.trial.state == TrialState.RUNNING


def trial_page(formula: Formula, *, team: str, order: str, page: str, today: date) -> TrialPage:
    """Put the page together; team is the slug of the one that is looked into, empty for all."""
    trial = Trial.objects.filter(formula=formula).select_related("formula").first()
    order = order if order in ORDERS else "move"
    tree = Tree()
    chosen = next((node for _depth, node in tree.walk() if node.slug == team), None) if team else None
    rules = rulebook()
    # Without a day in it, all its sellers went before they were tried.
    is_done = trial is not None and trial.state == TrialState.DONE and "days" in trial.totals
    slug = chosen.slug if chosen else ""
    return TrialPage(
        formula=formula,
        may_be_tried=formula.effective_from is None or formula.effective_from > today,
        numbers=list(_number_rows(rules, formula, trial, today)),
        trial=trial,
        is_outdated=trial is not None and (trial.state == TrialState.STALE or not trials.is_current(trial)),
        outcome=_outcome(trial, tree, chosen, order, page, rules) if trial and is_done else None,
        team=chosen,
        above=_way_to(chosen, tree, order),
        orders=[Link(str(ORDERS[key][0]), _url(slug, key), key == order) for key in ORDERS],
        query=_query(slug, order),
    )


def _number_rows(rules: Rulebook, formula: Formula, trial: Trial | None, today: date) -> Iterator[NumberRow]:
    in_force = rules.on(trial.day if trial else today).formula
    for change in changes(numbers_of(in_force), numbers_of(pure(formula))):
        yield NumberRow(_number_label(change), _number(change.before), _number(change.after))


def _number_label(change: Change) -> str:
    if change.what == HALF_LIFE:
        return _("Half-life in days")
    if change.what == "gap":
        return _("Points that halve the gap: %(pillar)s") % {"pillar": pillar_label(change.of)}
    what = _("points") if change.what == "points" else _("cap")
    return f"{kind_label(change.of)}: {what}"


def _number(value: Any) -> str:
    if value is None:
        return _("no cap")
    if isinstance(value, tuple):
        most, period = value
        return _("%(n)s a %(period)s") % {"n": most, "period": FormulaKind.Period(period).label}
    return str(number_format(value, decimal_pos=None if value % 1 else 0))


def _outcome(
    trial: Trial, tree: Tree, chosen: Node | None, order: str, page: str, rules: Rulebook
) -> Outcome:
    totals, last = trial.totals, days_upto(trial.day)[-1]
    n, before, after = totals["days"][last.isoformat()]
    rise, fall = totals["moves"]
    spread_before, spread_after = totals["spread"]
    found = _page(trial, tree, chosen, order, page)
    averages = {date.fromisoformat(day): each for day, each in totals["days"].items() if each[0]}
    return Outcome(
        n=n,
        before=_mean(before, n),
        after=_mean(after, n),
        rise=rise,
        fall=fall,
        furthest_up=totals["furthest"][0],
        furthest_down=totals["furthest"][1],
        ranks=totals["ranks"],
        bands=_bands(spread_before, spread_after),
        spread=trial_charts.spread(spread_before, spread_after),
        course=trial_charts.course(
            {day: (_mean(was, n), _mean(would_be, n)) for day, (n, was, would_be) in averages.items()},
            formula_marks.all_changes(rules),
        ),
        kinds=_kind_rows(totals["kinds"], n),
        teams=_team_rows(totals["teams"], tree, chosen, order),
        page=found,
        sellers=[_seller_row(row, tree) for row in found],
    )


def _mean(amount: float, n: int) -> int:
    return round(amount / n) if n else 0


def _bands(before: list[int], after: list[int]) -> list[BandRow]:
    step = BIN // 100
    return [
        BandRow(low, below, *(sum(counts[low // step : below // step]) for counts in (before, after)))
        for low, below in BANDS
    ]


def _kind_rows(sums: dict[str, list[float]], n: int) -> list[KindRow]:
    """Those that anybody has, the largest change first."""
    rows = [
        KindRow(
            label=kind_label(kind.code),
            pillar=kind.pillar,
            pillar_label=pillar_label(kind.pillar),
            before=_mean(100 * sums[kind.code][0], n),
            after=_mean(100 * sums[kind.code][1], n),
        )
        for kind in kinds().values()
        if any(sums.get(kind.code, ()))
    ]
    return sorted(rows, key=lambda row: (-abs(row.change), -row.after))


def _team_rows(sums: dict[str, list[int]], tree: Tree, chosen: Node | None, order: str) -> list[TeamRow]:
    """The teams one step down, each with all that is below it; those without a seller are left out."""
    rows = []
    for node in tree.children(chosen.pk if chosen else None):
        inside = [sums[str(pk)] for pk in tree.below(node.pk) if str(pk) in sums]
        n, before, after, rise, fall = map(sum, zip(*inside, strict=True)) if inside else (0,) * 5
        if n:
            url = _url(node.slug, order)
            rows.append(TeamRow(node.name, url, n, _mean(before, n), _mean(after, n), rise, fall))
    return sorted(rows, key=lambda row: (-abs(row.change), row.name))


def _page(trial: Trial, tree: Tree, chosen: Node | None, order: str, page: str) -> Page:
    rows: QuerySet[TrialScore] = TrialScore.objects.filter(trial=trial)
    if chosen:
        rows = rows.filter(team__in=tree.below(chosen.pk))
    rows = rows.annotate(rise=F("after") - F("before")).order_by(*ORDERS[order][1])
    return Paginator(rows.select_related("seller__user"), PER_PAGE).get_page(page)


def _seller_row(row: TrialScore, tree: Tree) -> SellerRow:
    user: User = row.seller.user
    return SellerRow(
        pk=row.seller_id,
        name=user.name,
        team=tree.path(row.team_id),
        before=row.before,
        after=row.after,
        rank_before=row.rank_before,
        rank_after=row.rank_after,
    )


def _way_to(chosen: Node | None, tree: Tree, order: str) -> list[Link]:
    """From everybody down to the team that is looked into."""
    if chosen is None:
        return []
    above = [Link(node.name, _url(node.slug, order), node == chosen) for node in tree.above(chosen.pk)]
    return [Link(_("Everybody"), _url("", order), is_shown=False), *reversed(above)]


def _url(slug: str, order: str) -> str:
    return f"?{_query(slug, order)}#who"


def _query(slug: str, order: str) -> str:
    return urlencode({name: value for name, value in (("team", slug), ("order", order)) if value})
