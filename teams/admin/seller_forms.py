"""What an action on sellers must know."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from ssi_dashboard import clock
from teams.models import Membership, Team


class MoveForm(forms.Form):
    team = forms.ModelChoiceField(label=_("Team"), queryset=Team.objects.all())
    day = forms.DateField(
        label=_("From"), widget=AdminDateWidget(), help_text=_("The first day in the new team.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        team.widget = AutocompleteSelect(Membership._meta.get_field("team"), admin.site)
        team.widget.choices = team.choices  # type: ignore[attr-defined]
        self.fields["day"].initial = clock.today()


class LeavingForm(forms.Form):
    day = forms.DateField(
        label=_("Left on"),
        widget=AdminDateWidget(),
        help_text=_("The first day on which they are no longer scored."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.today()
