"""How people come in: by e-mail and password; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from teams.models import User


class SignInBackend(AuthenticationBackend):
    """Demo people come in only where the site listens on loopback: everybody may know their password."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.ON_LOOPBACK or not user.is_demo)

    def get_user(self, user_id: Any) -> Any:
        """Give the person in one query, with what nearly every page tells of: which seller they are, and
        whether they manage a team.
        """
        teams = User.managed_teams.through.objects.filter(user=OuterRef("pk"))
        people = User.objects.select_related("seller__industry").annotate(manages=Exists(teams))
        user = people.filter(pk=user_id).order_by().first()
        return user if user is not None and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
