"""A goal as somebody types it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scoring.forms import DayInput, NumberField
from scoring.formula.plan import MOST_DAYS
from teams.models import Goal

A_MONTH = timedelta(days=28)


class GoalForm(forms.Form):
    """What is to be how high by which day; as far ahead as the planner looks."""

    part = forms.ChoiceField(label=_("What"), choices=Goal.Part.choices)
    target = NumberField(_("How high, of 100"), most=100)
    by = forms.DateField(label=_("By"), widget=DayInput)

    def __init__(self, data: Any, *, today: date) -> None:
        initial = {"part": Goal.Part.SSI, "target": 70, "by": today + A_MONTH}
        super().__init__(data, initial=initial, auto_id="goal-%s")
        self.today, self.furthest = today, today + timedelta(days=MOST_DAYS)
        first = today + timedelta(days=1)
        self.fields["by"].widget.attrs |= {"min": first.isoformat(), "max": self.furthest.isoformat()}

    def clean_by(self) -> date:
        by: date = self.cleaned_data["by"]
        if not self.today < by <= self.furthest:
            words = gettext("Choose a day after today, up to %(day)s.")
            raise ValidationError(words % {"day": date_format(self.furthest)})
        return by

    def clean_target(self) -> int:
        """In hundredths."""
        target = int(self.cleaned_data["target"] * 100)
        if not target:
            raise ValidationError(gettext("A goal is above 0."))
        return target


class TokenForm(forms.Form):
    """What makes a second submission harmless."""

    token = forms.UUIDField(widget=forms.HiddenInput)
