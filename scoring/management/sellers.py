"""Whom a command is about."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from scoring import roster


def seller_id_of(email: str) -> int:
    key = roster.sellers().filter(user__email=email.strip().lower()).values_list("pk", flat=True).first()
    if key is None:
        raise CommandError(_("No seller has the e-mail %(email)s.") % {"email": email})
    return key
