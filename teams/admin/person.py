"""The people who sign in, by their e-mail."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ssi_dashboard import clock
from teams.admin.deletion import what_goes_with
from teams.admin.person_forms import NewPersonForm
from teams.models import Seller, User


@admin.register(User)
class PersonAdmin(UserAdmin):
    add_form = NewPersonForm
    add_form_template = "admin/change_form.html"
    list_display = ["name", "email", "is_active", "is_staff", "last_login", "is_demo"]
    list_display_links = ["name", "email"]
    list_filter = ["is_active", "is_staff", "groups", "is_demo"]
    list_per_page = 50
    show_full_result_count = False
    search_fields = ["first_name", "last_name", "email"]
    search_help_text = gettext_lazy("Name or e-mail")
    ordering = ["last_name", "first_name", "email"]
    filter_horizontal = []
    autocomplete_fields = ["groups"]
    readonly_fields = ["last_login", "date_joined", "is_demo"]
    fieldsets = [
        (None, {"fields": ["email", "password", ("first_name", "last_name"), "language"]}),
        (
            gettext_lazy("What they may do"),
            {
                "fields": ["is_active", "is_staff", "is_superuser", "groups"],
                "description": gettext_lazy(
                    "An administrator is in the group “Administrator” and may enter the administration. "
                    "Managers are named at their teams."
                ),
            },
        ),
        (gettext_lazy("Since"), {"fields": ["last_login", "date_joined", "is_demo"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", ("first_name", "last_name"), "password1", "password2"]})]

    @admin.display(description=gettext_lazy("name"), ordering="last_name")
    def name(self, person: User) -> str:
        return person.name

    def autocomplete_label(self, person: User) -> str:
        return f"{person.name} · {person.email}"

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes another; nobody takes their own way in."""
        fields = list(super().get_readonly_fields(request, obj))
        if not request.user.is_superuser:
            fields.append("is_superuser")
        if obj is not None and obj.pk == request.user.pk:
            fields += ["is_active", "is_staff", "is_superuser", "groups"]
        return fields

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and _within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        oneself = obj is not None and obj.pk == request.user.pk
        return super().has_delete_permission(request, obj) and _within_reach(request, obj) and not oneself

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """People are deleted one by one: for many at once nobody looks whom they may delete."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Who has a past as a seller, or in the log of corrections, is made inactive instead."""
        sellers = Seller.objects.filter(user__in=[person.pk for person in objs])
        named, counts, lacking, kept = what_goes_with(
            sellers, named=[str(person) for person in objs], today=clock.today()
        )
        done = LogEntry.objects.filter(user__in=[person.pk for person in objs]).count()
        if done:
            sentence = _("Entries in the log: %(count)d. Take away “active” instead: the log then stays.")
            kept = [*kept, sentence % {"count": done}]
        return named, counts, lacking, kept

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            # What the sign-in keeps of the old address must not let anybody in.
            EmailAddress.objects.filter(user=obj).delete()


def _within_reach(request: HttpRequest, person: User | None) -> bool:
    """A superuser is changed by a superuser only."""
    return person is None or not person.is_superuser or bool(request.user.is_superuser)
