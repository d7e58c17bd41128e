"""`{{ score.ssi|points }}` in templates."""

from django import template

from ssi_dashboard.numbers import shown

register = template.Library()


@register.filter
def points(hundredths: int | None) -> str:
    """71.34 for 7134."""
    return shown(hundredths)


@register.filter
def gain(hundredths: int | None) -> str:
    """+0.42 for 42."""
    return shown(hundredths, signed=True)


@register.filter
def moved(hundredths: int) -> str:
    """+0.42 for 42, and 0.00 without a sign."""
    return shown(hundredths, signed=hundredths != 0)
