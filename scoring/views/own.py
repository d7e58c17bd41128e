"""What the seller's own pages share: whose they are, and where an answer leads."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def sellers_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view its seller; for somebody who is not scored these pages do not exist."""

    @wraps(view)
    def with_seller(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seller = getattr(request.user, "seller", None)
        if seller is None:
            raise Http404
        return view(request, seller, *args, **kwargs)

    return with_seller


def day_url(day: date, *, today: date) -> str:
    """Where my day shows a day."""
    return reverse("my-day") if day == today else f"{reverse('my-day')}?{urlencode({'day': day.isoformat()})}"


def asks_for(request: HttpRequest, region: str) -> bool:
    """Whether htmx will put the answer into this region."""
    htmx = request.htmx  # type: ignore[attr-defined]
    return bool(htmx) and htmx.target == region


def onward(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Go to the page of ours that the form names in `next`.

    A redirect serves htmx as well: the browser follows it and asks for that page's region.
    """
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=settings.SECURE)
    return HttpResponseRedirect(wanted if wanted and ours else otherwise)


def only_messages(
    request: HttpRequest, *, status: int = 200, trigger: str = "activity-logged"
) -> HttpResponse:
    """Answer htmx where none of our regions is on the page: messages, and an event to follow."""
    response = render(request, "_status.html", status=status)
    response["HX-Trigger"] = trigger
    patch_cache_control(response, private=True, no_store=True)
    return response
