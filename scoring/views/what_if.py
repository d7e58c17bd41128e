"""What if: steppers for the kinds, and the index that would come of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET
from django_htmx.http import replace_url

from scoring import past
from scoring.formula.catalogue import PILLARS
from scoring.formula.history import History
from scoring.formula.pillar import score
from scoring.formula.schedule import WEEK_DAYS
from scoring.formula.version import Formula
from scoring.formula.what_if import ahead
from scoring.labels import pillar_label
from scoring.plans.forms import WhatIfForm
from scoring.rulebook import Rulebook
from scoring.views.own import sellers_only
from ssi_dashboard import clock
from ssi_dashboard.numbers import shown
from ssi_dashboard.pages import render_page, wants_region

A_MONTH = 30


@dataclass(frozen=True)
class Ahead:
    """The index of a day to come, with the acts and without them, in hundredths."""

    day: date
    ssi: int
    idle: int

    @property
    def more(self) -> int:
        return self.ssi - self.idle


@dataclass(frozen=True)
class PillarFields:
    """What can be changed in one pillar; is_used: something in it is, or was touched last."""

    key: str
    label: str
    steppers: list[BoundField]
    items: list[BoundField]
    is_used: bool


@require_GET
@sellers_only
def what_if(request: HttpRequest, seller: Any) -> HttpResponse:
    """Draw the index ahead from what the address says; nothing is kept."""
    today = clock.today()
    history, formula = past.history_of(seller.pk), Rulebook().formula_on(today)
    form = WhatIfForm(request.GET, kinds=formula.kinds.values(), held=history.held_on(today))
    wishes = form.wishes()
    here = f"{reverse('what-if')}?{urlencode(wishes)}" if wishes else reverse("what-if")
    if form.is_stepped and not wants_region(request):
        return redirect(here)
    week, month = (
        _ahead(history, wishes, on=today, days=days, formula=formula) for days in (WEEK_DAYS, A_MONTH)
    )
    touched = request.GET.get("more") or request.GET.get("less") or request.htmx.trigger_name  # type: ignore[attr-defined]
    context = {
        "form": form,
        "now": score(history, on=today, formula=formula).ssi,
        "today": today,
        "ahead": [week, month],
        "pillars": _pillars(form, {*wishes, touched}, formula),
        "changed": bool(wishes),
        "announce": shown(month.ssi) if wants_region(request) else "",
    }
    status = 422 if form.errors else 200
    response = render_page(request, "scoring/what_if.html", context, status=status)
    return replace_url(response, here) if wants_region(request) and not form.errors else response


def _ahead(history: History, wishes: dict[str, int], *, on: date, days: int, formula: Formula) -> Ahead:
    with_it, idle = (
        ahead(history, on=on, days=days, formula=formula, a_week=a_week).ssi for a_week in (wishes, {})
    )
    return Ahead(on + timedelta(days=days), with_it, idle)


def _pillars(form: WhatIfForm, used: Collection[str | None], formula: Formula) -> list[PillarFields]:
    return [
        PillarFields(
            key=name,
            label=pillar_label(name),
            steppers=_fields(form, name, formula, standing=False),
            items=_fields(form, name, formula, standing=True),
            is_used=any(code in used for code in form.fields if formula.kinds[code].pillar == name),
        )
        for name in PILLARS
    ]


def _fields(form: WhatIfForm, name: str, formula: Formula, *, standing: bool) -> list[BoundField]:
    return [
        form[code]
        for code in form.fields
        if formula.kinds[code].pillar == name and formula.kinds[code].standing == standing
    ]
