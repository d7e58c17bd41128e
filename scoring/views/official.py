"""What LinkedIn's own page shows, kept beside our index and never ranked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from scoring.forms import OFFICIAL_FIELDS, DayForm, OfficialScoreForm
from scoring.formula.catalogue import PILLARS
from scoring.models import OfficialScore, Score
from scoring.views.own import sellers_only
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region

PER_PAGE = 50


@dataclass(frozen=True)
class OfficialRow:
    """An entry beside our index of the same day; all in hundredths, the top percentages excepted."""

    day: date
    pillars: list[int]
    total: int
    ours: int | None
    difference: int | None
    industry_top: int | None
    network_top: int | None


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def official_scores(request: HttpRequest, seller: Any) -> HttpResponse:
    today = clock.today()
    if request.method != "POST":
        return _render_official(request, seller, _form_of(request, seller, today=today), today=today)
    form = OfficialScoreForm(request.POST, today=today)
    if not form.is_valid():
        return _render_official(request, seller, form, today=today)
    said = {name: form.cleaned_data[name] for name in OFFICIAL_FIELDS}
    _entry, made = OfficialScore.objects.update_or_create(
        seller_id=seller.pk, day=form.cleaned_data["day"], defaults=said
    )
    words = _("Entered for %(day)s.") if made else _("The figures of %(day)s were replaced.")
    messages.success(request, words % {"day": date_format(form.cleaned_data["day"])})
    if not wants_region(request):
        return redirect("official-scores")
    return _render_official(request, seller, _blank_form(today), today=today)


def _form_of(request: HttpRequest, seller: Any, *, today: date) -> OfficialScoreForm:
    """Empty for today, or with what is known of the day in the address."""
    day = DayForm(request.GET).day_or(today)
    known = OfficialScore.objects.filter(seller=seller.pk, day=day).first() if "day" in request.GET else None
    return OfficialScoreForm(today=today, initial=OfficialScoreForm.initial_of(known, day=day))


def _blank_form(today: date) -> OfficialScoreForm:
    return OfficialScoreForm(today=today, initial={"day": today})


def _render_official(
    request: HttpRequest, seller: Any, form: OfficialScoreForm, *, today: date
) -> HttpResponse:
    entries = OfficialScore.objects.filter(seller=seller.pk)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": _rows(seller.pk, list(page.object_list)), "today": today}
    return render_page(request, "scoring/official.html", context, status=422 if form.errors else 200)


def _rows(seller_id: int, entries: Iterable[OfficialScore]) -> list[OfficialRow]:
    entries = list(entries)
    scores = Score.objects.of(seller_id).filter(day__in=[entry.day for entry in entries])
    ours = dict(scores.values_list("day", "ssi"))
    return [_row(entry, ours.get(entry.day)) for entry in entries]


def _row(entry: OfficialScore, ours: int | None) -> OfficialRow:
    total = _hundredths(entry.total)
    return OfficialRow(
        day=entry.day,
        pillars=[_hundredths(getattr(entry, name)) for name in PILLARS],
        total=total,
        ours=ours,
        difference=None if ours is None else ours - total,
        industry_top=entry.industry_top,
        network_top=entry.network_top,
    )


def _hundredths(points: Decimal) -> int:
    return round(points * 100)
