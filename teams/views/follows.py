"""Following a colleague, from a board."""

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ssi_dashboard import clock
from ssi_dashboard.pages import wants_region
from teams import access, following
from teams.forms.board import FollowForm
from teams.models import Seller


@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow a colleague or stop it; htmx gets the button in its new state."""
    own = access.seller_of(request.user)
    if own is None:
        raise Http404
    form = FollowForm(request.POST)
    form.is_valid()
    state = form.cleaned_data.get("state")
    colleague = get_object_or_404(_within_reach(own, state).select_related("user"), pk=pk)
    if state == "on":
        following.follow(own, colleague)
    elif state == "off":
        following.unfollow(own, colleague)
    else:
        return HttpResponse(_("Follow or unfollow?"), status=422)
    if not wants_region(request):
        return redirect(form.cleaned_data.get("next") or "/")
    said = _("You follow %(name)s.") if state == "on" else _("You no longer follow %(name)s.")
    colleague_now = {"seller": colleague.pk, "name": colleague.name, "followed": state == "on"}
    return render(
        request,
        "teams/_follow.html",
        {
            "place": colleague_now,
            "back": form.cleaned_data.get("next") or "/",
            "announce": said % {"name": colleague.name},
            "is_answer": True,
        },
    )


def _within_reach(own: Seller, state: str | None) -> QuerySet[Seller]:
    """Whom one may follow, and whom one follows already: those one may always stop following."""
    followable = Q(pk__in=following.followable(own.user, today=clock.today()))
    if state == "off":
        followable |= Q(pk__in=own.follows.values("followed"))
    return Seller.objects.filter(followable)
