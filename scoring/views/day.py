"""My day: what a seller did, and two clicks to say so."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django_htmx.http import replace_url

from scoring.choices import choices_of
from scoring.forms import ActivityForm, DayForm
from scoring.headline import headline_of
from scoring.intake import first_day_by_hand
from scoring.models import Activity
from scoring.prepared import prepared
from scoring.views.own import day_url, sellers_only
from scoring.worth_words import with_worth
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region

ONE_DAY = timedelta(days=1)
PER_PAGE = 50


@require_GET
@prepared()
@sellers_only
def my_day(request: HttpRequest, seller: Any) -> HttpResponse:
    today = clock.today()
    day = DayForm(request.GET).day_or(today)
    return render_day(request, seller, day, today=today)


@require_GET
@prepared()
@sellers_only
def quick_log(request: HttpRequest, seller: Any) -> HttpResponse:
    """The sheet that opens on every page; without scripts my day does the same."""
    if not wants_region(request):
        return redirect("my-day")
    today = clock.today()
    context = {
        "choices": choices_of(seller.pk, today=today),
        "token": uuid4(),
        "day": today,
        "today": today,
        "in_sheet": True,
    }
    return render_page(request, "scoring/quick_log.html", context)


def render_day(
    request: HttpRequest,
    seller: Any,
    day: date,
    *,
    today: date,
    form: ActivityForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a day; form is one that was refused, with everything typed in it."""
    activities = Activity.objects.of(seller.pk).live().filter(day=day).select_related("kind")
    page = Paginator(activities, PER_PAGE).get_page(request.GET.get("page"))
    here = day_url(day, today=today)
    context = {
        "day": day,
        "today": today,
        "previous": day_url(day - ONE_DAY, today=today),
        "next": day_url(day + ONE_DAY, today=today) if day < today else "",
        "here": here,
        "page": page,
        "acts": with_worth(seller.pk, list(page.object_list), on=today),
        "query": "" if day == today else f"day={day.isoformat()}",
        "headline": headline_of(seller.pk, on=day),
        "may_log": day >= first_day_by_hand(today),
        "choices": choices_of(seller.pk, today=today),
        "token": uuid4(),
        "form": form or _blank_form(day, today=today),
        "announce": _announcement(page.paginator.count) if wants_region(request) else "",
    }
    response = render_page(request, "scoring/day.html", context, status=status)
    return replace_url(response, here) if request.method == "POST" else response


def _blank_form(day: date, *, today: date) -> ActivityForm:
    return ActivityForm(today=today, auto_id="log-%s", initial={"token": uuid4(), "day": day, "quantity": 1})


def _announcement(count: int) -> str:
    return ngettext("%(n)d activity", "%(n)d activities", count) % {"n": count}
