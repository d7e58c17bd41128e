"""One to one: the facts for a conversation, and what the two wrote and agreed, which nobody else sees."""

import io
import uuid
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from scoring.tables import write_table
from ssi_dashboard import clock
from ssi_dashboard.pages import render_page
from teams import access
from teams.forms.goal import TokenForm
from teams.forms.one_to_one import ActionForm, NoteForm
from teams.goals import goals_of_seller
from teams.index_page import past_of
from teams.models import AgreedAction, Note, Seller
from teams.one_to_one_page import agenda_of

HEADER = ("sort", "day", "author", "text", "done")


@require_GET
def one_to_one(request: HttpRequest, pk: int) -> HttpResponse:
    today = clock.today()
    return _page(request, _seller(request, pk, today=today), today=today)


@require_POST
def new_note(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(request, pk, NoteForm, name="note_form")


@require_POST
def new_action(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(request, pk, ActionForm, name="action_form")


def _write(request: HttpRequest, pk: int, form_class: type[ModelForm], *, name: str) -> HttpResponse:
    """Keep what a manager wrote; a second submission of its token changes nothing."""
    today = clock.today()
    seller = _seller(request, pk, today=today)
    if seller.user_id == request.user.pk:
        raise Http404
    form, token = form_class(request.POST), TokenForm(request.POST)
    if not (form.is_valid() and token.is_valid()):
        return _page(request, seller, today=today, status=422, **{name: form})
    form._meta.model.objects.get_or_create(
        token=token.cleaned_data["token"],
        defaults={"seller": seller, "author": request.user, **form.cleaned_data},
    )
    messages.success(request, _("Kept; only the two of you see it"))
    return redirect(_page_of(seller.pk))


def _page(
    request: HttpRequest, seller: Seller, *, today: date, status: int = 200, **forms: ModelForm
) -> HttpResponse:
    is_own = seller.user_id == request.user.pk
    agenda = agenda_of(seller, past_of(seller), today=today)
    context = {
        "seller": seller,
        "is_own": is_own,
        "page": agenda,
        "today": today,
        "goals": goals_of_seller(seller, viewer=request.user, today=today),
        "goals_url": reverse("seller-goals", args=[seller.pk]),
        "notes": _seen(request, Note, seller),
        "actions": _seen(request, AgreedAction, seller),
    }
    if not is_own:
        new = {"note_form": NoteForm(initial={"day": today}), "action_form": ActionForm()}
        context |= {"tokens": [uuid.uuid4(), uuid.uuid4()], **new, **forms}
    return render_page(request, "teams/one_to_one.html", context, status=status)


def _seen(request: HttpRequest, model: Any, seller: Seller) -> list[Any]:
    return list(model.objects.seen_by(request.user, seller).select_related("author"))


@require_GET
def one_to_one_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person may see of notes and agreed actions, as CSV."""
    seller = _seller(request, pk, today=clock.today())
    file = io.StringIO()
    write_table(file, HEADER, _rows(request, seller))
    headers = {
        "Content-Disposition": 'attachment; filename="one-to-one.csv"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _rows(request: HttpRequest, seller: Seller) -> Iterator[tuple[str, ...]]:
    for note in _seen(request, Note, seller):
        yield "note", note.day.isoformat(), note.author.name, note.text, ""
    for action in _seen(request, AgreedAction, seller):
        done = action.done_on.isoformat() if action.done_on else ""
        yield "action", action.due.isoformat(), action.author.name, action.text, done


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, Note, pk, NoteForm, deletion="note-deletion", title=_("Change the note"))


@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, pk: int) -> HttpResponse:
    title = _("Change the agreed action")
    return _change(request, AgreedAction, pk, ActionForm, deletion="agreed-action-deletion", title=title)


def _change(
    request: HttpRequest, model: Any, pk: int, form_class: type[ModelForm], *, deletion: str, title: str
) -> HttpResponse:
    """Who wrote it changes it; to the other, and to anybody else, this page does not exist."""
    row = _own(request, model, pk)
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.instance.save(update_fields=list(form.fields))
        messages.success(request, _("Kept; only the two of you see it"))
        return redirect(_page_of(row.seller_id))
    context = {
        "form": form,
        "title": title,
        "cancel": _page_of(row.seller_id),
        "deletion": reverse(deletion, args=[row.pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render_page(request, "teams/one_to_one_change.html", context, status=status)


@require_POST
def note_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    return _delete(request, Note, pk)


@require_POST
def action_deletion(request: HttpRequest, pk: int) -> HttpResponse:
    return _delete(request, AgreedAction, pk)


def _delete(request: HttpRequest, model: Any, pk: int) -> HttpResponse:
    row = _own(request, model, pk)
    row.delete()
    messages.success(request, _("Deleted"))
    return redirect(_page_of(row.seller_id))


@require_POST
def action_tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Either of the two says that it is done, or that it is not; twice is once."""
    today = clock.today()
    either = Q(author=request.user.pk) | Q(seller__user=request.user.pk)
    seen = access.visible_sellers(request.user, today=today)
    rows = AgreedAction.objects.filter(either, seller__in=seen.values("pk"))
    row = get_object_or_404(rows, pk=pk)
    if request.POST.get("done") == "on":
        AgreedAction.objects.filter(pk=row.pk, done_on=None).update(done_on=today)
    else:
        AgreedAction.objects.filter(pk=row.pk).update(done_on=None)
    return redirect(_page_of(row.seller_id))


def _seller(request: HttpRequest, pk: int, *, today: date) -> Seller:
    """Oneself, or somebody whom one coaches."""
    seen = access.visible_sellers(request.user, today=today)
    return get_object_or_404(seen.select_related("user"), pk=pk)


def _own(request: HttpRequest, model: Any, pk: int) -> Any:
    """What the person wrote about somebody whom they coach still."""
    coached = access.coached_sellers(request.user, today=clock.today())
    return get_object_or_404(model, pk=pk, author=request.user.pk, seller__in=coached.values("pk"))


def _page_of(seller_id: int) -> str:
    return reverse("one-to-one", args=[seller_id])
