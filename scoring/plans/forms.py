"""What sellers say about their plan: time, what they do not want, a target, and what they wonder about."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scoring.forms import DayInput, MinutesForm, NumberField
from scoring.formula.catalogue import Kind
from scoring.formula.plan import MOST_DAYS
from scoring.labels import kind_label

A_WEEK = timedelta(days=7)


class PlanForm(MinutesForm):
    """How much time there is, and which kinds are not wanted."""

    unwanted = forms.MultipleChoiceField(
        label=_("Not for me"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing of these is planned."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, plannable: Iterable[str], initial: dict[str, Any]
    ) -> None:
        super().__init__(data, initial=initial, auto_id="plan-%s")
        field = cast(forms.MultipleChoiceField, self.fields["unwanted"])
        field.choices = [(code, kind_label(code)) for code in plannable]


class TargetForm(forms.Form):
    """An index, and the day by which it is to be reached."""

    target = NumberField(_("Index"), most=100)
    by = forms.DateField(label=_("By"), widget=DayInput)

    def __init__(self, data: Mapping[str, Any] | None, *, today: date) -> None:
        initial = {"target": 70, "by": today + 4 * A_WEEK}
        super().__init__(data, initial=initial, auto_id="target-%s")
        self.today, self.last = today, today + timedelta(days=MOST_DAYS)
        first = today + timedelta(days=1)
        self.fields["by"].widget.attrs |= {"min": first.isoformat(), "max": self.last.isoformat()}

    def clean_by(self) -> date:
        by: date = self.cleaned_data["by"]
        if not self.today < by <= self.last:
            words = gettext("Choose a day after today, up to %(day)s.")
            raise ValidationError(words % {"day": date_format(self.last)})
        return by

    @property
    def hundredths(self) -> int:
        return int(self.cleaned_data["target"] * 100)

    @property
    def days(self) -> int:
        by: date = self.cleaned_data["by"]
        return (by - self.today).days


MOST_TIMES = 200  # a week
STEP = {"more": 1, "less": -1}


class WhatIfForm(forms.Form):
    """How often a week each kind would be done, and which items would be put in place; nothing is 0.

    A button named `more` or `less` moves the number of the kind that it names by one.
    """

    def __init__(self, data: Mapping[str, Any], *, kinds: Iterable[Kind], held: Iterable[str]) -> None:
        held, stepped = set(held), {**dict(data.items())}
        for name, step in STEP.items():
            code = stepped.get(name, "")
            if code:
                stepped[code] = str(max(0, min(MOST_TIMES, _number(stepped.get(code)) + step)))
        super().__init__(stepped, auto_id="if-%s")
        for kind in kinds:
            if kind.standing and kind.code not in held:
                self.fields[kind.code] = forms.BooleanField(label=kind_label(kind.code), required=False)
            elif not kind.standing:
                self.fields[kind.code] = forms.IntegerField(
                    label=kind_label(kind.code),
                    required=False,
                    min_value=0,
                    max_value=MOST_TIMES,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "0"}),
                )

    @property
    def is_stepped(self) -> bool:
        return any(name in self.data for name in STEP)

    def wishes(self) -> dict[str, int]:
        """Times a week by kind, 1 for an item; without what is not said or is no number."""
        self.is_valid()
        return {code: int(said) for code, said in self.cleaned_data.items() if said}


def _number(text: Any) -> int:
    text = str(text or "0").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
