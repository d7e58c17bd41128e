"""Links that people attach: to the web and nowhere else."""

from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

web_address = URLValidator(
    schemes=["http", "https"], message=_("Use an address that begins with http:// or https://.")
)


class LinkField(models.URLField):
    """An address on the web; forms check it whole, the database its scheme (`is_web_link`)."""

    default_validators = [web_address]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 500, "blank": True, **kwargs})

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


def is_web_link(field: str) -> Q:
    """The condition of a database constraint, since imports and bulk writes run no validator."""
    return (
        Q(**{field: ""})
        | Q(**{f"{field}__startswith": "https://"})
        | Q(**{f"{field}__startswith": "http://"})
    )
