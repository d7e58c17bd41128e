"""By which sellers are filtered: whether they are active, and where they are today."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ssi_dashboard import clock
from teams.models import Seller
from teams.tree import Tree


class ActiveFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("active", _("still selling")), ("left", _("has left"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Seller]) -> QuerySet[Seller]:
        active = Seller.objects.active_on(clock.today()).values("pk")
        if self.value() == "active":
            return queryset.filter(pk__in=active)
        if self.value() == "left":
            return queryset.exclude(pk__in=active)
        return queryset


class TeamFilter(admin.SimpleListFilter):
    """The team of today with all below it, by path; `none` finds those who are in no team."""

    title = _("team today")
    parameter_name = "team"
    template = "admin/teams/seller/team_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        self.tree = Tree()
        teams = [(str(team.pk), self.tree.path(team.pk)) for _depth, team in self.tree.walk()]
        return [("none", _("in no team")), *teams]

    def choices(self, changelist: Any) -> Any:
        """The other filters go along as hidden fields of the form."""
        kept = {name: value for name, value in changelist.params.items() if name != self.parameter_name}
        yield {"selected": not self.value(), "value": "", "display": _("All"), "kept": kept}
        for value, display in self.lookup_choices:
            yield {"selected": self.value() == value, "value": value, "display": display}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Seller]) -> QuerySet[Seller]:
        value, today = self.value(), clock.today()
        if not value:
            return queryset
        if not value.isdecimal():
            every = [team.pk for _depth, team in self.tree.walk()]
            return queryset.exclude(pk__in=Seller.objects.members_of(every, on=today).values("pk"))
        inside = Seller.objects.members_of(self.tree.below(int(value)), on=today)
        return queryset.filter(pk__in=inside.values("pk"))
