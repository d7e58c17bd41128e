"""Archives: brought in, looked at, confirmed, cancelled, taken back. A seller's are theirs alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from scoring import restating, tasks
from scoring import uploads as door
from scoring.models import Upload
from scoring.sent_file import BoundedHandler
from scoring.tables import write_table
from scoring.uploads.forms import ConfirmationForm, UploadForm, too_large
from scoring.uploads.page import home_of, rows_of, url_of, view_of
from scoring.uploads.preview import FAULT_COLUMNS, fault_cells
from scoring.views.own import asks_for, sellers_only
from ssi_dashboard.hints import hint
from ssi_dashboard.pages import keep_private, render_page, wants_region

PER_PAGE = 20


def takes_a_file(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Bound what is sent before anything reads it; the token of the form is checked right after."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def with_a_bound(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [BoundedHandler(door.MOST_BYTES, door.folder())]
        return checked(request, *args, **kwargs)

    return with_a_bound


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def uploads(request: HttpRequest, seller: Any) -> HttpResponse:
    """Where a file is brought in, with what was brought in before."""
    if request.method != "POST":
        return _render_uploads(request, seller, UploadForm(most_bytes=door.MOST_BYTES))
    form = UploadForm(request.POST, request.FILES, most_bytes=door.MOST_BYTES)
    if not form.is_valid():
        return _render_uploads(request, seller, form)
    return received(request, form, seller_id=seller.pk)


def received(request: HttpRequest, form: UploadForm, *, seller_id: int | None) -> HttpResponse:
    """Keep the file for a worker to read, and lead to its page."""
    upload = door.receive(
        form.cleaned_data["file"],
        seller_id=seller_id,
        made_by=request.user,
        opted_in=form.opted_in(),
        now=timezone.now(),
    )
    hint(tasks.read_upload, upload_id=upload.pk)
    if wants_region(request):
        return HttpResponseClientRedirect(url_of(upload))
    return redirect(url_of(upload))


def _render_uploads(request: HttpRequest, seller: Any, form: UploadForm) -> HttpResponse:
    context = form_context(form, url=reverse("uploads"), region="#uploads")
    context |= list_context(request, Upload.objects.filter(seller=seller.pk))
    return render_page(request, "scoring/uploads.html", context, status=422 if form.errors else 200)


def form_context(form: UploadForm, *, url: str, region: str) -> dict[str, Any]:
    return {
        "form": form,
        "form_url": url,
        "region": region,
        "most_bytes": form.most_bytes,
        "too_large": too_large(form.most_bytes),
    }


def list_context(request: HttpRequest, uploads: Any) -> dict[str, Any]:
    page = Paginator(uploads, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "rows": rows_of(page.object_list)}


def with_upload(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view an upload of the person's own, or for administrators one of the organisation."""

    @wraps(view)
    def with_own(request: HttpRequest, pk: int) -> HttpResponse:
        return view(request, get_object_or_404(_within_reach(request), pk=pk))

    return with_own


def _within_reach(request: HttpRequest) -> Any:
    seller = getattr(request.user, "seller", None)
    reach = Q(pk__in=()) if seller is None else Q(seller=seller.pk)
    return Upload.objects.filter(reach | Q(seller=None) if is_administrator(request) else reach)


def is_administrator(request: HttpRequest) -> bool:
    """Whether the person may say whose a seat is, and bring in the file of all seats."""
    return bool(request.user.has_perm("scoring.change_seat"))


@require_GET
@with_upload
def upload(request: HttpRequest, upload: Upload) -> HttpResponse:
    return render_upload(request, upload)


def render_upload(
    request: HttpRequest, upload: Upload, *, form: ConfirmationForm | None = None
) -> HttpResponse:
    view = view_of(upload, door.progress_of(upload) if upload.is_at_work else None)
    context = {
        "view": view,
        "form": form or ConfirmationForm(items=upload.report.get("items", ())),
        "announce": view.title if wants_region(request) and not view.is_waiting else "",
    }
    return render_page(request, "scoring/upload.html", context, status=422 if form else 200)


@require_POST
@with_upload
def upload_confirmation(request: HttpRequest, upload: Upload) -> HttpResponse:
    form = ConfirmationForm(request.POST, items=upload.report.get("items", ()))
    if not form.is_valid():
        return render_upload(request, upload, form=form)
    if door.confirm(upload.pk, items=form.chosen(), now=timezone.now()):
        hint(tasks.take_in_upload, upload_id=upload.pk)
    else:
        messages.info(request, _("That was decided already, or waited too long."))
    return _onward(request, upload)


@require_POST
@with_upload
def upload_cancellation(request: HttpRequest, upload: Upload) -> HttpResponse:
    if door.cancel(upload.pk, now=timezone.now()):
        messages.success(request, _("Cancelled. The file is deleted, and nothing was taken in."))
    else:
        messages.info(request, _("It is too late to cancel that."))
    return _onward(request, upload)


@require_POST
@with_upload
def upload_undo(request: HttpRequest, upload: Upload) -> HttpResponse:
    undone = _undo_later(request, upload) if door.is_long_to_undo(upload.pk) else _undo_now(request, upload)
    if not undone:
        messages.info(request, _("That was taken back already."))
    return _onward(request, upload)


def _undo_now(request: HttpRequest, upload: Upload) -> bool:
    waiting = door.undo(upload.pk, now=timezone.now())
    if waiting is None:
        return False
    for group in restating.groups(waiting):
        hint(tasks.settle_group, seller_ids=group)
    messages.success(request, _("Taken back. The index follows in a moment."))
    return True


def _undo_later(request: HttpRequest, upload: Upload) -> bool:
    """A large one a worker takes back: a page that waits for it would hold up others."""
    if not door.ask_undo(upload.pk):
        return False
    hint(tasks.undo_upload, upload_id=upload.pk)
    messages.success(request, _("It is being taken back, and goes on when you leave."))
    return True


def _onward(request: HttpRequest, upload: Upload) -> HttpResponse:
    """The region that asked, or the page that it stands on."""
    upload = Upload.objects.get(pk=upload.pk)
    if asks_for(request, "upload"):
        return render_upload(request, upload)
    in_list = bool(request.POST.get("next")) or wants_region(request)
    return redirect(home_of(upload) if in_list else url_of(upload))


@require_GET
@with_upload
def upload_faults(request: HttpRequest, upload: Upload) -> HttpResponse:
    """What was not understood, as a table that no spreadsheet takes for formulas."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="not-understood-{upload.pk}.csv"'
    response.write("\ufeff")  # without it Excel takes a CSV for anything but UTF-8
    write_table(response, FAULT_COLUMNS, fault_cells(upload.report))
    return keep_private(response)
