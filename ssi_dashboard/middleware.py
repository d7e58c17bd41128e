"""What happens around every view: a reference, the person's language and zone, and the door."""

import logging
import secrets
import zoneinfo
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from scoring.acting import acting

logger = logging.getLogger(__name__)


class ReferenceMiddleware:
    """Give every answer a reference that a person can quote, and name it in the log when something broke."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reference = secrets.token_hex(6)
        response = self.get_response(request)
        if response.status_code >= 500:
            logger.error("reference %s: status %s", reference, response.status_code)
        response.headers["X-Request-ID"] = reference
        return response


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
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name or settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


class ActingMiddleware:
    """Let what a request changes be the doing of whoever is signed in, for the log of corrections."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(lambda: request.user.pk):
            return self.get_response(request)


class LoginDoor(LoginRequiredMiddleware):
    """Closed unless a view says `@login_not_required`; htmx is led to the whole sign-in page."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if not getattr(request, "htmx", False):
            return super().handle_no_permission(request, view_func)
        back = urlsplit(request.htmx.current_url_abs_path or "/")  # type: ignore[attr-defined]
        page = back._replace(scheme="", netloc="", fragment="").geturl()
        if not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
            page = "/"
        return HttpResponseClientRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': page})}")
