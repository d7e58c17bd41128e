"""What LinkedIn's own page shows, kept beside our index and never ranked."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from scoring.forms import DayForm, OfficialFileForm, OfficialScoreForm, OfficialTextForm
from scoring.models import OfficialScore
from scoring.official import file
from scoring.official.figures import OFFICIAL_FIELDS
from scoring.official.page import history, reading_told
from scoring.sent_file import BoundedHandler
from scoring.tables import Unreadable, write_table
from scoring.views.own import sellers_only
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region

MOST_DAYS_NAMED = 5
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes a CSV for anything but UTF-8


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def official_scores(request: HttpRequest, seller: Any) -> HttpResponse:
    today = clock.today()
    if request.method != "POST":
        return _render(request, seller, today=today, **_asked(request, seller, today=today))
    form = OfficialScoreForm(request.POST, today=today)
    if not form.is_valid():
        return _render(request, seller, today=today, form=form)
    said = {name: form.cleaned_data[name] for name in OFFICIAL_FIELDS}
    _entry, made = OfficialScore.objects.update_or_create(
        seller_id=seller.pk, day=form.cleaned_data["day"], defaults=said
    )
    words = _("Entered for %(day)s.") if made else _("The figures of %(day)s were replaced.")
    messages.success(request, words % {"day": date_format(form.cleaned_data["day"])})
    return _done(request, seller, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def official_text(request: HttpRequest, seller: Any) -> HttpResponse:
    """Fill the form with what the pasted text says; nothing is stored before it is saved."""
    if request.method != "POST":
        return _back(request)
    today = clock.today()
    text_form = OfficialTextForm(request.POST)
    if not text_form.is_valid():
        return _render(request, seller, today=today, text_form=text_form)
    reading = text_form.reading
    form = OfficialScoreForm(today=today, initial={"day": today, **reading.figures})
    told = reading_told(reading, form)
    known = OfficialScore.objects.filter(seller=seller.pk, day=today).exists()
    frame = {"reading": told, "announce": told.count, "replaces": known}
    return _render(request, seller, today=today, form=form, **frame)


@csrf_exempt  # the token is looked for below, once the size is bounded
@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def official_upload(request: HttpRequest, seller: Any) -> HttpResponse:
    """Take past values in from a file, all or nothing."""
    if request.method != "POST":
        return _back(request)
    request.upload_handlers = [BoundedHandler(file.MOST_BYTES, settings.UPLOADS)]
    return _take_in(request, seller)


@csrf_protect
def _take_in(request: HttpRequest, seller: Any) -> HttpResponse:
    today = clock.today()
    file_form = OfficialFileForm(request.POST, request.FILES)
    if not file_form.is_valid():
        return _render(request, seller, today=today, file_form=file_form)
    try:
        figures = file.read(file_form.cleaned_data["file"], today=today)
    except Unreadable as error:
        file_form.add_error("file", str(error))
        return _render(request, seller, today=today, file_form=file_form)
    except file.Faulty as error:
        file_form.add_error("file", str(error))
        return _render(request, seller, today=today, file_form=file_form, faulty=error)
    if not figures:
        file_form.add_error("file", _("There is no row in it."))
        return _render(request, seller, today=today, file_form=file_form)
    messages.success(request, _told(file.take_in(seller.pk, figures)))
    return _done(request, seller, today=today)


@require_safe
@sellers_only
def official_download(request: HttpRequest, seller: Any) -> HttpResponse:
    name = f"linkedin-figures-{clock.today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8", headers=headers)
    write_table(response, file.HEADER, file.rows(seller.pk))
    return response


def _asked(request: HttpRequest, seller: Any, *, today: date) -> dict[str, Any]:
    """The form for the day in the address, with what is known of it."""
    if "day" not in request.GET:
        return {}
    day = DayForm(request.GET).day_or(today)
    known = OfficialScore.objects.filter(seller=seller.pk, day=day).first()
    form = OfficialScoreForm(today=today, initial=OfficialScoreForm.initial_of(known, day=day))
    return {"form": form, "corrected": known}


def _back(request: HttpRequest) -> HttpResponse:
    """To the page, for whoever opened an address that only takes what is sent: by a pager without htmx."""
    return redirect(f"{reverse('official-scores')}?{request.GET.urlencode()}".rstrip("?"))


def _done(request: HttpRequest, seller: Any, *, today: date) -> HttpResponse:
    return _render(request, seller, today=today) if wants_region(request) else redirect("official-scores")


def _render(request: HttpRequest, seller: Any, *, today: date, **forms: Any) -> HttpResponse:
    """Show the page; `forms` are those that were sent, and what is told about them."""
    context = {
        "form": OfficialScoreForm(today=today, initial={"day": today}),
        "text_form": OfficialTextForm(),
        "file_form": OfficialFileForm(),
        **forms,
        **history(seller.pk, page=request.GET.get("page"), today=today),
    }
    wrong = any(context[name].errors for name in ("form", "text_form", "file_form"))
    return render_page(request, "scoring/official.html", context, status=422 if wrong else 200)


def _told(outcome: file.Outcome) -> str:
    """Say what became of a file's days: a sentence for what there is of new, replaced and unchanged ones."""
    told = []
    if outcome.new:
        told.append(
            ngettext("%(n)d day was entered.", "%(n)d days were entered.", outcome.new) % {"n": outcome.new}
        )
    if outcome.replaced:
        told.append(_replaced(outcome.replaced))
    if outcome.unchanged:
        told.append(
            ngettext(
                "%(n)d day was known with the same figures.",
                "%(n)d days were known with the same figures.",
                outcome.unchanged,
            )
            % {"n": outcome.unchanged}
        )
    return " ".join(told)


def _replaced(days: list[date]) -> str:
    named = [date_format(day) for day in days[:MOST_DAYS_NAMED]]
    words = ngettext(
        "The figures of %(n)d day were replaced: %(days)s.",
        "The figures of %(n)d days were replaced: %(days)s.",
        len(days),
    )
    return words % {"n": len(days), "days": ", ".join([*named, *(["…"] if days[MOST_DAYS_NAMED:] else [])])}
