from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from scoring.models import OfficialScore


@admin.register(OfficialScore)
class OfficialScoreAdmin(admin.ModelAdmin):
    """What sellers reported of LinkedIn's own page: read, and corrected where it was mistyped."""

    list_display = [
        "day",
        "seller",
        "total",
        "brand",
        "find",
        "engage",
        "relate",
        "industry_top",
        "network_top",
    ]
    list_display_links = ["day"]
    list_select_related = ["seller__user"]
    list_filter = ["day"]
    date_hierarchy = "day"
    search_fields = ["seller__user__first_name", "seller__user__last_name", "seller__user__email"]
    search_help_text = _("Name or e-mail of the seller")
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = ["seller", "created_at"]
    fields = [
        "seller",
        "day",
        ("brand", "find", "engage", "relate"),
        "total",
        ("industry_top", "network_top"),
        "created_at",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sellers enter what their own page shows them."""
        return False
