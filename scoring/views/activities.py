"""Acts: logged, changed, deleted, brought back. Each answer says what it did to the index."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from scoring import intake
from scoring.contributions import ssi_of
from scoring.forms import ActivityChangeForm, ActivityForm
from scoring.models import Activity
from scoring.models.activity import UNDO_FOR
from scoring.views.day import render_day
from scoring.views.news import with_index
from scoring.views.own import asks_for, day_url, only_messages, onward, sellers_only
from scoring.worth_words import with_worth
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def activities(request: HttpRequest, seller: Any) -> HttpResponse:
    """Log an act; whoever comes here without one is led to the day."""
    if request.method != "POST":
        return redirect("my-day")
    today = clock.today()
    form = ActivityForm(request.POST, today=today, auto_id="log-%s")
    if not form.is_valid():
        return _refused(request, seller, form, today=today)
    # One token serves all the buttons of a page: another kind is another act.
    token = uuid.uuid5(form.cleaned_data["token"], form.cleaned_data["kind"].code)
    again = Activity.objects.of(seller.pk).filter(token=token).exists()
    before = ssi_of(seller.pk, on=today)
    try:
        activity = intake.record(seller.pk, form.entry(), token=token, today=today)
    except intake.Refused as error:
        _blame(form, error, today=today)
        return _refused(request, seller, form, today=today)
    if again:
        messages.info(request, _("That was logged already."))
    else:
        _tell_logged(request, activity, before=before, today=today)
    return _answer(request, seller, activity.day, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def activity(request: HttpRequest, seller: Any, pk: int) -> HttpResponse:
    """Add details to an act, or correct it: on a page of its own, or in its row of the day."""
    known = get_object_or_404(Activity.objects.of(seller.pk).live().select_related("kind"), pk=pk)
    today = clock.today()
    form = ActivityChangeForm(request.POST or None, activity=known, today=today)
    if request.method != "POST" or not form.is_valid():
        return _render_editing(request, known, form, today=today)
    before = ssi_of(seller.pk, on=today)
    try:
        intake.change(known, form.entry(), today=today, version=form.cleaned_data["version"])
    except intake.ChangedMeanwhile as error:
        messages.error(request, str(error))
        return _answer(request, seller, known.day, today=today)
    except intake.Refused as error:
        _blame(form, error, today=today)
        return _render_editing(request, known, form, today=today)
    messages.success(request, with_index(_("Saved."), seller.pk, before=before, today=today))
    return _answer(request, seller, known.day, today=today)


@require_POST
@sellers_only
def activity_deletion(request: HttpRequest, seller: Any, pk: int) -> HttpResponse:
    gone = get_object_or_404(Activity.objects.of(seller.pk).select_related("kind"), pk=pk)
    today = clock.today()
    before = ssi_of(seller.pk, on=today)
    if not intake.delete(gone, now=timezone.now(), today=today, version=_version(request)):
        return _answer(request, seller, gone.day, today=today)
    gone.refresh_from_db()
    text = _("Deleted: %(kind)s.") % {"kind": gone.kind.label}
    undo = {
        "text": with_index(text, seller.pk, before=before, today=today),
        "url": reverse("activity-restoration", args=[gone.pk]),
        "target": "#day" if asks_for(request, "day") else "",
        "version": gone.version,
    }
    messages.success(request, render_to_string("_undo.html", undo, request=request))
    return _answer(request, seller, gone.day, today=today)


@require_POST
@sellers_only
def activity_restoration(request: HttpRequest, seller: Any, pk: int) -> HttpResponse:
    back = get_object_or_404(Activity.objects.of(seller.pk).select_related("kind"), pk=pk)
    today = clock.today()
    before = ssi_of(seller.pk, on=today)
    try:
        done = intake.undo_delete(back, now=timezone.now(), today=today, version=_version(request))
    except intake.TooLateToUndo as error:
        messages.error(request, str(error))
        done = False
    if done:
        text = _("Restored: %(kind)s.") % {"kind": back.kind.label}
        messages.success(request, with_index(text, seller.pk, before=before, today=today))
    return _answer(request, seller, back.day, today=today)


@require_GET
@sellers_only
def activities_deleted(request: HttpRequest, seller: Any) -> HttpResponse:
    """What can still be brought back."""
    lately = Activity.objects.of(seller.pk).filter(deleted_at__gte=timezone.now() - UNDO_FOR)
    gone = lately.select_related("kind").order_by("-deleted_at", "-pk")
    page = Paginator(gone, PER_PAGE).get_page(request.GET.get("page"))
    return render_page(request, "scoring/deleted.html", {"page": page, "undo_for": UNDO_FOR.days})


def _version(request: HttpRequest) -> int | None:
    """The version of the act that the form was made for; None where it does not say."""
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else None


def _answer(request: HttpRequest, seller: Any, day: date, *, today: date) -> HttpResponse:
    """The day's region where it is on the page, the page that the form names, or the messages alone."""
    if asks_for(request, "day"):
        return render_day(request, seller, day, today=today)
    if wants_region(request) and not request.POST.get("next"):
        return only_messages(request)
    return onward(request, day_url(day, today=today))


def _refused(request: HttpRequest, seller: Any, form: ActivityForm, *, today: date) -> HttpResponse:
    if wants_region(request) and not asks_for(request, "day"):
        for wrong in form.errors.values():
            messages.error(request, " ".join(str(error) for error in wrong))
        return only_messages(request, status=422, trigger="activity-refused")
    return render_day(request, seller, _day_of(form, today=today), today=today, form=form, status=422)


def _day_of(form: ActivityForm, *, today: date) -> date:
    day = form.cleaned_data.get("day") or today
    return min(day, today)


def _render_editing(
    request: HttpRequest, known: Activity, form: ActivityChangeForm, *, today: date
) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"activity": known, "form": form, "back": day_url(known.day, today=today)}
    if not wants_region(request):
        worth = with_worth(known.seller_id, [known], on=today)[0].worth
        return render_page(request, "scoring/activity.html", context | {"worth": worth}, status=status)
    response = render_page(request, "scoring/_editing.html", context, status=status)
    return reswap(retarget(response, f"#activity-{known.pk}"), "outerHTML")


def _blame(form: ActivityForm, error: intake.Refused, *, today: date) -> None:
    """Put what intake refuses where it was typed."""
    if isinstance(error, intake.FutureActivity):
        words = _("That day has not come yet: the latest is %(day)s.")
        form.add_error("day", words % {"day": date_format(today)})
    else:
        form.add_error("kind" if isinstance(error, intake.WrongNature) else "day", str(error))


def _tell_logged(request: HttpRequest, activity: Activity, *, before: int | None, today: date) -> None:
    text = _("Logged: %(kind)s.") % {"kind": activity.kind.label}
    context = {
        "text": with_index(text, activity.seller_id, before=before, today=today),
        "activity": activity,
        "target": "#day" if asks_for(request, "day") else "",
    }
    messages.success(request, render_to_string("scoring/_logged.html", context, request=request))
