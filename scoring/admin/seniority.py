from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from scoring.models import SeniorityPhrase


@admin.register(SeniorityPhrase)
class SeniorityPhraseAdmin(admin.ModelAdmin):
    """Which positions make a connection one with an executive, from the next import on."""

    list_display = ["phrase"]
    search_fields = ["phrase"]
    search_help_text = _("A part of the phrase")
    list_per_page = 100
