"""Sellers: found, filtered, and changed one by one or many at once."""

from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scoring import night
from scoring.models import Score
from scoring.removal import days_with_scores
from ssi_dashboard import clock
from ssi_dashboard.numbers import shown
from teams.admin.deletion import what_goes_with
from teams.admin.seller_actions import SellerActions
from teams.admin.seller_filters import ActiveFilter, TeamFilter
from teams.admin.spans import LeaveInline, TeamsOfSeller
from teams.models import Membership, Seller

SCORES_SHOWN = 14


@admin.register(Seller)
class SellerAdmin(SellerActions, admin.ModelAdmin):
    actions = ["move_selected", "invite_selected", "leave_selected", "recompute_selected"]
    list_display = ["name", "email", "team_today", "industry", "ssi", "left_on", "shown_on_boards"]
    list_display_links = ["name"]
    list_filter = [
        ActiveFilter,
        TeamFilter,
        ("industry", admin.RelatedOnlyFieldListFilter),
        "shown_on_boards",
    ]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["user__first_name", "user__last_name", "user__email", "title"]
    search_help_text = _("Name, e-mail or title")
    ordering = ["user__last_name", "user__first_name", "user__email"]
    autocomplete_fields = ["user", "industry"]
    readonly_fields = ["recent_scores"]
    inlines = [TeamsOfSeller, LeaveInline]

    def get_fieldsets(self, request: HttpRequest, obj: Seller | None = None) -> Any:
        person = ["user", "title", "industry", ("joined_on", "left_on")]
        sets: list[Any] = [
            (None, {"fields": person}),
            (_("Boards and tips"), {"fields": ["shown_on_boards", "minutes_per_week"]}),
        ]
        if obj is not None:
            sets.append((_("Scores"), {"fields": ["recent_scores"]}))
        return sets

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seller]:
        teams = Membership.objects.on(clock.today()).filter(seller=OuterRef("pk"))
        published = night.published_day()
        scores = Score.objects.filter(seller=OuterRef("pk"))
        scores = scores.on(published) if published else scores.none()
        return (
            super()
            .get_queryset(request)
            .select_related("user", "industry")
            .annotate(
                team_name=Subquery(teams.values("team__name")[:1]),
                published_ssi=Subquery(scores.values("ssi")[:1]),
            )
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"joined_on": clock.today(), **super().get_changeform_initial_data(request)}

    def autocomplete_label(self, seller: Seller) -> str:
        return f"{seller.name} · {seller.user.email}"

    @admin.display(description=_("full name"), ordering="user__last_name")
    def name(self, seller: Seller) -> str:
        return seller.name

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, seller: Seller) -> str:
        return seller.user.email

    @admin.display(description=_("team today"), ordering="team_name")
    def team_today(self, seller: Any) -> str | None:
        return seller.team_name

    @admin.display(description=_("index"), ordering="published_ssi")
    def ssi(self, seller: Any) -> str | None:
        return None if seller.published_ssi is None else shown(seller.published_ssi)

    @admin.display(description=_("the last 14 days"))
    def recent_scores(self, seller: Seller) -> str:
        """Computed, never edited: they follow from the activities."""
        scores = Score.objects.of(seller).filter(day__in=days_with_scores(today=clock.today()))
        newest = scores.select_related("team").order_by("-day")[:SCORES_SHOWN]
        return render_to_string("admin/teams/seller/scores.html", {"scores": newest})

    def view_on_site(self, obj: Seller) -> str:
        return reverse("seller", args=[obj.pk])

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        named = [str(seller) for seller in objs]
        return what_goes_with(objs, named=named, today=clock.today())
