"""What people brought in: how much and when, never what; sellers alone take it back."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from scoring.admin.read_only import ReadOnly
from scoring.models import Upload
from scoring.uploads.page import label_of
from scoring.uploads.preview import counted
from scoring.uploads.words import words_of_refusal


@admin.register(Upload)
class UploadAdmin(ReadOnly, admin.ModelAdmin):
    list_display = [
        "created_at",
        "whose",
        "what",
        "state",
        "how_large",
        "rows_read",
        "acts_new",
        "not_understood",
    ]
    list_select_related = ["seller__user", "made_by"]
    list_filter = ["state", "format"]
    date_hierarchy = "created_at"
    search_fields = ["seller__user__first_name", "seller__user__last_name", "seller__user__email"]
    search_help_text = _("Name or e-mail of the seller")
    list_per_page = 50
    show_full_result_count = False
    fields = [
        "whose",
        "made_by",
        "what",
        "state",
        "refused_for",
        "how_large",
        ("rows_read", "acts_new", "not_understood"),
        ("created_at", "read_at", "ended_at"),
    ]

    @admin.display(description=_("seller"), ordering="seller")
    def whose(self, upload: Upload) -> str:
        return str(upload.seller) if upload.seller else str(_("the whole organisation"))

    @admin.display(description=_("format"), ordering="format")
    def what(self, upload: Upload) -> str:
        return label_of(upload)

    @admin.display(description=_("size"), ordering="size")
    def how_large(self, upload: Upload) -> str:
        return filesizeformat(upload.size)

    @admin.display(description=_("rows read"))
    def rows_read(self, upload: Upload) -> str:
        return _sum(upload, "read")

    @admin.display(description=_("new"))
    def acts_new(self, upload: Upload) -> str:
        return _sum(upload, "new")

    @admin.display(description=_("not understood"))
    def not_understood(self, upload: Upload) -> str:
        return counted(upload.report.get("skipped_count", 0))

    @admin.display(description=_("problem"))
    def refused_for(self, upload: Upload) -> str:
        return words_of_refusal(upload.problem, upload.facts) if upload.problem else ""


def _sum(upload: Upload, key: str) -> str:
    return counted(sum(int(row.get(key, 0)) for row in upload.report.get("files", ())))
