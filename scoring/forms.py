"""What sellers type, turned into what the middle takes."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scoring.formula.catalogue import PILLARS, Nature
from scoring.intake import Entry, first_day_by_hand
from scoring.labels import NETWORK_LABELS, network_choices, pillar_label
from scoring.models import Activity, Kind, OfficialScore
from scoring.models.activity import MOST_AT_ONCE
from scoring.models.links import web_address
from scoring.official.figures import (
    MOST_DECIMALS,
    OFFICIAL_FIELDS,
    OPENED_TO_EVERYBODY,
    is_sum,
    rounded,
    sum_of_four,
)
from scoring.official.file import MOST_BYTES
from scoring.official.text import LONGEST_TEXT, read_official
from scoring.rulebook import kinds

EARLIEST_LISTED = date(2000, 1, 1)
MOST_MINUTES_PER_WEEK = 2400


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class LinkField(forms.URLField):
    """An address on the web; one without a scheme is taken for https."""

    default_validators = [web_address]
    default_error_messages = {"invalid": _("Use http:// or https://")}
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "autocapitalize": "none"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)

    def to_python(self, value: Any) -> str:
        """The scheme in small letters, as the database demands it."""
        scheme, colon, rest = str(super().to_python(value)).partition(":")
        return f"{scheme.lower()}{colon}{rest}"


class KindSelect(forms.ModelChoiceField):
    """The acts that one may log, by their code."""

    def __init__(self, **kwargs: Any) -> None:
        acts = Kind.objects.filter(nature=Nature.EVENT.value)
        super().__init__(acts, to_field_name="code", label=_("Activity"), **kwargs)


class ActivityForm(forms.Form):
    """An act, whole or only its kind and token; what is not said is one act today without further detail."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    kind = KindSelect(
        error_messages={"required": _("Choose an activity."), "invalid_choice": _("Choose an activity.")}
    )
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    quantity = forms.IntegerField(
        label=_("How many"),
        required=False,
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    network = forms.ChoiceField(label=_("Network"), required=False)
    link = LinkField(label=_("Link"), required=False, max_length=500)
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        days = {"min": first_day_by_hand(today).isoformat(), "max": today.isoformat()}
        self.fields["day"].widget.attrs |= days
        acts = [kind for kind in kinds().values() if not kind.is_standing]
        self._offer(acts, chosen=self["kind"].value())

    def _offer(self, acts: list[Kind], *, chosen: str | None) -> None:
        """Group the kinds by pillar; once one is chosen, its networks are all that is offered."""
        known = {code for kind in acts if kind.code == chosen for code in kind.network_codes}
        grouped = [
            (pillar_label(pillar), [(kind.code, kind.label) for kind in acts if kind.pillar == pillar])
            for pillar in PILLARS
        ]
        cast(KindSelect, self.fields["kind"]).choices = [("", _("Choose an activity")), *grouped]
        network = cast(forms.ChoiceField, self.fields["network"])
        network.choices = everywhere = [("", _("Not said")), *network_choices()]
        network.widget.choices = [choice for choice in everywhere if not known or choice[0] in ("", *known)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, network = cleaned.get("kind"), cleaned.get("network")
        if kind and network and network not in kind.network_codes:
            names = ", ".join(str(NETWORK_LABELS[code]) for code in kind.network_codes)
            self.add_error("network", gettext("This activity counts on: %(networks)s.") % {"networks": names})
        return cleaned

    def entry(self) -> Entry:
        said = self.cleaned_data
        return Entry(
            kind=said["kind"],
            day=said["day"] or self.today,
            quantity=said["quantity"] or 1,
            network=said["network"],
            link=said["link"],
            note=said["note"],
        )


class ActivityChangeForm(ActivityForm):
    """The same of an act that is known; instead of a token it says which version it was made for."""

    token = None  # type: ignore[assignment]
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        initial = {name: getattr(activity, name) for name in ("day", "quantity", "network", "link", "note")}
        super().__init__(
            *args,
            initial={"kind": activity.kind.code, "version": activity.version, **initial},
            auto_id=f"activity-{activity.pk}-%s",
            **kwargs,
        )
        self.fields["network"].widget.attrs["autofocus"] = True
        day = self.fields["day"]
        day.required = self.fields["quantity"].required = True
        day.widget.attrs["min"] = min(activity.day, first_day_by_hand(self.today)).isoformat()


class DayForm(forms.Form):
    """Which day a page shows: today, or an earlier one."""

    day = forms.DateField(required=False)

    def day_or(self, today: date) -> date:
        """Whatever is no day, lies ahead, or long before anybody logged, is today."""
        day = self.cleaned_data.get("day") if self.is_valid() else None
        return day if day and EARLIEST_LISTED <= day <= today else today


class MinutesForm(forms.Form):
    minutes_per_week = forms.IntegerField(
        label=_("Minutes a week"),
        min_value=0,
        max_value=MOST_MINUTES_PER_WEEK,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "step": 5}),
    )


