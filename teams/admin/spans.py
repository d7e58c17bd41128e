"""Memberships and leave on the pages of sellers and teams: dated rows, edited together."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.admin.cells import NamedCells
from scoring.formula.history import Span
from ssi_dashboard import clock
from teams.models import Leave, Membership


class MembershipForm(forms.ModelForm):
    """One row; whether it overlaps another is judged for all rows of the page together."""

    class Meta:
        model = Membership
        fields = ("seller", "team", "first", "until")

    def _post_clean(self) -> None:
        # The row's own check knows only what is stored: it would refuse "that one ends, this one begins".
        self.instance.clean = lambda: None
        super()._post_clean()  # type: ignore[misc]


class MembershipFormSet(NamedCells):
    def clean(self) -> None:
        """Refuse two memberships of a seller on one day, among these rows and with those not on the page."""
        super().clean()
        if any(self.errors):
            return
        rows = [form.instance for form in self.forms if self._stays(form)]
        here = [form.instance.pk for form in self.initial_forms]
        sellers = {row.seller_id for row in rows}
        elsewhere = Membership.objects.filter(seller__in=sellers).exclude(pk__in=here)
        if first_overlap([*rows, *elsewhere]):
            raise ValidationError(_("A seller is in one team a day: these days overlap another membership."))

    def _stays(self, form: Any) -> bool:
        return (form.instance.pk is not None or form.has_changed()) and not self._should_delete_form(form)  # type: ignore[attr-defined]

    def save_existing_objects(self, commit: bool = True) -> list[Any]:
        """Take the changed rows out and put them back: on the way no two may overlap either."""
        self.saved_forms: list[Any] = []
        changed: list[Membership] = super().save_existing_objects(commit=False)
        if commit:
            gone = [row.pk for row in (*self.deleted_objects, *changed)]
            Membership.objects.filter(pk__in=gone).delete()
            for row in changed:
                row.save(force_insert=True)
        return changed


def first_overlap(rows: list[Membership]) -> Membership | None:
    """The first row that begins before an earlier one of the same seller ends."""
    last: dict[int, Span] = {}
    for row in sorted(rows, key=lambda row: (row.seller_id, row.first)):
        before = last.get(row.seller_id)
        if before is not None and before.covers(row.first):
            return row
        last[row.seller_id] = Span(row.first, row.until)
    return None


class TeamsOfSeller(admin.TabularInline):
    """On a seller's page: where they were, are and will be."""

    model = Membership
    form = MembershipForm
    formset = MembershipFormSet
    fields = ["team", "first", "until"]
    autocomplete_fields = ["team"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("seller__user", "team")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0


class KnownSellerForm(MembershipForm):
    """On a team's page a row keeps its seller: a name, not a box to search in, which costs a query each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None and "seller" in self.fields:
            field = self.fields["seller"]
            field.widget = forms.Select(choices=[(self.instance.seller_id, str(self.instance.seller))])
            field.disabled = True


class SellersOfTeam(admin.TabularInline):
    """On a team's page: who is in it today and who will come."""

    model = Membership
    form = KnownSellerForm
    formset = MembershipFormSet
    verbose_name_plural = gettext_lazy("members, today and to come")
    fields = ["seller", "first", "until"]
    autocomplete_fields = ["seller"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return current_and_coming(super().get_queryset(request), today=clock.today()).select_related(
            "seller__user", "team"
        )


def current_and_coming(memberships: QuerySet[Membership], *, today: date) -> QuerySet[Membership]:
    return memberships.filter(Q(until=None) | Q(until__gt=today))


class LeaveInline(admin.TabularInline):
    """On a seller's page: the days on which their activity does not fade."""

    model = Leave
    formset = NamedCells
    fields = ["first", "until"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Leave]:
        return super().get_queryset(request).select_related("seller__user")
