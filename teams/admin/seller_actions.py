"""What is done to many sellers at once: move, invite, set as left, recompute."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scoring import recompute, tasks
from scoring.admin.confirmation import Question, confirmed, too_many
from scoring.models import Holding, Tally
from ssi_dashboard.hints import hint
from teams import invitations
from teams.admin.seller_forms import LeavingForm, MoveForm
from teams.models import Membership, Seller
from teams.moving import move

MOVE = Question(
    title=gettext_lazy("Move to a team"),
    consequence=gettext_lazy(
        "Their membership ends on that day and one in the team begins. Memberships planned for later stay. "
        "Past boards follow when the day lies in the past."
    ),
    button=gettext_lazy("Move"),
)
LEAVING = Question(
    title=gettext_lazy("Mark as having left"),
    consequence=gettext_lazy(
        "From that day on they are not scored and appear on no board; scores of that day and later are "
        "removed. What was before stays."
    ),
    button=gettext_lazy("Mark as having left"),
)
INVITING = Question(
    title=gettext_lazy("Invite"),
    consequence=gettext_lazy("Each gets a mail with a link to set a password. It is good for 7 days."),
    button=gettext_lazy("Send the invitations"),
)


class SellerActions:
    """Mixed into the admin of sellers."""

    @admin.action(description=gettext_lazy("Move to a team…"), permissions=["change"])
    def move_selected(self: Any, request: HttpRequest, sellers: QuerySet[Seller]) -> HttpResponse | None:
        answer = confirmed(self, request, sellers, action="move_selected", question=MOVE, form_class=MoveForm)
        if not isinstance(answer, forms.Form):
            return answer
        team, day = answer.cleaned_data["team"], answer.cleaned_data["day"]
        note = _("Moved to %(team)s on %(day)s.") % {"team": team, "day": date_format(day)}
        moved = 0
        with transaction.atomic():
            for seller in sellers.order_by("pk"):
                if move(seller, to=team, on=day):
                    self.log_change(request, seller, note)
                    moved += 1
        sentence = ngettext(
            "%(count)d seller is in %(team)s from %(day)s on.",
            "%(count)d sellers are in %(team)s from %(day)s on.",
            moved,
        )
        values = {"count": moved, "team": team, "day": date_format(day)}
        self.message_user(request, sentence % values, messages.SUCCESS)
        return None

    @admin.action(description=gettext_lazy("Mark as having left…"), permissions=["change"])
    def leave_selected(self: Any, request: HttpRequest, sellers: QuerySet[Seller]) -> HttpResponse | None:
        answer = confirmed(
            self, request, sellers, action="leave_selected", question=LEAVING, form_class=LeavingForm
        )
        if not isinstance(answer, forms.Form):
            return answer
        day = answer.cleaned_data["day"]
        too_early = sellers.filter(joined_on__gte=day)
        for seller in too_early:
            sentence = _("%(name)s joined on %(day)s: nobody leaves before the day after joining.")
            values = {"name": seller.name, "day": date_format(seller.joined_on)}
            self.message_user(request, sentence % values, messages.ERROR)
        left = self._set_left(request, sellers.filter(joined_on__lt=day), day)
        sentence = ngettext("%(count)d seller left on %(day)s.", "%(count)d sellers left on %(day)s.", left)
        self.message_user(request, sentence % {"count": left, "day": date_format(day)}, messages.SUCCESS)
        return None

    def _set_left(self: Any, request: HttpRequest, sellers: QuerySet[Seller], day: date) -> int:
        """Save them one by one: each save asks for the restatement."""
        with transaction.atomic():
            leaving = list(sellers.order_by("pk"))
            for seller in leaving:
                seller.left_on = day
                seller.save(update_fields=["left_on"])
                self.log_change(request, seller, _("Left on %(day)s.") % {"day": date_format(day)})
        return len(leaving)

    @admin.action(description=gettext_lazy("Invite: mail a link to set a password…"), permissions=["change"])
    def invite_selected(self: Any, request: HttpRequest, sellers: QuerySet[Seller]) -> HttpResponse | None:
        people = sellers.filter(user__is_active=True)
        answer = confirmed(
            self, request, people, action="invite_selected", question=INVITING, form_class=forms.Form
        )
        if not isinstance(answer, forms.Form):
            return answer
        sent = self._send_invitations(request, list(people))
        sentence = ngettext("%(count)d invitation is sent.", "%(count)d invitations are sent.", sent)
        self.message_user(request, sentence % {"count": sent}, messages.SUCCESS)
        return None

    def _send_invitations(self: Any, request: HttpRequest, sellers: list[Seller]) -> int:
        """Over one connection; the first failure of the mail server stops the rest, and is said."""
        sent = 0
        try:
            with get_connection() as connection:
                for seller in sellers:
                    invitations.invite(seller.user, connection=connection)
                    self.log_change(request, seller, _("Invited."))
                    sent += 1
        except OSError as error:
            sentence = _("The mail server refused, so the others were not invited: %(error)s")
            self.message_user(request, sentence % {"error": error}, messages.ERROR)
        return sent

    @admin.action(description=gettext_lazy("Recompute all scores"), permissions=["change"])
    def recompute_selected(self: Any, request: HttpRequest, sellers: QuerySet[Seller]) -> None:
        if too_many(self, request, sellers):
            return
        with transaction.atomic():
            for seller in sellers.order_by("pk"):
                recompute.ask(seller.pk, first=_first_day(seller))
                hint(tasks.settle, seller_id=seller.pk)
                self.log_change(request, seller, _("Recomputed."))
        sentence = ngettext(
            "The scores of %(count)d seller are being recomputed.",
            "The scores of %(count)d sellers are being recomputed.",
            len(sellers),
        )
        self.message_user(request, sentence % {"count": len(sellers)}, messages.SUCCESS)


def _first_day(seller: Seller) -> date:
    """The first day of which anything is known; the day of joining for somebody without a past."""
    firsts = [
        Tally.objects.filter(seller=seller).order_by("day").values_list("day", flat=True).first(),
        Holding.objects.filter(seller=seller).order_by("first").values_list("first", flat=True).first(),
        Membership.objects.filter(seller=seller).order_by("first").values_list("first", flat=True).first(),
    ]
    return min([seller.joined_on, *(day for day in firsts if day is not None)])
