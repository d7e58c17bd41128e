"""The front door: where home is, whether the house stands, and what goes wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ssi_dashboard import clock
from teams import access


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Sellers start with their day, managers with their team, administrators with the administration."""
    if access.seller_of(request.user):
        return redirect("my-day")
    team = access.first_team(request.user, today=clock.today())
    if team is not None:
        return redirect("leaderboard", slug=team.slug)
    return redirect("admin:index" if request.user.is_staff else "preferences")


@login_not_required
@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok"})


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form older than the session: say so, and offer the page anew instead of a bare refusal."""
    response = render(request, "403_csrf.html", {"title": _("This form has expired")}, status=403)
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response
