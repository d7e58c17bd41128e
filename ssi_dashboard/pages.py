"""One template serves a whole page or its live region."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers


def render_page(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with the whole page, or its live region alone when htmx asks for it."""
    base = "_region.html" if wants_region(request) else "base.html"
    return keep_private(render(request, template, {**(context or {}), "base": base}, status=status))


def keep_private(response: HttpResponse) -> HttpResponse:
    """Pages hold people's numbers: nobody keeps them, and after signing out Back does not show them."""
    patch_vary_headers(response, ["HX-Request"])
    patch_cache_control(response, private=True, no_store=True)
    return response


def wants_region(request: HttpRequest) -> bool:
    """A boosted link or a restored history entry replaces the whole body."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request
