from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """The day from which a draft rules; the model refuses what is too early."""

    day = forms.DateField(
        label=_("In force from"), widget=AdminDateWidget(), help_text=_("Tomorrow at the earliest.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today + timedelta(days=1)
