"""The kinds of activity: read here, and found by their name in one's own language."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scoring.admin.read_only import ReadOnly
from scoring.formula.catalogue import Nature
from scoring.models import Kind


@admin.register(Kind)
class KindAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["label", "pillar", "nature", "minutes", "plan_per_week", "code"]
    list_filter = ["pillar", "nature"]
    list_per_page = 100
    search_fields = ["code", "name"]
    fields = ["label", "code", "pillar", "nature", "minutes", "plan_per_week", "networks"]

    @admin.display(description=_("name"), ordering="id")
    def label(self, kind: Kind) -> str:
        return kind.label

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Kind], search_term: str
    ) -> tuple[QuerySet[Kind], bool]:
        """Look into the translated names too; there are fifty. An activity may only become an event."""
        found, distinct = super().get_search_results(request, queryset, search_term)
        words = search_term.lower().split()
        named = [kind.pk for kind in queryset if words and all(word in kind.label.lower() for word in words)]
        found = found | queryset.filter(pk__in=named)
        if _asked_by_activity(request):
            found = found.filter(nature=Nature.EVENT.value)
        return found, distinct


def _asked_by_activity(request: Any) -> bool:
    return bool(request.GET.get("model_name") == "activity" and request.GET.get("field_name") == "kind")
