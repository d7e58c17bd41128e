from teams.models.follow import Follow
from teams.models.goal import Goal
from teams.models.industry import Industry
from teams.models.leave import Leave
from teams.models.membership import Membership
from teams.models.name_order import NameOrder
from teams.models.one_to_one import AgreedAction, Note
from teams.models.seller import Seller
from teams.models.team import Team
from teams.models.user import User

__all__ = [
    "AgreedAction",
    "Follow",
    "Goal",
    "Industry",
    "Leave",
    "Membership",
    "NameOrder",
    "Note",
    "Seller",
    "Team",
    "User",
]
