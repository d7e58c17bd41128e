"""How much is told of a cell that was not understood.

A table that is badly quoted, or whose columns were moved, has anybody's words where a date or a status should
be: so of a date only what dates are made of is told, and of a type or a status a single word.
"""

import re
import unicodedata

from scoring.archive.dates import MONTHS

LONGEST = 60  # characters
# The reasons why a date is not taken.
OF_DAYS = {"no_day", "day_or_month", "too_early", "future", "bad_day", "bad_until"}
LETTERS = re.compile(r"[^\W\d_]+")
ONE_WORD = re.compile(r"[^\W\d]{1,30}")  # underscores are of the word
WORDS = {
    *MONTHS,
    *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *("lun", "mer", "gio", "ven", "sab", "dom", "pon", "wto", "sro", "czw", "pia", "sob", "nie"),
    *("am", "pm", "utc", "gmt", "cet", "cest", "t", "z", "at", "on", "n", "a", "nan", "none", "null"),
}


def tellable(value: str, reason: str) -> str:
    """What may be told of a value that was not taken; words that may be somebody's are left out."""
    if len(value) > LONGEST:
        return ""
    if reason in OF_DAYS:
        value = LETTERS.sub(lambda word: word[0] if _plain(word[0]) in WORDS else "…", value)
    elif not ONE_WORD.fullmatch(value):
        return ""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in value)


def _plain(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ł", "l"))
    return "".join(char for char in plain if char.isalpha())