class NumberField(forms.DecimalField):
    """A number typed with a point or a comma and no more decimals than LinkedIn shows; kept with two."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, label: Any, *, most: int, required: bool = True) -> None:
        super().__init__(
            label=label, min_value=0, max_value=most, decimal_places=MOST_DECIMALS, required=required
        )

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Decimal | None:
        number = super().clean(value)
        return None if number is None else rounded(number)


class OfficialScoreForm(forms.Form):
    """What LinkedIn's own page shows; the total may be left to us."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    brand = NumberField(_("Professional brand"), most=25)
    find = NumberField(_("Finding the right people"), most=25)
    engage = NumberField(_("Engaging with insights"), most=25)
    relate = NumberField(_("Building relationships"), most=25)
    total = NumberField(_("Total out of 100"), most=100, required=False)
    industry_top = forms.IntegerField(
        label=_("Industry: top %"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    network_top = forms.IntegerField(
        label=_("Network: top %"),
        min_value=1,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].widget.attrs |= {"min": OPENED_TO_EVERYBODY.isoformat(), "max": today.isoformat()}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.today:
            words = gettext("That day has not come yet: the latest is %(day)s.")
            raise ValidationError(words % {"day": date_format(self.today)})
        if day < OPENED_TO_EVERYBODY:
            words = gettext("LinkedIn's index opened to everybody on %(day)s.")
            raise ValidationError(words % {"day": date_format(OPENED_TO_EVERYBODY)})
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if any(cleaned.get(pillar) is None for pillar in PILLARS):
            return cleaned
        added = sum_of_four(cleaned)
        if cleaned.get("total") is None and "total" not in self.errors:
            cleaned["total"] = added
        elif "total" not in self.errors and not is_sum(cleaned["total"], added):
            self.add_error("total", gettext("The four add up to %(sum)s.") % {"sum": added})
        return cleaned

    @staticmethod
    def initial_of(official: OfficialScore | None, *, day: date) -> dict[str, Any]:
        if official is None:
            return {"day": day}
        return {name: getattr(official, name) for name in ("day", *OFFICIAL_FIELDS)}


class OfficialTextForm(forms.Form):
    """What was copied from LinkedIn's page."""

    text = forms.CharField(
        label=_("Text of LinkedIn's page"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Paste the text of the page first.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.reading = read_official(text)
        if not self.reading.is_empty:
            return text
        raise ValidationError(
            gettext("None of the seven numbers is in this text. Copy the whole page, or type them below.")
        )


class OfficialFileForm(forms.Form):
    """A file of past values; the limit is named where it is too large."""

    file = forms.FileField(
        label=_("CSV file"),
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            words = gettext("The file is too large: at most %(size)s can be taken in.")
            raise ValidationError(words % {"size": filesizeformat(MOST_BYTES)})
        content: bytes = file.read()
        return content
