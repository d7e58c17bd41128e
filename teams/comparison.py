"""One seller beside others, and the averages of many; sellers who are not shown are in no number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from scoring import standings
from scoring.formula.periods import days_between
from scoring.formula.ranking import FEWEST, top_percent
from scoring.headline import DayScore
from scoring.models import Score
from teams.listing import Listing
from teams.models import Follow, Membership, Seller

LongLists = Mapping[tuple[str, int], standings.LongList]  # by `of` and key


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


def standing(
    seller: Seller, *, day: date, long_lists: LongLists, score: Score | DayScore | None = None
) -> Standing:
    """Compare a seller in their industry, their network and the organisation; the score is read if not given.

    The long lists are as the night of that day left them, but for the seller's own score.
    """
    score = score or Score.objects.of(seller).on(day).first()
    everybody, alike = Listing.everybody(), Listing.industry(seller.industry_id or 0)

    def told_of(listing: Listing) -> standings.Told | None:
        night = long_lists.get((listing.of, listing.key))
        return night.told_to(score.ssi if score else 0) if night else None

    has_fallen = _has_fallen(score, told_of(everybody))

    def among(listing: Listing) -> Comparison:
        night = told_of(listing)
        if night is None or (score is not None and night.rank is None):
            return _live(seller, score, shown(listing.scores(day)))
        return _by_night(score, night, has_fallen=has_fallen)

    return Standing(
        industry=among(alike) if seller.industry_id else None,
        network=_live(seller, score, shown(Score.objects.on(day).filter(_in_network_of(seller, day)))),
        organisation=among(everybody),
    )


def shown(scores: QuerySet[Score]) -> QuerySet[Score]:
    """Those that count: of sellers who are shown on boards."""
    return scores.filter(seller__shown_on_boards=True)


def _by_night(score: Score | DayScore | None, night: standings.Told, *, has_fallen: bool) -> Comparison:
    """However long the list is, nobody else's score is looked at."""
    if score is None or night.rank is None:
        return Comparison(rank=None, n=night.n, top_percent=None, average=night.average)
    rank, n = night.rank, night.n
    if score.rank is None:
        n += 1  # one who was not counted that night
    elif has_fallen:
        rank -= 1  # what they had themselves that night is not above them
    return Comparison(rank=rank, n=n, top_percent=top_percent(rank, n), average=night.average)


def _has_fallen(score: Score | DayScore | None, everybody: standings.Told | None) -> bool:
    """Whether a seller has less now than in the night."""
    if score is None or score.rank is None or everybody is None or everybody.rank is None:
        return False
    return everybody.rank > score.rank


def _in_network_of(seller: Seller, day: date) -> Q:
    """Their team of that day without sub-teams, the colleagues they follow, and themselves.

    As one list of keys, so that the database looks these scores up, and no others.
    """
    team = Membership.objects.on(day).filter(seller=seller).order_by().values("team")
    members = Membership.objects.on(day).filter(team__in=team).order_by().values("seller")
    followed = Follow.objects.filter(follower=seller).values("followed")
    oneself = Seller.objects.filter(pk=seller.pk).order_by().values("pk")
    active = Q(seller__left_on=None) | Q(seller__left_on__gt=day)
    return Q(seller__among=members.union(followed, oneself)) & active


def _live(seller: Seller, score: Score | DayScore | None, others: QuerySet[Score]) -> Comparison:
    own = score.ssi if score else None
    counts = others.aggregate(n=Count("ssi"), above=Count("ssi", filter=Q(ssi__gt=own or 0)), sum=Sum("ssi"))
    n = counts["n"]
    average = _mean(counts["sum"], n) if n >= FEWEST else None
    if own is None:
        return Comparison(rank=None, n=n, top_percent=None, average=average)
    rank = counts["above"] + 1
    n = n if seller.shown_on_boards else n + 1
    return Comparison(rank=rank, n=n, top_percent=top_percent(rank, n), average=average)


def average_of(listing: Listing, day: date) -> Average | None:
    """The mean over a list that day; None for fewer than 5. Of a long list it is the night's."""
    night = (
        listing.standings()
        .told()
        .filter(day=day, n__gt=standings.LONGEST_LIVE)
        .values("n", *Score.PARTS)
        .first()
    )
    if night is not None:
        return Average(**night)
    sums = shown(listing.scores(day)).aggregate(n=Count("ssi"), **{part: Sum(part) for part in Score.PARTS})
    n = sums.pop("n")
    if n < FEWEST:
        return None
    return Average(n=n, **{part: _mean(total, n) for part, total in sums.items()})


def averages_by_day(listing: Listing, *, first: date, last: date, newest: Average | None) -> dict[date, int]:
    """The SSI of a list by day, of who was on it each day; days with fewer than 5 are missing.

    `newest` is the average of the last day, which moves with every write. Of the days before, nights have
    told theirs, by the tree of teams as it was when they were ranked last; others are computed.
    """
    last_before = last - timedelta(days=1)
    told = listing.standings().told().between(first, last_before)
    unranked = _scored_days(first, last_before) - _ranked_days(first, last_before)
    live = shown(listing.scores_of_days(unranked)).order_by("day").values_list("day")
    sums = live.annotate(n=Count("ssi"), total=Sum("ssi"))
    found = dict(told.values_list("day", "ssi"))
    found |= {day: _mean(total, n) for day, n, total in sums if n >= FEWEST}
    return found if newest is None else found | {last: newest.ssi}


def _scored_days(first: date, last: date) -> set[date]:
    """The days from the first on which anybody has a score: looked up in vain, each would cost as much."""
    began = Score.objects.order_by("day").values_list("day", flat=True).first()
    return set() if began is None else set(days_between(max(first, began), last))


def _ranked_days(first: date, last: date) -> set[date]:
    """The days on which the night ranked everybody: a list that it does not name then had nobody to show."""
    everybody = Listing.everybody().standings().between(first, last)
    return set(everybody.values_list("day", flat=True))


def _mean(total: int, n: int) -> int:
    """Half up, in whole hundredths."""
    return (2 * total + n) // (2 * n)
