from teams.models.follow import Follow
from teams.models.industry import Industry
from teams.models.leave import Leave
from teams.models.membership import Membership
from teams.models.seller import Seller
from teams.models.team import Team
from teams.models.user import User

__all__ = ["Follow", "Industry", "Leave", "Membership", "Seller", "Team", "User"]
