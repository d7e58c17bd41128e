"""An invented organisation for nights that go wrong: a few stores, ties, some who are not shown."""

from datetime import timedelta
from random import Random

from scoring import recompute
from scoring.models import Kind, Tally
from ssi_dashboard import clock
from teams.models import Industry, Membership, Seller, Team, User

SELLERS = 60
KINDS = ("comment_posted", "message_sent", "people_search", "meeting_booked")


def make() -> list[int]:
    """Make the sellers with their tallies, and scores and running sums until yesterday; gives their keys.

    Their sums are there, so that scoring a part takes no lock on its sellers; writing it does.
    """
    today, chance = clock.today(), Random(3)
    stores = _stores()
    industries = [Industry.objects.create(name=name) for name in ("Retail", "Energy")]
    people = User.objects.bulk_create(User(email=f"s{n}@example.com") for n in range(SELLERS))
    sellers = Seller.objects.bulk_create(
        Seller(
            user=user,
            industry=chance.choice(industries),
            joined_on=today - timedelta(days=90),
            shown_on_boards=n % 10 != 0,
        )
        for n, user in enumerate(people)
    )
    Membership.objects.bulk_create(
        Membership(seller=seller, team=chance.choice(stores), first=seller.joined_on) for seller in sellers
    )
    kinds = Kind.objects.filter(code__in=KINDS)
    Tally.objects.bulk_create(
        Tally(seller=seller, kind=kind, day=today - timedelta(days=ago), quantity=chance.randint(1, 5))
        for seller in sellers
        for kind in kinds
        for ago in chance.sample(range(1, 60), chance.randint(0, 4))
    )
    for seller in sellers:
        recompute.restate(seller.pk, first=seller.joined_on, today=today - timedelta(days=1))
    return sorted(seller.pk for seller in sellers)


def _stores() -> list[Team]:
    """A region of two stores."""
    north = Team.objects.create(name="North", slug="north")
    return [Team.objects.create(name=f"Store {n}", slug=f"store-{n}", parent=north) for n in (1, 2)]
