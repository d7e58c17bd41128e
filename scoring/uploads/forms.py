"""What is brought in, and what is said about it before it counts."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scoring.labels import kind_label

LONGEST_SEARCH = 80
SEARCHES = "people_search"


class UploadForm(forms.Form):
    """One file; the limit is named where it is too large."""

    file = forms.FileField(
        label=_("The zip, or a single file"),
        help_text=_("Drop it here or choose it. Its kind is recognised by what is in it."),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty."),
        },
    )

    searches = forms.BooleanField(
        label=_("Count my searches on Facebook too"),
        help_text=_("Only that you searched, and on which day."),
        required=False,
    )

    def __init__(self, *args: Any, most_bytes: int, is_organisations: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most_bytes = most_bytes
        if is_organisations:
            del self.fields["searches"]
            self.fields["file"].label = _("The activity export, a CSV")

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > self.most_bytes:
            raise ValidationError(too_large(self.most_bytes))
        return file

    def opted_in(self) -> list[str]:
        """The kinds that are taken only when asked for."""
        return [SEARCHES] if self.cleaned_data.get("searches") else []


def too_large(most_bytes: int) -> str:
    return gettext("The file is too large: at most %(size)s can be brought in.") % {
        "size": filesizeformat(most_bytes)
    }


class ConfirmationForm(forms.Form):
    """Which standing items are true; none is ticked before the seller ticks it."""

    items = forms.MultipleChoiceField(
        label=_("Your profile suggests these. Tick what is true"),
        help_text=_("Only what you tick goes on your checklist."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("That is not offered any more. Look at the list once more.")},
    )

    def __init__(self, *args: Any, items: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, kind_label(code)) for code in items]
        if offered:
            cast(forms.MultipleChoiceField, self.fields["items"]).choices = offered
        else:
            del self.fields["items"]

    def chosen(self) -> list[str]:
        return list(self.cleaned_data.get("items", []))


class SellerSearchForm(forms.Form):
    q = forms.CharField(required=False, max_length=LONGEST_SEARCH, label=_("Find a seller"))

    def wanted(self) -> str:
        return str(self.cleaned_data["q"]) if self.is_valid() else ""


class SeatForm(forms.Form):
    """Whose a seat is; nobody's when no seller is chosen."""

    number = forms.RegexField(r"^[\w.:-]{1,40}$", widget=forms.HiddenInput)
    seller: forms.ModelChoiceField = forms.ModelChoiceField(queryset=None, required=False, label=_("Seller"))

    def __init__(self, *args: Any, sellers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["seller"]).queryset = sellers
