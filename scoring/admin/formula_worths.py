from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scoring.admin.cells import NamedCells
from scoring.models import Formula, FormulaKind


class WorthInline(admin.TabularInline):
    """What each kind is worth: all of them, edited while the version is a draft."""

    model = FormulaKind
    formset = NamedCells
    verbose_name_plural = _("worth of the kinds")
    fields = ["pillar", "points", "cap", "cap_period"]
    readonly_fields = ["pillar"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[FormulaKind]:
        return super().get_queryset(request).select_related("kind").order_by("kind_id")

    @admin.display(description=_("pillar"))
    def pillar(self, worth: FormulaKind) -> str:
        return worth.kind.get_pillar_display()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Formula | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_draft)
