"""A house with history, a draft, and its trial."""

from scoring import night, recompute, trials
from scoring.models import Formula, Holding, Kind, Tally, Trial
from teams.models import Leave, Membership, Seller, Team, User
from tests.moments import NOON, TODAY, days_ago

SELLERS = 7
HIDDEN, LEFT, NEW = 2, 4, 5


def people_with_history(north: Team, south: Team) -> list[Seller]:
    """Scored for half a year; by name they are in the other order than by key.

    Number 2 is not shown on boards, number 4 has left, number 5 is new.
    """
    kinds = {kind.code: kind for kind in Kind.objects.all()}
    people = []
    for n in range(SELLERS):
        user = User.objects.create_user(f"s{n}@example.com", "x", first_name="S", last_name=str(SELLERS - n))
        people.append(Seller.objects.create(user=user, joined_on=days_ago(90), shown_on_boards=n != HIDDEN))
        first = days_ago(3 if n == NEW else 120)
        Membership.objects.create(seller=people[-1], team=south if n % 3 == 0 else north, first=first)
        cells = [("comment_posted", back, 4 + 3 * n) for back in range(n, 100, 5) if n != NEW]
        cells += [("article_published", back, 2) for back in range(n, 90, 40) if n != NEW]
        cells += [("people_search", back, 9 - n) for back in range(0, 60, 3) if n % 2]
        Tally.objects.bulk_create(
            Tally(seller=people[-1], day=days_ago(back), kind=kinds[code], quantity=quantity)
            for code, back, quantity in cells
        )
        Holding.objects.create(
            seller=people[-1], kind=kinds["profile_photo"], first=days_ago(50 - n), until=days_ago(n - 1)
        )
    Leave.objects.create(seller=people[3], first=days_ago(30), until=days_ago(9))
    Seller.objects.filter(pk=people[LEFT].pk).update(left_on=days_ago(5))
    for seller in people:
        recompute.restate(seller.pk, first=days_ago(200), today=TODAY)
    night.complete(night.run_again(TODAY), now=NOON, today=TODAY)
    return people


def draft_of_another() -> Formula:
    """Searches count for much, comments are capped by the week, and what is done fades more slowly."""
    copy = Formula.objects.get().copy(name="Slower", by=None)
    copy.half_life_days, copy.gap_find = 45, 300
    copy.save()
    copy.kinds.filter(kind__code="comment_posted").update(points=6, cap=3, cap_period="week")
    copy.kinds.filter(kind__code="people_search").update(points=30)
    return copy


def tried(formula: Formula) -> Trial:
    """Try it to the end."""
    trial = trials.ask(formula, by=None, now=NOON, today=TODAY)
    while trials.work(trial.pk):
        pass
    return Trial.objects.get(pk=trial.pk)
