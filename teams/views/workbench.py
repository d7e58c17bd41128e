"""The workbench of formulas, for administrators: which there are, and what one would do before it does it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from scoring import trials
from scoring.models import Formula
from scoring.tasks import try_formula
from ssi_dashboard import clock
from ssi_dashboard.hints import hint
from ssi_dashboard.pages import render_page
from teams import access
from teams.trial_page import trial_page
from teams.workbench_page import workbench_page


def deciders_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """To others the page does not exist."""

    @wraps(view)
    def for_deciders(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not access.may_try_formulas(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return for_deciders


@require_GET
@deciders_only
def formulas(request: HttpRequest) -> HttpResponse:
    page = workbench_page(today=clock.today())
    return render_page(request, "teams/formulas.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@deciders_only
def formula_trial(request: HttpRequest, pk: int) -> HttpResponse:
    """What the formula would have done; a POST begins to find out."""
    formula = get_object_or_404(Formula, pk=pk)
    if request.method == "POST":
        return _begun(request, formula)
    asked = {name: request.GET.get(name, "") for name in ("team", "order", "page")}
    page = trial_page(formula, **asked, today=clock.today())
    return render_page(request, "teams/trial.html", {"page": page})


def _begun(request: HttpRequest, formula: Formula) -> HttpResponse:
    try:
        trial = trials.ask(formula, by=request.user, now=timezone.now(), today=clock.today())
    except trials.NotToBeTried as refused:
        messages.error(request, refused.message)
    else:
        hint(try_formula, trial_id=trial.pk)
    return redirect(reverse("formula-trial", args=[formula.pk]))
