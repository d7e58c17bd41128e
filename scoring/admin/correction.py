"""The log of corrections: what changed past scores, read by those who are asked why they did."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from scoring.admin.read_only import ReadOnly
from scoring.models import Correction
from ssi_dashboard.numbers import shown


@admin.register(Correction)
class CorrectionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["made_at", "seller", "cause", "made_by", "first", "last", "days", "largest_change"]
    list_select_related = ["seller__user", "made_by"]
    list_filter = ["cause"]
    ordering = ["-pk"]  # as they were made, and by an index
    search_fields = ["seller__user__first_name", "seller__user__last_name", "seller__user__email"]
    search_help_text = _("Name or e-mail of the seller")
    list_per_page = 50
    show_full_result_count = False
    fields = ["seller", ("made_at", "made_by"), "cause", ("first", "last", "days"), "largest_change"]

    @admin.display(description=_("largest change"), ordering="most")
    def largest_change(self, correction: Correction) -> str:
        return shown(correction.most, signed=True)
