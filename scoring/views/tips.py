"""Coaching tips: those that fit the seller, and the facts behind them."""

from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from scoring import past
from scoring.fitting import FittingTip, fitting_tips
from scoring.plans import wishes
from scoring.rulebook import Rulebook
from scoring.tips import TIPS, fact_of
from scoring.views.own import sellers_only
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page


@require_GET
@sellers_only
def tips(request: HttpRequest, seller: Any) -> HttpResponse:
    """Show a tip for each pillar that is low, and the fact of the day."""
    today = clock.today()
    wanted_not = wishes.wishes_of(seller.pk, today=today)
    fitting = _fitting(seller, wanted_not, today=today)
    context = {
        "tips": [(tip, uuid4()) for tip in fitting],
        "hidden": len(wanted_not.hidden),
        "fact": fact_of(today),
    }
    return render_page(request, "scoring/tips.html", context)


def _fitting(seller: Any, wanted_not: wishes.Wishes, *, today: date) -> list[FittingTip]:
    return fitting_tips(
        past.history_of(seller.pk),
        on=today,
        formula=Rulebook().formula_on(today),
        without=wanted_not.unwanted,
        hidden=wanted_not.hidden,
    )


@require_POST
@sellers_only
def tip_hiding(request: HttpRequest, seller: Any, code: str) -> HttpResponse:
    """Hide a tip for 30 days; said again it is 30 days from then."""
    if code not in {tip.code for tip in TIPS}:
        raise Http404
    until = wishes.hide_tip(seller.pk, code, today=clock.today())
    undo = {
        "text": _("Hidden until %(day)s.") % {"day": date_format(until)},
        "url": reverse("tip-return", args=[code]),
        "target": "#tips",
    }
    messages.success(request, render_to_string("_undo.html", undo, request=request))
    return redirect("tips")


@require_POST
@sellers_only
def tip_return(request: HttpRequest, seller: Any, code: str) -> HttpResponse:
    """Show a hidden tip again."""
    wishes.show_tip(seller.pk, code)
    messages.success(request, _("The tip is back."))
    return redirect("tips")
