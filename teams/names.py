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


def name_on_boards(first_name: str, last_name: str, email: str) -> str:
    return f"{first_name} {last_name}".strip() or email.partition("@")[0]


@lru_cache(maxsize=10_000)
def in_order(name: str, language: str) -> tuple[str, str]:
    """The key that sorts names as the language's alphabet does: in Polish, Ł comes after all of L."""
    return order_key(name, language), name


def order_key(name: str, language: str) -> str:
    """The same, but for names that differ in accents only."""
    own = OWN_LETTERS.get(language[:2], frozenset())
    return "".join([_weight(letter, own) for letter in unicodedata.normalize("NFC", name.casefold())])


@lru_cache(maxsize=4096)
def _weight(letter: str, own: frozenset[str]) -> str:
    return folded(letter) + (letter if letter in own else "\0")
