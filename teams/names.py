"""Names as people look for them and put them in order."""

import unicodedata
from functools import lru_cache

# Letters with a place of their own in a language's alphabet, after the one that they resemble.
OWN_LETTERS = {"pl": frozenset("ąćęłńóśźż")}

_NOT_DECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe"})


def folded(text: str) -> str:
    """Lower case without accents: "Łukasz" is "lukasz"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_NOT_DECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=10_000)
def in_order(name: str, language: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """The key that sorts names as the language's alphabet does: in Polish, Ł comes after all of L."""
    own = OWN_LETTERS.get(language[:2], frozenset())
    letters = unicodedata.normalize("NFC", name.casefold())
    return tuple(_weight(letter, own) for letter in letters), name


@lru_cache(maxsize=4096)
def _weight(letter: str, own: frozenset[str]) -> tuple[str, int]:
    return folded(letter), ord(letter) if letter in own else 0
