"""The plan: made, accepted, ticked off, and in the end compared with what was promised."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from scoring import intake, past, quality
from scoring.contributions import ssi_of
from scoring.formula.history import History
from scoring.formula.pillar import score
from scoring.formula.schedule import WEEK_DAYS
from scoring.models import AcceptedPlan, PlannedAct
from scoring.plans import acts, page, planning, promises, wishes
from scoring.plans.forms import PlanForm, TargetForm
from scoring.plans.planning import NoPlan, Planned
from scoring.rulebook import Rulebook, kinds
from scoring.views.news import with_index
from scoring.views.own import sellers_only
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region

EARLIER = 12  # promises that are over, on the page


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def plan(request: HttpRequest, seller: Any) -> HttpResponse:
    """Show the plan that was accepted, or the one to accept; a POST says time and what is not wanted."""
    today = clock.today()
    form = _plan_form(request, seller)
    target = _target_form(request, today=today)
    if request.method == "POST" and form.is_valid():
        seller.minutes_per_week = form.cleaned_data["minutes_per_week"]
        seller.save(update_fields=["minutes_per_week"])
        wishes.set_unwanted(seller.pk, form.cleaned_data["unwanted"])
        messages.success(request, _("Your plan follows what you said."))
        if not wants_region(request):
            return redirect("plan")
        form = _plan_form(request, seller, anew=True)
    return _render(request, seller, form, target, today=today)


def _plan_form(request: HttpRequest, seller: Any, *, anew: bool = False) -> PlanForm:
    plannable = [kind.code for kind in kinds().values() if kind.minutes]
    data = request.POST if request.method == "POST" and not anew else None
    unwanted = wishes.unwanted_of(seller.pk)
    initial = {"minutes_per_week": seller.minutes_per_week, "unwanted": sorted(unwanted)}
    return PlanForm(data, plannable=plannable, initial=initial)


def _target_form(request: HttpRequest, *, today: date) -> TargetForm:
    asked = request.GET if "target" in request.GET else None
    return TargetForm(asked, today=today)


def _render(
    request: HttpRequest, seller: Any, form: PlanForm, target: TargetForm, *, today: date, status: int = 200
) -> HttpResponse:
    rules, history = Rulebook(), past.history_of(seller.pk)
    known = promises.open_plan(seller.pk)
    context: dict[str, Any] = {
        "form": form,
        "unwanted_count": len(form.initial["unwanted"]),
        "target_form": target,
        "today": today,
        "now": score(history, on=today, formula=rules.formula_on(today)).ssi,
        "quality": quality.rows(quality.quality_of(history, today=today)),
        "earlier": _earlier(seller.pk),
    }
    if known is not None:
        context |= _accepted(known, history, rules=rules, today=today)
    if known is None or not known.runs_on(today):
        context |= _proposed(seller, target, today=today)
    refused = form.errors or target.errors
    return render_page(request, "scoring/plan.html", context, status=422 if refused else status)


def _accepted(known: AcceptedPlan, history: History, *, rules: Rulebook, today: date) -> dict[str, Any]:
    weeks = page.accepted(known, history, today=today)
    done, count = page.done_of(weeks)
    found = {"accepted": known, "last": known.last, "weeks": weeks}
    found |= {"done": done, "count": count, "runs": known.runs_on(today)}
    if not known.runs_on(today):
        found["parts"] = page.parts(promises.outcome_of(known, history, rules=rules))
    return found


def _proposed(seller: Any, target: TargetForm, *, today: date) -> dict[str, Any]:
    try:
        found = _planned(seller, target, today=today)
    except NoPlan as error:
        return {"no_plan": str(error)}
    plan = found.plan
    return {
        "found": found,
        "mark": promises.plan_mark(found),
        "more": plan.predicted - plan.idle,
        "kinds": page.by_kind(plan),
        "proposed": page.proposed(plan, found.errands, today=today),
    }


def _planned(seller: Any, target: TargetForm, *, today: date) -> Planned:
    """The best week, or the cheapest way to the target that was asked for."""
    aims = target.is_bound and target.is_valid()
    return planning.planned(
        seller.pk,
        on=today,
        today=today,
        days=target.days if aims else WEEK_DAYS,
        minutes_per_week=seller.minutes_per_week,
        target=target.hundredths if aims else None,
        without=sorted(wishes.unwanted_of(seller.pk)),
    )


def _earlier(seller_id: int) -> list[tuple[AcceptedPlan, page.Parts]]:
    closed = AcceptedPlan.objects.of(seller_id).closed()[:EARLIER]
    return [(known, page.parts_of_closed(known)) for known in closed]


@require_POST
@sellers_only
def plan_acceptance(request: HttpRequest, seller: Any) -> HttpResponse:
    """Promise what the page showed; the form says which target, and the mark of the plan."""
    today = clock.today()
    known = promises.fingerprint(past.history_of(seller.pk), on=today)
    target = TargetForm(request.POST if request.POST.get("target") else None, today=today)
    try:
        found = _planned(seller, target, today=today)
        promises.accept(seller.pk, found, mark=request.POST.get("mark", ""), known=known, today=today)
    except (NoPlan, promises.NotAccepted) as error:
        messages.error(request, str(error))
        return redirect(_here(target))
    messages.success(request, _("The plan is yours: tick things off as you do them."))
    return redirect("plan")


def _here(target: TargetForm) -> str:
    """The page with the target that was asked for."""
    if not (target.is_bound and target.is_valid()):
        return reverse("plan")
    asked = {"target": target.cleaned_data["target"], "by": target.cleaned_data["by"].isoformat()}
    return f"{reverse('plan')}?{urlencode(asked)}"


@require_POST
@sellers_only
def plan_withdrawal(request: HttpRequest, seller: Any, pk: int) -> HttpResponse:
    """Give a plan up; what was logged stays, and it can be taken up again."""
    known = get_object_or_404(AcceptedPlan.objects.of(seller.pk), pk=pk)
    if promises.give_up(seller.pk, known.pk, today=clock.today()):
        undo = {
            "text": _("The plan is given up. What you logged stays."),
            "url": reverse("plan-return", args=[known.pk]),
            "target": "#plan",
        }
        messages.success(request, render_to_string("_undo.html", undo, request=request))
    return redirect("plan")


@require_POST
@sellers_only
def plan_return(request: HttpRequest, seller: Any, pk: int) -> HttpResponse:
    """Take up again what was given up."""
    known = get_object_or_404(AcceptedPlan.objects.of(seller.pk), pk=pk)
    if promises.take_up_again(seller.pk, known.pk):
        messages.success(request, _("The plan is yours again."))
    return redirect("plan")


@require_POST
@sellers_only
def planned_act(request: HttpRequest, seller: Any, pk: int) -> HttpResponse:
    """Tick off a planned thing, or take that back: state=done or state=open."""
    act = get_object_or_404(
        PlannedAct.objects.filter(plan__in=AcceptedPlan.objects.of(seller.pk).open()), pk=pk
    )
    today, token = clock.today(), _token(request)
    before = ssi_of(seller.pk, on=today)
    label = kinds()[act.kind_id].label
    try:
        if request.POST.get("state") == "open":
            done = acts.untick(seller.pk, act, token=token, now=timezone.now(), today=today)
            text = _("Taken back: %(kind)s.")
        else:
            done = acts.tick(seller.pk, act, token=token, today=today)
            text = _("Done: %(kind)s.")
    except intake.Refused as error:
        messages.error(request, str(error))
    else:
        if done:
            told = text % {"kind": label}
            messages.success(request, with_index(told, seller.pk, before=before, today=today))
    return redirect("plan")


def _token(request: HttpRequest) -> uuid.UUID:
    """What is no token is nobody's."""
    try:
        return uuid.UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid.uuid4()
