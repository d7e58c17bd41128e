"""The administration of people, sellers and teams. It is for administrators only: see `teams/groups.py`."""

from teams.admin.industry import IndustryAdmin
from teams.admin.person import PersonAdmin
from teams.admin.seller import SellerAdmin
from teams.admin.team import TeamAdmin

__all__ = ["IndustryAdmin", "PersonAdmin", "SellerAdmin", "TeamAdmin"]
