"""Goals: of oneself, of a seller whom one coaches, and of a team that one coaches."""

import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ssi_dashboard import clock
from ssi_dashboard.pages import render_page
from teams import access, goals
from teams.forms.goal import GoalForm, TokenForm
from teams.goal_preview import preview
from teams.listing import Listing
from teams.models import Goal, Seller, Team


@require_http_methods(["GET", "POST"])
def seller_goals(request: HttpRequest, pk: int) -> HttpResponse:
    """A seller's goals, and a new one: first what the planner says, then it is set."""
    today = clock.today()
    seen = access.visible_sellers(request.user, today=today)
    seller = get_object_or_404(seen.select_related("user"), pk=pk)
    context = {"seller": seller, "is_own": seller.user_id == request.user.pk, "here": request.path}
    rows = partial(goals.goals_of_seller, seller, viewer=request.user, today=today)
    return _answer(request, seller, rows, context, today=today)


@require_http_methods(["GET", "POST"])
def team_goals(request: HttpRequest, slug: str) -> HttpResponse:
    """A team's goals, for its average."""
    today = clock.today()
    team = get_object_or_404(Team, slug=slug)
    reach = access.reach_of(request, today=today)
    if not reach.coaches(team.pk):
        raise Http404
    listing = Listing.team(team.pk, reach.tree)
    rows = partial(goals.goals_of_team, team, listing, viewer=request.user, today=today)
    return _answer(request, team, rows, {"team": team, "here": request.path}, today=today)


def _answer(
    request: HttpRequest,
    whose: Seller | Team,
    rows: Callable[[], list[goals.GoalRow]],
    context: dict[str, Any],
    *,
    today: date,
) -> HttpResponse:
    data = request.POST if request.method == "POST" else request.GET
    form = GoalForm(data if "target" in data or request.method == "POST" else None, today=today)
    token = TokenForm(data)
    if form.is_bound and form.is_valid() and isinstance(whose, Seller) and not whose.is_active(today):
        form.add_error(None, _("Who has left gets no goal."))
    if request.method == "POST" and form.is_valid() and token.is_valid():
        goals.set_goal(
            whose,
            part=form.cleaned_data["part"],
            target=form.cleaned_data["target"],
            last=form.cleaned_data["by"],
            token=token.cleaned_data["token"],
            by=request.user,
            today=today,
        )
        messages.success(request, _("The goal is set"))
        return redirect(request.path)
    if form.is_bound and form.is_valid():
        context |= _asked(form, whose, today=today)
    context |= {"form": form, "goals": rows()}
    wrong = form.is_bound and bool(form.errors)
    return render_page(request, "teams/goals.html", context, status=422 if wrong else 200)


def _asked(form: GoalForm, whose: Seller | Team, *, today: date) -> dict[str, Any]:
    """What is asked for, with what the planner says of it."""
    said = form.cleaned_data
    words = {"part": said["part"], "target": said["target"], "last": said["by"]}
    possible = preview(whose, today=today, **words) if isinstance(whose, Seller) else None
    label = dict(Goal.Part.choices)[said["part"]]
    return {"asked": words | {"label": label}, "possible": possible, "token": uuid.uuid4()}


@require_POST
def goal_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a goal back; it can be undone."""
    today = clock.today()
    goal = _goal(request, pk, today=today)
    Goal.objects.filter(pk=goal.pk, withdrawn_on=None).update(withdrawn_on=today)
    undo = {"text": _("The goal is taken back"), "url": reverse("goal-return", args=[goal.pk])}
    messages.success(request, render_to_string("_undo.html", undo, request=request))
    return redirect(_page_of(goal))


@require_POST
def goal_return(request: HttpRequest, pk: int) -> HttpResponse:
    goal = _goal(request, pk, today=clock.today())
    Goal.objects.filter(pk=goal.pk).update(withdrawn_on=None)
    messages.success(request, _("The goal is set again"))
    return redirect(_page_of(goal))


def _goal(request: HttpRequest, pk: int, *, today: date) -> Goal:
    """One that the person sees and may take back; any other is not found."""
    sellers = access.visible_sellers(request.user, today=today)
    teams = access.coached_team_ids(request.user)
    goals_seen = Goal.objects.filter(Q(seller__in=sellers.values("pk")) | Q(team__in=teams))
    goal = get_object_or_404(goals_seen.select_related("seller", "team"), pk=pk)
    owner = goal.seller.user_id if goal.seller else None
    if not goals.may_withdraw(goal, request.user, owner=owner):
        raise Http404
    return goal


def _page_of(goal: Goal) -> str:
    if goal.team is not None:
        return reverse("team-goals", args=[goal.team.slug])
    return reverse("seller-goals", args=[goal.seller_id])
