"""The page between choosing an action and its being done: what, to whom, and the few things it must know."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

# Every chosen row is a field of the form, and Django takes 1,000 of those.
MOST_AT_ONCE = 500
NAMED = 20


@dataclass(frozen=True)
class Question:
    """What the page says: its title, what will happen, and what the button says."""

    title: str | Promise
    consequence: str | Promise
    button: str | Promise


def too_many(model_admin: ModelAdmin, request: HttpRequest, rows: QuerySet[Any]) -> bool:
    """Whether more rows are chosen than an action takes at once; says so to the person."""
    if rows.count() <= MOST_AT_ONCE:
        return False
    sentence = _("Choose at most %(most)s at a time.") % {"most": MOST_AT_ONCE}
    model_admin.message_user(request, sentence, messages.ERROR)
    return True


def confirmed(
    model_admin: ModelAdmin,
    request: HttpRequest,
    rows: QuerySet[Any],
    *,
    action: str,
    question: Question,
    form_class: Callable[..., forms.Form],
) -> forms.Form | HttpResponse | None:
    """Give the valid form once the person has confirmed; until then the page that asks; None for too many."""
    if too_many(model_admin, request, rows):
        return None
    form = form_class(request.POST if "confirmed" in request.POST else None)
    if form.is_valid():
        return form
    hidden = [("action", action), *((ACTION_CHECKBOX_NAME, row.pk) for row in rows)]
    return confirmation_page(model_admin, request, list(rows), form=form, question=question, hidden=hidden)


def confirmation_page(
    model_admin: ModelAdmin,
    request: HttpRequest,
    rows: list[Any],
    *,
    form: forms.Form,
    question: Question,
    hidden: list[tuple[str, Any]] | None = None,
    extra: dict[str, Any] | None = None,
) -> TemplateResponse:
    """Render the page; an answer that is not valid comes back with status 422."""
    context = {
        **model_admin.admin_site.each_context(request),
        "title": question.title,
        "question": question,
        "opts": model_admin.opts,
        "form": form,
        "named": rows[:NAMED],
        "more": max(0, len(rows) - NAMED),
        "hidden": hidden or [],
        "media": model_admin.media + form.media,
        **(extra or {}),
    }
    request.current_app = model_admin.admin_site.name
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "admin/confirmation.html", context, status=status)
