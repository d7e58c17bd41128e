"""How numbers are shown: one place, so that a page, a chart and a file say the same."""

from django.utils.formats import number_format


def shown(hundredths: int | None, *, signed: bool = False) -> str:
    """Write hundredths of a point in the active language: 7134 is 71.34; None is an en dash."""
    if hundredths is None:
        return "–"
    text = number_format(abs(hundredths) / 100, decimal_pos=2, use_l10n=True)
    if hundredths < 0:
        return f"−{text}"
    return f"+{text}" if signed else text


def plain(hundredths: int | None) -> str:
    """Write hundredths for a file: a point, two decimals, nothing else; None is empty."""
    if hundredths is None:
        return ""
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
