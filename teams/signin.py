"""How people come in: by e-mail and password; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db.models import BooleanField, IntegerField
from django.db.models.expressions import RawSQL
from django.http import HttpRequest

from ssi_dashboard import clock
from teams.models import User

# Every request asks this, and the ORM takes longer to put these two together than all the rest of the query.
MANAGES = "EXISTS (SELECT 1 FROM teams_team_managers AS managing WHERE managing.user_id = teams_user.id)"
IN_TEAM = """
    SELECT membership.team_id FROM teams_membership AS membership
    WHERE membership.seller_id = teams_seller.id
      AND membership."first" <= %s AND (membership."until" IS NULL OR membership."until" > %s)
    LIMIT 1
"""


class SignInBackend(AuthenticationBackend):
    """Demo people come in only where the site listens on loopback: everybody may know their password."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.ON_LOOPBACK or not user.is_demo)

    def get_user(self, user_id: Any) -> Any:
        """Give the person in one query, with what nearly every page tells of: which seller they are, in
        which team today, and whether they manage one (`teams/access.py` reads it).
        """
        today = clock.today()
        manages = RawSQL(MANAGES, (), BooleanField())  # noqa: S611 - nothing of it comes from outside
        in_team = RawSQL(IN_TEAM, (str(today), str(today)), IntegerField())  # noqa: S611 - nor of this
        people = User.objects.select_related("seller__industry").annotate(manages=manages, in_team=in_team)
        user = people.filter(pk=user_id).order_by().first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.in_team_on = today  # type: ignore[attr-defined]
        return user


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
