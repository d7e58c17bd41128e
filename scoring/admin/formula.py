"""Formula versions: copied, edited while a draft, put in force once; a dated one is only read."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.admin.confirmation import Question, confirmation_page
from scoring.admin.formula_forms import DayForm
from scoring.admin.formula_worths import WorthInline
from scoring.models import Formula
from scoring.models.formula import GAP_FIELDS
from ssi_dashboard import clock

IN_FORCE = Question(
    title=gettext_lazy("Put in force"),
    consequence=gettext_lazy(
        "From that day on every score is computed by this version; earlier days keep theirs. "
        "Once it has a day, it can be neither changed nor taken back."
    ),
    button=gettext_lazy("Put in force"),
)
COPYING = Question(
    title=gettext_lazy("Copy"),
    consequence=gettext_lazy(
        "A draft with the same numbers is made. It counts for nothing until put in force."
    ),
    button=gettext_lazy("Copy"),
)


@admin.register(Formula)
class FormulaAdmin(admin.ModelAdmin):
    list_display = ["name", "state", "effective_from", "half_life_days", "created_by", "created_at"]
    list_select_related = ["created_by"]
    list_per_page = 50
    readonly_fields = ["state", "created_by", "created_at"]
    fields = [
        "name",
        "state",
        "half_life_days",
        tuple(GAP_FIELDS.values()),
        "note",
        "created_by",
        "created_at",
    ]
    inlines = [WorthInline]
    actions = ["copy_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Formula]:
        ruling = Formula.objects.filter(effective_from__lte=clock.today())
        newer = ruling.filter(effective_from__gt=OuterRef("effective_from"))
        return super().get_queryset(request).annotate(is_superseded=Exists(newer))

    @admin.display(description=gettext_lazy("state"))
    def state(self, formula: Formula) -> str:
        if formula.effective_from is None:
            return _("draft")
        since = date_format(formula.effective_from)
        if formula.effective_from > clock.today():
            return _("in force from %(day)s") % {"day": since}
        if formula.is_superseded:  # type: ignore[attr-defined]
            return _("replaced by a newer one")
        return _("in force since %(day)s") % {"day": since}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A version begins as a copy, so that no kind is without its worth."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Formula | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)

    def has_delete_permission(self, request: HttpRequest, obj: Formula | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Drafts are deleted one by one: deleting many at once would not ask each whether it has a day."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        formula = self.get_object(request, unquote(object_id))
        may = {
            "may_copy": self.has_copy_permission(request),
            "may_put_in_force": formula is not None and self.has_change_permission(request, formula),
        }
        return super().change_view(request, object_id, form_url, {**may, **(extra_context or {})})

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<path:object_id>/copy/", guard(self.copy), name="scoring_formula_copy"),
            path("<path:object_id>/in-force/", guard(self.put_in_force), name="scoring_formula_in_force"),
            *super().get_urls(),
        ]

    def has_copy_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("scoring.add_formula"))

    def copy(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if not self.has_copy_permission(request):
            raise PermissionDenied
        formula = self._known(request, object_id)
        if request.method != "POST":
            return confirmation_page(self, request, [formula], form=forms.Form(), question=COPYING)
        return self._copied(request, formula)

    @admin.action(description=gettext_lazy("Copy the selected version"), permissions=["copy"])
    def copy_selected(self, request: HttpRequest, formulas: QuerySet[Formula]) -> HttpResponse | None:
        if len(formulas) != 1:
            self.message_user(request, _("Choose one version to copy."), messages.ERROR)
            return None
        return self._copied(request, formulas[0])

    def _copied(self, request: HttpRequest, formula: Formula) -> HttpResponse:
        with transaction.atomic():
            draft = formula.copy(name=_("Copy of %(name)s") % {"name": formula.name[:100]}, by=request.user)
            self.log_addition(request, draft, _("Copied from “%(name)s”.") % {"name": formula.name})
        self.message_user(request, _("This is a draft: change it, then put it in force."), messages.SUCCESS)
        return redirect(reverse("admin:scoring_formula_change", args=[draft.pk]))

    def put_in_force(self, request: HttpRequest, object_id: str) -> HttpResponse:
        formula = self._known(request, object_id)
        if not self.has_change_permission(request, formula):
            raise PermissionDenied
        today = clock.today()
        form = DayForm(request.POST if request.method == "POST" else None, today=today)
        if not (form.is_valid() and self._dated(request, formula, form, today=today)):
            return confirmation_page(
                self, request, [formula], form=form, question=IN_FORCE, extra={"object_id": formula.pk}
            )
        return redirect(reverse("admin:scoring_formula_change", args=[formula.pk]))

    def _dated(self, request: HttpRequest, formula: Formula, form: forms.Form, *, today: Any) -> bool:
        day = form.cleaned_data["day"]
        try:
            with transaction.atomic():
                formula.put_in_force(day, today=today)
                sentence = _("In force from %(day)s.") % {"day": date_format(day)}
                self.log_change(request, formula, sentence)
        except ValidationError as refused:
            form.add_error("day", refused)
            return False
        self.message_user(request, sentence, messages.SUCCESS)
        return True

    def _known(self, request: HttpRequest, object_id: str) -> Formula:
        formula = self.get_object(request, unquote(object_id))
        if formula is None:
            raise Http404
        return formula
