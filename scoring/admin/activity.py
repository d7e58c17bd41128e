"""Activities as administrators see them: read, corrected with a reason, deleted and restored.

Everything goes through `scoring/intake.py`, so that tallies and scores follow; nothing is deleted for good.
"""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scoring import intake
from scoring.admin.activity_forms import CorrectionForm, ReasonForm
from scoring.admin.activity_state import StateFilter
from scoring.admin.confirmation import Question, confirmation_page, confirmed, too_many
from scoring.models import Activity
from ssi_dashboard import clock

DELETION = Question(
    title=gettext_lazy("Delete activities"),
    consequence=gettext_lazy(
        "They no longer count: the scores of their days and of all later days are restated. "
        "For 30 days they can be restored."
    ),
    button=gettext_lazy("Delete"),
)
NOT_FIELDS = {"reason"}


@admin.register(Activity)
class ActivityAdmin(admin.ModelAdmin):
    form = CorrectionForm
    list_display = ["day", "seller", "kind", "quantity", "network", "source", "state"]
    list_display_links = ["day", "kind"]
    list_select_related = ["seller__user", "kind"]
    list_filter = [StateFilter, "kind__pillar", "network", "source"]
    date_hierarchy = "day"
    search_fields = ["seller__user__first_name", "seller__user__last_name", "seller__user__email"]
    search_help_text = gettext_lazy("Name or e-mail of the seller")
    list_per_page = 50
    show_full_result_count = False
    autocomplete_fields = ["kind"]
    readonly_fields = ["seller", "source", "created_at", "state"]
    actions = ["delete_selected", "restore_selected"]

    @admin.display(description=gettext_lazy("state"), ordering="deleted_at")
    def state(self, activity: Activity) -> str:
        return _("deleted") if activity.deleted_at else _("counts")

    def get_fieldsets(self, request: HttpRequest, obj: Activity | None = None) -> Any:
        act = ["seller", "kind", "day", "quantity", "network", "link", "note"]
        if self.has_change_permission(request, obj):
            act.append("reason")
        return [
            (None, {"fields": act}),
            (gettext_lazy("Origin"), {"fields": ["source", "created_at", "state"]}),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sellers log what they did; an administrator corrects it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.deleted_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: Activity | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.deleted_at is None)

    def save_model(self, request: HttpRequest, obj: Activity, form: Any, change: bool) -> None:
        said = {field: form.cleaned_data[field] for field in form.cleaned_data if field not in NOT_FIELDS}
        intake.change(Activity.objects.get(pk=obj.pk), intake.Entry(**said), today=clock.today())

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return _("%(changes)s. Reason: %(reason)s") % {
            "changes": "; ".join(form.changes()) or _("Nothing changed"),
            "reason": form.cleaned_data["reason"],
        }

    @admin.action(description=gettext_lazy("Delete the selected activities"), permissions=["delete"])
    def delete_selected(self, request: HttpRequest, activities: QuerySet[Activity]) -> HttpResponse | None:
        """Takes the place of Django's own, which would delete the rows."""
        chosen = activities.live().select_related("seller__user", "kind")  # type: ignore[attr-defined]
        answer = confirmed(
            self, request, chosen, action="delete_selected", question=DELETION, form_class=ReasonForm
        )
        if not isinstance(answer, forms.Form):
            return answer
        deleted = list(chosen)
        with transaction.atomic():
            for activity in deleted:
                self._delete(request, activity, reason=answer.cleaned_data["reason"])
        sentence = ngettext(
            "%(count)d activity is deleted.", "%(count)d activities are deleted.", len(deleted)
        )
        self.message_user(request, sentence % {"count": len(deleted)}, messages.SUCCESS)
        return None

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        activity = self.get_object(request, unquote(object_id))
        if activity is None:
            raise Http404
        if not self.has_delete_permission(request, activity):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return confirmation_page(self, request, [activity], form=form, question=DELETION)
        with transaction.atomic():
            self._delete(request, activity, reason=form.cleaned_data["reason"])
        self.message_user(
            request, _("The activity is deleted. It can be restored for 30 days."), messages.SUCCESS
        )
        return redirect(reverse("admin:scoring_activity_change", args=[activity.pk]))

    def _delete(self, request: HttpRequest, activity: Activity, *, reason: str) -> None:
        intake.delete(activity, now=timezone.now(), today=clock.today())
        self.log_change(request, activity, _("Deleted. Reason: %(reason)s") % {"reason": reason})

    @admin.action(description=gettext_lazy("Restore the selected activities"), permissions=["change"])
    def restore_selected(self, request: HttpRequest, activities: QuerySet[Activity]) -> None:
        if too_many(self, request, activities):
            return
        restored = 0
        for activity in activities.deleted():  # type: ignore[attr-defined]
            try:
                with transaction.atomic():
                    intake.undo_delete(activity, now=timezone.now(), today=clock.today())
                    self.log_change(request, activity, _("Restored."))
                restored += 1
            except intake.TooLateToUndo as refused:
                self.message_user(request, str(refused), messages.ERROR)
        sentence = ngettext("%(count)d activity is restored.", "%(count)d activities are restored.", restored)
        self.message_user(request, sentence % {"count": restored}, messages.SUCCESS)
