"""The pages about one person, and the coaching page of those who lead a team."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from scoring.forms import DayForm
from scoring.prepared import prepared
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region
from teams import access, coaching, recent
from teams.forms.preferences import PersonForm, SellerForm
from teams.goals import goals_of_seller, goals_of_team
from teams.index_page import checklist, index_page, memberships_of, past_of, ranks
from teams.listing import Listing
from teams.models import Seller, Team, User
from teams.views.explained import as_of

ACTS_A_PAGE = 50
PLANS_A_PAGE = 25  # each takes some dozen milliseconds


@require_GET
@prepared()
def my_index(request: HttpRequest) -> HttpResponse:
    scored = access.seller_of(request.user)
    if scored is None:
        raise Http404
    today = clock.today()
    day = DayForm(request.GET).day_or(today)
    if day < today:
        return as_of(request, scored, day, today=today)
    known, team = past_of(scored), access.team_of(request.user, today=today)
    page = index_page(scored, known, team=team, today=today)
    context = {
        "as_of_url": reverse("my-index"),
        "today": today,
        "page": page,
        "ranks": ranks(scored, page.course),
        "goals": goals_of_seller(scored, viewer=request.user, today=today),
        "goals_url": reverse("seller-goals", args=[scored.pk]),
        "checklist": checklist(known, today=today),
    }
    return render_page(request, "teams/my_index.html", context)


@require_GET
@prepared()
def seller(request: HttpRequest, pk: int) -> HttpResponse:
    """A seller as those who coach them see them; one's own page is My index."""
    today = clock.today()
    scored = get_object_or_404(Seller.objects.select_related("user", "industry"), pk=pk)
    if scored.user_id == request.user.pk:
        return redirect("my-index")
    teams = memberships_of(scored)
    now_in = next((membership.team_id for membership in teams if membership.covers(today)), None)
    if not access.reach_of(request, today=today).coaches(now_in):
        raise Http404
    day = DayForm(request.GET).day_or(today)
    if day < today:
        return as_of(request, scored, day, today=today)
    acts = Paginator(recent.acts_of(scored, today=today), ACTS_A_PAGE).get_page(request.GET.get("page"))
    known = past_of(scored)
    context = {
        "as_of_url": reverse("seller", args=[scored.pk]),
        "today": today,
        "page": index_page(scored, known, team=now_in, today=today),
        "teams": teams,
        "acts": acts,
        "told": recent.told(scored, list(acts.object_list), known, today=today),
        "days": recent.DAYS,
        "goals": goals_of_seller(scored, viewer=request.user, today=today),
        "goals_url": reverse("seller-goals", args=[scored.pk]),
    }
    return render_page(request, "teams/seller.html", context)


@require_GET
def team_coaching(request: HttpRequest, slug: str) -> HttpResponse:
    team = get_object_or_404(Team, slug=slug)
    today = clock.today()
    reach = access.reach_of(request, today=today)
    if not reach.coaches(team.pk):
        raise Http404
    sellers = coaching.sellers_of(team, today=today)
    page = Paginator(sellers, PLANS_A_PAGE).get_page(request.GET.get("page"))
    rows = coaching.words(list(page.object_list), today=today)
    listing = Listing.team(team.pk, reach.tree)
    context = {
        "team": team,
        "page": page,
        "rows": rows,
        "goals": goals_of_team(team, listing, viewer=request.user, today=today),
        "goals_url": reverse("team-goals", args=[team.slug]),
    }
    return render_page(request, "teams/coaching.html", context)


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What a person may choose for themselves; in effect with the very answer."""
    data = request.POST if request.method == "POST" else None
    # Rows of their own: a form that is refused must not show in the frame of its page.
    person = User.objects.get(email=request.user.get_username())
    forms: list[ModelForm] = [PersonForm(data, instance=person)]
    forms += [SellerForm(data, instance=scored) for scored in Seller.objects.filter(user=person)]
    valid = [form.is_valid() for form in forms]  # all are asked, so that every wrong field is told
    if not all(valid):
        context = {"person_form": forms[0], "seller_form": forms[1] if forms[1:] else None}
        return render_page(request, "teams/preferences.html", context, status=200 if data is None else 422)
    for form in forms:
        form.instance.save(update_fields=list(form.fields))
    return _saved(request, language=forms[0].cleaned_data["language"])


def _saved(request: HttpRequest, *, language: str) -> HttpResponse:
    """The frame changes too (language, theme), so htmx is led to the whole page like everybody."""
    with translation.override(language or translation.get_language_from_request(request)):
        messages.success(request, _("Preferences saved"))
    page = reverse("preferences")
    return HttpResponseClientRedirect(page) if wants_region(request) else redirect(page)
