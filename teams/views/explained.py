"""The lines behind a seller's numbers: for themselves and for those who coach them."""

import io
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from scoring import corrections
from scoring import statement as statements
from scoring.forms import DayForm
from scoring.formula.statement import Backwards, Statement
from scoring.tables import write_table
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page
from teams import access
from teams.as_of_page import as_of_page
from teams.contribution_page import contribution_page
from teams.forms.statement import StatementForm
from teams.lines_behind import MONTH, lines_behind, statement_url
from teams.models import Seller
from teams.statement_page import newest_day, spans, statement_page

CORRECTIONS_A_PAGE = 20


@require_GET
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """How the index of one day became that of another, line by line."""
    today = clock.today()
    seller = _seller(request, pk, today=today)
    newest = newest_day(seller, today=today)
    form = StatementForm(request.GET, first=newest - MONTH, last=newest)
    told = _told(form, seller, today=today)
    context = {"seller": seller, "is_own": seller.user_id == request.user.pk, "form": form, "newest": newest}
    if told is None:
        context["spans"] = spans(seller, shown_days=(today, today), newest=newest)
        return render_page(request, "teams/statement.html", context, status=422)
    days = {"first": told.first, "last": told.last}
    context |= {
        "page": statement_page(
            seller, told, pillar=form.cleaned_data["pillar"], kind=form.cleaned_data["kind"]
        ),
        "file": statement_url(seller.pk, name="statement-file", **days),
        "spans": spans(seller, shown_days=(told.first, told.last), newest=newest),
        "corrections": Paginator(corrections.of(seller.pk, **days), CORRECTIONS_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "query": urlencode({name: day.isoformat() for name, day in days.items()}),
    }
    return render_page(request, "teams/statement.html", context)


@require_GET
def statement_file(request: HttpRequest, pk: int) -> HttpResponse:
    """All lines as CSV, as `manage.py explain --csv` writes them."""
    today = clock.today()
    seller = _seller(request, pk, today=today)
    newest = newest_day(seller, today=today)
    told = _told(StatementForm(request.GET, first=newest - MONTH, last=newest), seller, today=today)
    if told is None:
        raise Http404
    file = io.StringIO()
    write_table(file, statements.HEADER, statements.rows(told))
    name = f"statement-{told.first.isoformat()}-{told.last.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@require_GET
def contribution(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """What a kind contributes to the index of a day, day by day of its acts."""
    today = clock.today()
    seller = _seller(request, pk, today=today)
    day = DayForm(request.GET).day_or(newest_day(seller, today=today))
    page = contribution_page(seller, code, on=day)
    if page is None:
        raise Http404
    context = {
        "seller": seller,
        "is_own": seller.user_id == request.user.pk,
        "page": page,
        "lines": lines_behind(seller.pk, day),
        "is_today": day == today,
    }
    return render_page(request, "teams/contribution.html", context)


def as_of(request: HttpRequest, seller: Seller, day: date, *, today: date) -> HttpResponse:
    """The page of somebody whom the person may see, as of an earlier day."""
    is_own = seller.user_id == request.user.pk
    here = reverse("my-index") if is_own else reverse("seller", args=[seller.pk])
    context = {
        "page": as_of_page(seller, on=day),
        "is_own": is_own,
        "as_of_url": here,
        "back": here,
        "today": today,
    }
    return render_page(request, "teams/as_of.html", context)


def _seller(request: HttpRequest, pk: int, *, today: date) -> Seller:
    """Oneself, or somebody whom one coaches; nobody else is to be found."""
    seen = access.visible_sellers(request.user, today=today)
    return get_object_or_404(seen.select_related("user"), pk=pk)


def _told(form: StatementForm, seller: Seller, *, today: date) -> Statement | None:
    """The statement that is asked for; None when it cannot be told, and the form says why."""
    if not form.is_valid():
        return None
    days = {name: form.cleaned_data[name] for name in ("first", "last")}
    try:
        return statements.statement_of(seller.pk, today=today, **days)
    except Backwards:
        form.add_error("last", _("The second day is before the first."))
    except statements.NoIndex as error:
        form.add_error("last", str(error))
    return None
