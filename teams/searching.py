"""Finding people by parts of their names where there are too many to read: the database looks, by pattern."""

import re
from collections import defaultdict

from django.db.models import Q

from teams.names import folded

LATIN = range(0x80, 0x250)


def named_like(query: str, *, path: str = "") -> Q:
    """Whose name has each of the words' parts, without regard to case and accents; `path` leads to the user.

    A person without a name is found by what their row shows: the address up to the @.
    """
    words = Q()
    for word in folded(query).split():
        part = pattern(word)
        nameless = Q(
            **{f"{path}first_name": "", f"{path}last_name": "", f"{path}email__regex": f"^[^@]*{part}"}
        )
        words &= Q(**{f"{path}first_name__regex": part}) | Q(**{f"{path}last_name__regex": part}) | nameless
    return words


def pattern(word: str) -> str:
    """A regular expression, for either database, of all that folds to the word."""
    parts, at = [], 0
    while at < len(word):
        pair = word[at : at + 2]
        if len(pair) == 2 and pair in _TWO_LETTERS:
            parts.append(f"({_one(pair[0])}{_one(pair[1])}|[{_TWO_LETTERS[pair]}])")
            at += 2
        else:
            parts.append(_one(word[at]))
            at += 1
    return "".join(parts)


def _one(letter: str) -> str:
    if not letter.isalpha():
        return re.escape(letter)
    return f"[{''.join(sorted({letter, letter.upper()[:1]}))}{_VARIANTS.get(letter, '')}]"


def _variants(length: int) -> dict[str, str]:
    found: dict[str, str] = defaultdict(str)
    for letter in map(chr, LATIN):
        plain = folded(letter)
        if plain != letter and len(plain) == length and plain.isascii() and plain.isalpha():
            found[plain] += letter
    return dict(found)


_VARIANTS, _TWO_LETTERS = _variants(1), _variants(2)
