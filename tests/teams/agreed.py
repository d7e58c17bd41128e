"""What a seller and a manager have between them."""

import datetime

from ssi_dashboard import clock
from teams.models import AgreedAction, Goal, Note, User

ONE_DAY = datetime.timedelta(days=1)


def agreed_with(seller: User, manager: User) -> dict[str, int]:
    """Make a note, an action and a goal, all by the manager; gives their keys."""
    today, own = clock.today(), {"seller": seller.seller, "author": manager}
    goal = Goal.objects.create(
        seller=seller.seller, target=7000, set_on=today, until=today + 29 * ONE_DAY, set_by=manager
    )
    return {
        "note": Note.objects.create(day=today, text="Calls went well", **own).pk,
        "action": AgreedAction.objects.create(due=today + 7 * ONE_DAY, text="Ask for a reference", **own).pk,
        "goal": goal.pk,
    }
