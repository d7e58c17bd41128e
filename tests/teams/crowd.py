"""Scores given by hand, for tests of what is made of them: boards, ranks, averages."""

import datetime

from scoring import standings
from scoring.models import Formula, Run, Score
from scoring.models.run import RunState
from teams import comparison
from teams.comparison import Standing
from teams.models import Industry, Membership, Seller, Team, User
from tests.cast import seller
from tests.moments import TODAY, days_ago

DAY = TODAY  # a Friday
WEEK_AGO = days_ago(7)


def publish(day: datetime.date = DAY) -> Run:
    run, _made = Run.objects.update_or_create(day=day, defaults={"state": RunState.COMPLETE})
    return run


def score(who: User | Seller, ssi: int, *, day: datetime.date = DAY, **pillars: int) -> Score:
    """Give somebody an SSI in hundredths on a day, and all pillars the same unless told."""
    scored = who if isinstance(who, Seller) else who.seller
    values = dict.fromkeys(("brand", "find", "engage", "relate"), ssi) | pillars
    formula = Formula.objects.order_by("pk").first()
    team = Membership.objects.on(day).filter(seller=scored).values_list("team", flat=True).first()
    return Score.objects.create(seller=scored, day=day, ssi=ssi, formula=formula, team_id=team, **values)


def crowd(
    team: Team, scores: list[int], *, industry: Industry | None = None, day: datetime.date = DAY
) -> list[Seller]:
    """Make a seller of the team for each score; their names follow the order given."""
    sellers = []
    for n, ssi in enumerate(scores):
        user = seller(f"{team.slug}{n}", "Person", f"{team.slug}{n:03}", team=team, industry=industry)
        score(user, ssi, day=day)
        sellers.append(user.seller)
    return sellers


def compare(who: Seller, *, day: datetime.date = DAY) -> Standing:
    """Beside others, as pages do it."""
    return comparison.standing(who, day=day, long_lists=standings.long_lists(day))


def hide(who: User | Seller) -> None:
    scored = who if isinstance(who, Seller) else who.seller
    scored.shown_on_boards = False
    scored.save()
