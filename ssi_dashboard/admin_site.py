"""Django's admin behind the same door as the rest: one sign-in, one rate limit; for administrators only."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from scoring import night
from scoring.models import Restatement, Run
from scoring.plans import promises
from ssi_dashboard import clock
from teams import access


class AdminSite(admin.AdminSite):
    site_header = _("SSI Dashboard · administration")
    site_title = _("SSI Dashboard")
    index_title = _("Administration")
    site_url = "/"
    empty_value_display = "–"

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        """What the sign-in keeps for itself is nobody's to edit: an address is changed with its person."""
        if model_or_iterable is not EmailAddress:
            super().register(model_or_iterable, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """The admin knows no rows that are one's own, so that only those who may see all come in."""
        return super().has_permission(request) and access.is_administrator(request.user)

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Nobody signs in here; who is in already and may not come further is told so, not asked again."""
        if not request.user.is_authenticated:
            return _sign_in(request)
        if self.has_permission(request):
            return redirect("admin:index")
        return render(request, "admin/refused.html", status=403)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**_state_of_today(), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return Autocomplete.as_view(admin_site=self)(request)


def _to_index(request: HttpRequest) -> HttpResponse:
    return redirect("admin:index")


_sign_in = secure_admin_login(_to_index)


def _state_of_today() -> dict[str, Any]:
    """What an administrator looks for first: whether the night is done, and what still waits."""
    return {
        "run": Run.objects.filter(day=clock.today()).first(),
        "published_day": night.published_day(),
        "waiting": Restatement.objects.count(),
        "promises": promises.tally(),
        "replay": Run.objects.filter(replayed_at__isnull=False).first(),
    }


class Autocomplete(AutocompleteJsonView):
    """Two people of one name are told apart where an admin has a longer label."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "autocomplete_label", str)
        return {**super().serialize_result(obj, to_field_name), "text": label(obj)}
