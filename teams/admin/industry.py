from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from teams.models import Industry


@admin.register(Industry)
class IndustryAdmin(admin.ModelAdmin):
    list_display = ["name", "sellers", "is_demo"]
    ordering = ["name"]
    search_fields = ["name"]
    list_per_page = 50
    fields = ["name", "is_demo"]
    readonly_fields = ["is_demo"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Industry]:
        return super().get_queryset(request).annotate(sellers_count=Count("seller"))

    @admin.display(description=_("sellers"), ordering="sellers_count")
    def sellers(self, industry: Any) -> int:
        return int(industry.sellers_count)
