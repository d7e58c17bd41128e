"""Invites a person by mail: a link to set a password, good as long as one that was asked for (7 days)."""

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from teams.models import User

DAY_SECONDS = 24 * 3600


def invite(user: User, *, connection: BaseEmailBackend | None = None) -> None:
    """Send the mail, in the person's language; raises what the mail server raises.

    The link works once, and no longer when the password or the address changed.
    """
    with translation.override(user.language or settings.LANGUAGE_CODE):
        context = {
            "name": user.get_short_name() or user.email,
            "link": link(user),
            "days": settings.PASSWORD_RESET_TIMEOUT // DAY_SECONDS,
            "site": settings.SITE_URL,
        }
        subject = " ".join(render_to_string("emails/invitation_subject.txt", context).split())
        text = render_to_string("emails/invitation.txt", context)
    EmailMessage(subject, text, to=[user.email], connection=connection).send()


def link(user: User) -> str:
    """The address where the person sets a password; whoever has it can."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.SITE_URL}{path}"
