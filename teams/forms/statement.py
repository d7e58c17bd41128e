"""Which days a statement is of, and which of its lines are shown."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scoring.forms import EARLIEST_LISTED, DayInput
from scoring.formula.catalogue import PILLARS
from scoring.labels import pillar_label
from scoring.rulebook import kinds


class StatementForm(forms.Form):
    """Two days, and part of the lines; what is not said is as the page proposes."""

    first = forms.DateField(label=_("From the index of"), required=False, widget=DayInput)
    last = forms.DateField(label=_("To the index of"), required=False, widget=DayInput)
    pillar = forms.ChoiceField(label=_("Pillar"), required=False)
    kind = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, first: date, last: date) -> None:
        super().__init__(data, auto_id="statement-%s")
        self.proposed = {"first": first, "last": last}
        every = [("", gettext("All"))]
        self.fields["pillar"].choices = every + [(name, pillar_label(name)) for name in PILLARS]  # type: ignore[attr-defined]

    def clean_first(self) -> date:
        return self._listed("first")

    def clean_last(self) -> date:
        return self._listed("last")

    def clean_kind(self) -> str:
        """One that there never was narrows nothing."""
        code = self.cleaned_data["kind"]
        return code if code in {kind.code for kind in kinds().values()} else ""

    def _listed(self, name: str) -> date:
        day: date = self.cleaned_data[name] or self.proposed[name]
        if day < EARLIEST_LISTED:
            raise forms.ValidationError(gettext("That is before anything could be logged."))
        return day
