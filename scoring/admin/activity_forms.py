"""What an administrator says when correcting or deleting an act; the reason goes into its history."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring import intake
from scoring.formula.catalogue import Nature
from scoring.models import Activity, Kind
from ssi_dashboard import clock


def reason_field() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        widget=AdminTextInputWidget(),
        help_text=gettext_lazy("Kept in the history of the activity."),
    )


class ReasonForm(forms.Form):
    reason = reason_field()


class CorrectionForm(forms.ModelForm):
    reason = reason_field()

    class Meta:
        model = Activity
        fields = ("kind", "day", "quantity", "network", "link", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:
            self.fields["kind"].queryset = Kind.objects.filter(nature=Nature.EVENT.value)  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        """The same days as for sellers; a day that stays may lie further back."""
        day: date = self.cleaned_data["day"]
        today = clock.today()
        if day > today:
            raise forms.ValidationError(_("That day has not come yet."))
        if day != self.initial["day"] and day < intake.first_day_by_hand(today):
            earliest = date_format(intake.first_day_by_hand(today))
            raise forms.ValidationError(
                _("That is too long ago: activities can be logged back to %(day)s.") % {"day": earliest}
            )
        return day

    def changes(self) -> list[str]:
        """Say of every corrected field what stood there and what stands there now."""
        return [
            _("%(field)s: %(before)s → %(after)s")
            % {
                "field": str(self.fields[name].label),
                "before": self._shown(name, self.initial.get(name)),
                "after": self._shown(name, self.cleaned_data[name]),
            }
            for name in self.changed_data
            if name != "reason"
        ]

    def _shown(self, name: str, value: Any) -> str:
        if name == "kind" and not isinstance(value, Kind):
            return str(Kind.objects.get(pk=value))
        return "–" if value in (None, "") else str(value)
