"""What a person may choose for themselves."""

import zoneinfo
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from teams.models import Seller, User

AREAS = frozenset(
    ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific", "UTC"]
)


class PersonForm(forms.ModelForm):
    """Language, zone, theme and shortcuts: for everybody who signs in."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("For moments, such as when something was changed. Days are the organisation's."),
    )

    class Meta:
        model = User
        fields = ("language", "time_zone", "theme", "shortcuts")
        widgets = {"theme": forms.RadioSelect}
        labels = {"theme": _("Theme"), "shortcuts": _("Single-key shortcuts")}
        help_texts = {"shortcuts": _("Such as n to log an activity. ? lists them all.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        self._offer("language", [("", _("As the browser")), *languages])
        organisation = _("The organisation's (%(zone)s)") % {"zone": settings.TIME_ZONE}
        known = sorted({*time_zones(), *filter(None, [self.instance.time_zone])})
        self._offer("time_zone", [("", organisation), *((name, name) for name in known)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices


class SellerForm(forms.ModelForm):
    """What a scored person chooses besides."""

    class Meta:
        model = Seller
        fields = ("shown_on_boards", "minutes_per_week")
        labels = {
            "shown_on_boards": _("Show me on boards"),
            "minutes_per_week": _("Minutes a week for coaching tips"),
        }
        help_texts = {
            "shown_on_boards": _(
                "Off: you are in no board, no rank, no average and no export. "
                "You and those who manage you still see your row, and it says so. It takes effect at once."
            ),
            "minutes_per_week": _("Tips never ask for more. 0 to 2400; 60 is an hour."),
        }


def own_name(code: str) -> str:
    """A language as its speakers call it: who needs the choice may not read the page."""
    return str(translation.get_language_info(code)["name_local"])


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """Places by their zone, as in Europe/Warsaw, and UTC; the historical aliases are left out."""
    return tuple(name for name in zoneinfo.available_timezones() if name.partition("/")[0] in AREAS)
