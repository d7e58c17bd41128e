"""The profile checklist: standing items, ticked and unticked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from scoring import intake
from scoring.contributions import ssi_of
from scoring.formula.catalogue import Nature
from scoring.models import Holding, Kind
from scoring.views.day import render_day
from scoring.views.news import with_index
from scoring.views.own import asks_for, day_url, only_messages, onward, sellers_only
from ssi_dashboard import clock
from ssi_dashboard.pages import wants_region


@require_POST
@sellers_only
def checklist_item(request: HttpRequest, seller: Any, code: str) -> HttpResponse:
    """Say that a standing item holds from today on, or no longer does; said again it is confirmed anew."""
    kind = get_object_or_404(Kind, code=code, nature=Nature.STANDING.value)
    held = request.POST.get("held")
    if held not in ("on", "off"):
        return HttpResponseBadRequest(_("Say whether it is true: held=on or held=off."))
    today = clock.today()
    before = ssi_of(seller.pk, on=today)
    if held == "on":
        again = Holding.objects.filter(seller=seller.pk, kind=kind).on(today).exists()
        intake.hold(seller.pk, kind, first=today, today=today)
        words = _("Confirmed: %(kind)s.") if again else _("Ticked: %(kind)s.")
    else:
        intake.release(seller.pk, kind, on=today, today=today)
        words = _("Unticked: %(kind)s.")
    text = words % {"kind": kind.label}
    messages.success(request, with_index(text, seller.pk, before=before, today=today))
    if asks_for(request, "day"):
        return render_day(request, seller, today, today=today)
    if wants_region(request) and not request.POST.get("next"):
        return only_messages(request)
    return onward(request, day_url(today, today=today))
