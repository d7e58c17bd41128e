"""Sales Navigator for administrators: the activity of a whole organisation, and whose each seat is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from scoring import uploads as door
from scoring.models import Seat, Upload
from scoring.uploads.forms import SeatForm, SellerSearchForm, UploadForm
from scoring.views.uploads import form_context, is_administrator, list_context, received, takes_a_file
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page, wants_region

MOST_OFFERED = 200


@dataclass(frozen=True)
class SeatRow:
    """A seat with the choice of whose it is; seller is None while it is nobody's."""

    number: str
    seller: int | None
    name: str


def administrators_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def for_them(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_administrator(request):
            raise Http404
        return view(request, *args, **kwargs)

    return for_them


@takes_a_file
@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def seats(request: HttpRequest) -> HttpResponse:
    """Where the file of all seats is brought in, and where each of them gets its seller."""
    if request.method != "POST":
        return _render_seats(request, _form())
    form = _form(request.POST, request.FILES)
    if not form.is_valid():
        return _render_seats(request, form)
    return received(request, form, seller_id=None)


@require_POST
@administrators_only
def seat_assignment(request: HttpRequest) -> HttpResponse:
    """Say whose a seat is; without a seller it is nobody's again. Acts taken in before stay."""
    form = SeatForm(request.POST, sellers=_sellers())
    if not form.is_valid():
        messages.error(request, _("Choose one of the sellers that are offered."))
        return _render_seats(request, _form(), status=422)
    number, seller = form.cleaned_data["number"], form.cleaned_data["seller"]
    if seller is None:
        Seat.objects.filter(number=number).delete()
        messages.success(request, _("Seat %(number)s is nobody's.") % {"number": number})
    else:
        Seat.objects.update_or_create(number=number, defaults={"seller": seller})
        messages.success(
            request, _("Seat %(number)s: %(seller)s.") % {"number": number, "seller": seller.name}
        )
    if wants_region(request):
        return _render_seats(request, _form())
    return redirect("seats")


def _form(*sent: Any) -> UploadForm:
    return UploadForm(*sent, most_bytes=door.MOST_BYTES, is_organisations=True)


def _render_seats(request: HttpRequest, form: UploadForm, *, status: int = 0) -> HttpResponse:
    search = SellerSearchForm(request.POST if request.method == "POST" else request.GET)
    known = list(Seat.objects.select_related("seller__user"))
    offered = list(_offered(search.wanted())[: MOST_OFFERED + 1])
    files = Upload.objects.filter(seller=None)
    context = form_context(form, url=reverse("seats"), region="#seats") | list_context(request, files)
    context |= {
        "search": search,
        "unknown": _unknown(files.first(), {seat.number for seat in known}),
        "known": [SeatRow(seat.number, seat.seller_id, seat.seller.name) for seat in known],
        "sellers": [(seller.pk, seller.name) for seller in offered[:MOST_OFFERED]],
        "more_sellers": len(offered) > MOST_OFFERED,
    }
    return render_page(request, "scoring/seats.html", context, status=status or (422 if form.errors else 200))


def _unknown(newest: Upload | None, known: Iterable[str]) -> list[str]:
    """The seats of the newest file that are still nobody's."""
    named = newest.report.get("seats", {}).get("unknown", ()) if newest else ()
    return [number for number in named if number not in known]


def _offered(wanted: str) -> Any:
    """Active sellers, those whose names have the words when there are any."""
    sellers = _sellers().select_related("user")
    return sellers.named_like(wanted) if wanted else sellers


def _sellers() -> Any:
    return apps.get_model("teams", "Seller")._default_manager.active_on(clock.today())
