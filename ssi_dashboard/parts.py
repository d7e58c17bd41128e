"""Small parts that come many times on a page, as HTML: as templates they took longer than all else on it.

The templates `_icon.html` and `_delta.html` show the same parts. The language is the active one, which may be
given along as in `shown`.
"""

from functools import lru_cache
from html import escape

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from ssi_dashboard.numbers import shown


@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    shape = f"""<use href="{escape(static("img/icons.svg"))}#{escape(name)}"/>"""
    return mark_safe(  # noqa: S308
        f'<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">{shape}</svg>'
    )


def delta(hundredths: int | None, period: str = "", *, language: str | None = None) -> SafeString:
    """A change; nothing when it is unknown. The period, already translated, is read aloud."""
    if hundredths is None:
        return mark_safe("")
    return _delta(hundredths, str(period), language or get_language())


@lru_cache(maxsize=10_000)
def _delta(hundredths: int, period: str, language: str | None) -> SafeString:
    direction, sign, said = _direction(hundredths)
    told = f" {_hidden(period)}" if period else ""
    number = shown(abs(hundredths), language=language)
    return mark_safe(  # noqa: S308
        f'<span class="delta number{direction}"><span aria-hidden="true">{sign}</span> '
        f"{_hidden(said)}{number}{told}</span>"
    )


def _direction(hundredths: int) -> tuple[str, str, str]:
    if hundredths > 0:
        return " up", "▲", pgettext("change", "up")
    if hundredths < 0:
        return " down", "▼", pgettext("change", "down")
    return "", "–", _("unchanged")


def movement(
    rank: int, *, tied: bool, move: int | None, is_new: bool, language: str | None = None
) -> SafeString:
    """A place, and how many places up it is since the last time; None when that is unknown."""
    moved = _moved(tied, move, is_new, language or get_language())
    return mark_safe(f'<span class="place number">{rank}</span>{moved}')  # noqa: S308


@lru_cache(maxsize=10_000)
def _moved(tied: bool, move: int | None, is_new: bool, language: str | None) -> str:  # noqa: ARG001  it is said in it
    parts = [""]
    if tied:
        said = _("tied")
        parts.append(f'<span class="tied">{escape(said)}</span>')
    if is_new:
        said = pgettext("on the board", "new")
        parts.append(f'<span class="move">{escape(said)}</span>')
    elif move is not None:
        direction, sign, said = _step(move)
        parts.append(
            f'<span class="move{direction}"><span aria-hidden="true">{sign}</span>{_hidden(said)}</span>'
        )
    return " ".join(parts)


def _step(places: int) -> tuple[str, str, str]:
    if places > 0:
        up = ngettext("up %(n)s place since last time", "up %(n)s places since last time", places)
        return " up number", f"▲{places}", up % {"n": places}
    if places < 0:
        return " down number", f"▼{-places}", _("places down since last time: %(n)s") % {"n": -places}
    return "", "–", _("same place as last time")


def _hidden(text: str) -> str:
    """For those who listen."""
    return f'<span class="visually-hidden">{escape(text)}</span>'
