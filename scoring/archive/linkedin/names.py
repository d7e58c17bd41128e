"""Names told apart, and texts compared, however an era of the format wrote them."""

import re
import unicodedata
from functools import lru_cache

# What decomposition leaves whole.
_STROKES = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
_ACCENTS = re.compile("[\u0300-\u036f]+")
_ASIDE = re.compile(r"\([^()]*\)")
_OTHER = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """A text without case and accents."""
    return _ACCENTS.sub("", _parted(text))


@lru_cache(maxsize=1024)
def letters(text: str) -> str:
    """The letters and figures of a text alone: quotes, spaces and line ends differ from export to export."""
    return _OTHER.sub("", _parted(text))


def first_letters(text: str, most: int) -> str:
    """The beginning of the letters of a text; most texts have enough in the first few words."""
    few = letters(text[: 2 * most])
    return few[:most] if len(few) >= most else letters(text)[:most]


def _parted(text: str) -> str:
    """A text without case, whose accents are signs of their own."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    for sign, letter in _STROKES.items():  # several times faster than `translate`
        plain = plain.replace(sign, letter)
    return plain


@lru_cache(maxsize=4096)
def person(*names: str) -> str:
    """A person's name without titles after a comma and asides in brackets, which come and go.

    "" where there is no name: a hidden member.
    """
    essential = "".join([letters(_ASIDE.sub("", name).partition(",")[0]) for name in names])
    return essential or letters(" ".join(names)) or "".join("".join(names).split())
