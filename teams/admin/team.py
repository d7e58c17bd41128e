"""Teams as the tree that they are."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ssi_dashboard import clock
from teams.admin.spans import SellersOfTeam, current_and_coming
from teams.models import Team
from teams.tree import Tree

MARK = "— "
# A larger team is not edited row by row on one page: Django takes 1,000 fields at once.
MOST_MEMBERS_ON_PAGE = 150


class TreeOrder(ChangeList):
    """Every team below the one it is part of, with its depth and path; read whole, for teams are few."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        tree = Tree()
        places = {team.pk: (place, depth) for place, (depth, team) in enumerate(tree.walk())}
        rows: Any = sorted(self.queryset, key=lambda team: places[team.pk])
        if self.multi_page and not self.show_all:
            first = (self.page_num - 1) * self.list_per_page
            rows = rows[first : first + self.list_per_page]
        for team in rows:
            team.depth, team.path = places[team.pk][1], tree.path(team.pk)
        self.result_list = rows


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin):
    list_display = ["indented_name", "path", "managers_named", "members", "is_demo"]
    ordering = ["name"]
    sortable_by = []
    list_per_page = 50
    search_fields = ["name", "slug"]
    autocomplete_fields = ["parent", "managers"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "parent", "managers", "part_teams", "all_members", "is_demo"]
    readonly_fields = ["part_teams", "all_members", "is_demo"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return TreeOrder

    def get_queryset(self, request: HttpRequest) -> QuerySet[Team]:
        today = clock.today()
        in_it = Q(memberships__first__lte=today) & (
            Q(memberships__until=None) | Q(memberships__until__gt=today)
        )
        stays = Q(memberships__seller__left_on=None) | Q(memberships__seller__left_on__gt=today)
        return (
            super()
            .get_queryset(request)
            .annotate(members_count=Count("memberships", filter=in_it & stays))
            .select_related("parent")
            .prefetch_related("managers")
        )

    def autocomplete_label(self, team: Team) -> str:
        return f"{team.parent} / {team}" if team.parent else str(team)

    @admin.display(description=_("name"))
    def indented_name(self, team: Any) -> str:
        return MARK * team.depth + team.name

    @admin.display(description=_("path"))
    def path(self, team: Any) -> str:
        return str(team.path)

    @admin.display(description=_("managers"))
    def managers_named(self, team: Team) -> str:
        return ", ".join(person.name for person in team.managers.all())

    @admin.display(description=_("members today"))
    def members(self, team: Any) -> int:
        return int(team.members_count)

    @admin.display(description=_("sub-teams"))
    def part_teams(self, team: Team) -> str | None:
        rows = [(reverse("admin:teams_team_change", args=[part.pk]), part.name) for part in self._parts(team)]
        return format_html_join(", ", '<a href="{}">{}</a>', rows) or None

    def _parts(self, team: Team) -> list[Team]:
        return [] if team._state.adding else list(team.children.all())

    @admin.display(description=_("members"))
    def all_members(self, team: Team) -> str | None:
        if team._state.adding:
            return None
        address = f"{reverse('admin:teams_seller_changelist')}?{urlencode({'team': team.pk})}"
        return format_html(
            '<a href="{}">{}</a>', address, gettext("Sellers of this team and of its sub-teams")
        )

    def get_inlines(self, request: HttpRequest, obj: Team | None) -> list[Any]:
        if obj is not None and current_and_coming(obj.memberships.all(), today=clock.today()).count() > (
            MOST_MEMBERS_ON_PAGE
        ):
            return []
        return [SellersOfTeam]

    def view_on_site(self, obj: Team) -> str:
        return reverse("leaderboard", args=[obj.slug])
