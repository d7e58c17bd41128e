"""The parts of `ssi_dashboard/parts.py` in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from ssi_dashboard import parts

register = template.Library()
register.simple_tag(parts.icon)


@register.simple_tag
def delta(hundredths: Any, period: str = "") -> SafeString:
    return parts.delta(None if hundredths == "" else hundredths, period)
