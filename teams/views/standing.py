"""Where a team stands, for those who coach it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from ssi_dashboard import clock
from ssi_dashboard.pages import render_page
from teams import access, charts
from teams.kept import published_day
from teams.listing import Listing
from teams.models import Team
from teams.standing import HABIT_DAYS, standing_of


@require_GET
def team_standing(request: HttpRequest, slug: str) -> HttpResponse:
    team = get_object_or_404(Team, slug=slug)
    reach = access.reach_of(request, today=clock.today())
    if not reach.coaches(team.pk):
        raise Http404
    day = published_day()
    context: dict[str, Any] = {"team": team, "day": day, "habit_days": HABIT_DAYS}
    if day is not None:
        found = standing_of(Listing.team(team.pk, reach.tree), day=day)
        context["standing"] = found
        if found.average and found.organisation:
            context["pillars"] = charts.pillars(found.average, found.organisation, team_name=team.name)
    return render_page(request, "teams/standing.html", context)
