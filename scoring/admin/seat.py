from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from scoring.models import Seat


@admin.register(Seat)
class SeatAdmin(admin.ModelAdmin):
    """Whose the seats of Sales Navigator are; the page of the uploads says it too, for those a file named."""

    list_display = ["number", "seller"]
    list_select_related = ["seller__user"]
    search_fields = [
        "number",
        "seller__user__first_name",
        "seller__user__last_name",
        "seller__user__email",
    ]
    search_help_text = _("Number of the seat, or name or e-mail of the seller")
    list_per_page = 50
    autocomplete_fields = ["seller"]
