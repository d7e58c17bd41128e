"""Coaching tips: the best plan for the minutes that a seller has."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from scoring.coaching import first_and_last, plan_for, tips_for
from scoring.forms import MinutesForm
from scoring.tips import fact_of
from scoring.views.own import sellers_only
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def tips(request: HttpRequest, seller: Any) -> HttpResponse:
    """Show the plan; a POST says how many minutes a week it may take."""
    form = MinutesForm(request.POST or None, initial={"minutes_per_week": seller.minutes_per_week})
    if request.method == "POST" and form.is_valid():
        seller.minutes_per_week = form.cleaned_data["minutes_per_week"]
        seller.save(update_fields=["minutes_per_week"])
        messages.success(request, _("Your plan follows the new time."))
        if not wants_region(request):
            return redirect("tips")
    return _render_tips(request, seller, form)


def _render_tips(request: HttpRequest, seller: Any, form: MinutesForm) -> HttpResponse:
    today = clock.today()
    plan = plan_for(seller.pk, minutes_per_week=seller.minutes_per_week, today=today)
    first, last = first_and_last(plan)
    context = {
        "plan": plan,
        "tips": [(tip, uuid4()) for tip in tips_for(plan)],
        "more": plan.predicted - plan.idle,
        "first": first,
        "last": last,
        "form": form,
        "fact": fact_of(today),
    }
    return render_page(request, "scoring/tips.html", context, status=422 if form.errors else 200)
