"""How numbers are shown: one place, so that a page, a chart and a file say the same."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language


def shown(hundredths: int | None, *, signed: bool = False, language: str | None = None) -> str:
    """Write hundredths of a point in the active language: 7134 is 71.34; None is an en dash.

    Who writes hundreds gives the active language along, for to ask for it takes longer than all else here.
    """
    if hundredths is None:
        return "–"
    text = _written(abs(hundredths), language or get_language())
    if hundredths < 0:
        return f"−{text}"
    return f"+{text}" if signed else text


@lru_cache(maxsize=30_000)
def _written(hundredths: int, language: str | None) -> str:  # noqa: ARG001  the number is in its style
    """Remembered, for a board writes hundreds, and Django takes longer for one than for the rest of a row."""
    return number_format(hundredths / 100, decimal_pos=2, use_l10n=True)


def plain(hundredths: int | None) -> str:
    """Write hundredths for a file: a point, two decimals, nothing else; None is empty."""
    if hundredths is None:
        return ""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
