"""One seller beside others, and the averages of many; sellers who are not shown are in no number."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from scoring.formula.ranking import FEWEST, top_percent
from scoring.models import Score
from teams.models import Follow, Membership, Seller


@dataclass(frozen=True)
class Comparison:
    """A seller's place among others: `rank` of `n`, "top x %", and the others' average in hundredths.

    `rank` is None without a score that day. A seller who is not shown is told the place they would have: one
    more than the shown sellers above, of `n` with themselves; the average stays that of the shown sellers.
    Percentage and average are None for fewer than 5.
    """

    rank: int | None
    n: int
    top_percent: int | None
    average: int | None


@dataclass(frozen=True)
class Standing:
    """How a seller compares on one day; `industry` is None for a seller without one."""

    industry: Comparison | None
    network: Comparison
    organisation: Comparison


@dataclass(frozen=True)
class Average:
    """The mean pillars and SSI of `n` sellers, in hundredths."""

    n: int
    brand: int
    find: int
    engage: int
    relate: int
    ssi: int


def standing(seller: Seller, *, day: date) -> Standing:
    """Compare a seller in their industry, their network and the organisation; three queries."""
    own = Score.objects.of(seller).on(day).values_list("ssi", flat=True).first()
    alike = Q(seller__industry=seller.industry_id)
    everybody = shown_scores(day).aggregate(**_counts("all", own), **_counts("alike", own, among=alike))
    network = shown_scores(day).filter(_in_network_of(seller, day)).aggregate(**_counts("network", own))
    return Standing(
        industry=_comparison(seller, own, everybody, "alike") if seller.industry_id else None,
        network=_comparison(seller, own, network, "network"),
        organisation=_comparison(seller, own, everybody, "all"),
    )


def shown_scores(day: date) -> QuerySet[Score]:
    """The scores that count on a day: of sellers who are active on it and shown on boards."""
    return Score.objects.on(day).filter(
        Q(seller__left_on=None) | Q(seller__left_on__gt=day), seller__shown_on_boards=True
    )


def _in_network_of(seller: Seller, day: date) -> Q:
    """Their team of that day without sub-teams, the colleagues they follow, and themselves."""
    team = Membership.objects.on(day).filter(seller=seller).values("team")
    return (
        Q(seller=seller)
        | Q(seller__in=Membership.objects.on(day).filter(team__in=team).values("seller"))
        | Q(seller__in=Follow.objects.filter(follower=seller).values("followed"))
    )


def _counts(name: str, own: int | None, *, among: Q | None = None) -> dict[str, Any]:
    above = Q(ssi__gt=own or 0)
    return {
        f"{name}_n": Count("ssi", filter=among),
        f"{name}_above": Count("ssi", filter=among & above if among else above),
        f"{name}_sum": Sum("ssi", filter=among),
    }


def _comparison(seller: Seller, own: int | None, counts: dict[str, Any], name: str) -> Comparison:
    shown = counts[f"{name}_n"]
    average = _mean(counts[f"{name}_sum"], shown) if shown >= FEWEST else None
    if own is None:
        return Comparison(rank=None, n=shown, top_percent=None, average=average)
    rank = counts[f"{name}_above"] + 1
    n = shown if seller.shown_on_boards else shown + 1
    return Comparison(rank=rank, n=n, top_percent=top_percent(rank, n), average=average)


def team_average(team_ids: Collection[int], day: date) -> Average | None:
    """The mean over the members of the teams, sub-teams named too, that day; None for fewer than 5."""
    members = Membership.objects.on(day).filter(team__in=team_ids).values("seller")
    return _average(shown_scores(day).filter(seller__in=members))


def organisation_average(day: date) -> Average | None:
    """The mean over everybody who is active and shown that day; None for fewer than 5."""
    return _average(shown_scores(day))


def team_averages(team_ids: Collection[int], *, first: date, last: date) -> dict[date, int]:
    """The team's SSI by day, of the members of each day; days with fewer than 5 are missing. One query."""
    membership = "seller__memberships__"
    days = (
        Score.objects.between(first, last)
        .filter(Q(seller__left_on=None) | Q(seller__left_on__gt=F("day")), seller__shown_on_boards=True)
        .filter(
            Q(**{f"{membership}until": None}) | Q(**{f"{membership}until__gt": F("day")}),
            **{f"{membership}team__in": team_ids, f"{membership}first__lte": F("day")},
        )
        .order_by("day")
        .values_list("day")
        .annotate(n=Count("ssi"), total=Sum("ssi"))
    )
    return {day: _mean(total, n) for day, n, total in days if n >= FEWEST}


def _average(scores: QuerySet[Score]) -> Average | None:
    sums = scores.aggregate(n=Count("ssi"), **{part: Sum(part) for part in Score.PARTS})
    n = sums.pop("n")
    if n < FEWEST:
        return None
    return Average(n=n, **{part: _mean(total, n) for part, total in sums.items()})


def _mean(total: int, n: int) -> int:
    """Half up, in whole hundredths."""
    return (2 * total + n) // (2 * n)
