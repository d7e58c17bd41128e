"""What is written and agreed in a one-to-one, as somebody types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scoring.forms import DayInput
from teams.models import AgreedAction, Note
from teams.models.one_to_one import LONGEST_NOTE


class NoteForm(forms.ModelForm):
    class Meta:
        model = Note
        fields = ("day", "text")
        labels = {"day": _("Day of the conversation"), "text": _("Note")}
        help_texts = {"text": _("Only the two of you read it.")}
        widgets = {"day": DayInput, "text": forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST_NOTE})}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="note-%s", **kwargs)


class ActionForm(forms.ModelForm):
    class Meta:
        model = AgreedAction
        fields = ("text", "due")
        labels = {"text": _("What you agreed on"), "due": _("By")}
        widgets = {"due": DayInput}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="action-%s", **kwargs)
