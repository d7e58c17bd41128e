"""What happens before every view: the person's language and zone, and the door."""

import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.http import urlencode, url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect


class PreferencesMiddleware:
    """Speak the person's language (else the browser's) and show moments in their zone.

    Days do not depend on it: a day is a date in the organisation's zone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = getattr(user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(_zone(getattr(user, "time_zone", ""))):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name or settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


class LoginDoor(LoginRequiredMiddleware):
    """Closed unless a view says `@login_not_required`; htmx is sent to the whole sign-in page, not into a panel."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:
        if not getattr(request, "htmx", False):
            return super().handle_no_permission(request, view_func)
        back = urlsplit(request.htmx.current_url_abs_path or "/")  # type: ignore[attr-defined]
        page = back._replace(scheme="", netloc="", fragment="").geturl()
        if not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
            page = "/"
        return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")
