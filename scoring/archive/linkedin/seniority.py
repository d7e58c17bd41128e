"""Whether a position is one of somebody who decides, by the phrases of the administrator."""

import re

from scoring.archive.linkedin.names import folded


class Seniority:
    """Phrases are whole words, whatever their case and accents; a "?" in one is any letter (C?O)."""

    def __init__(self, phrases: tuple[str, ...]) -> None:
        told = [pattern for phrase in phrases if (pattern := _pattern(phrase))]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(told)})(?!\w)") if told else None

    def of(self, position: str) -> bool:
        return bool(self._pattern and self._pattern.search(folded(position)))


def _pattern(phrase: str) -> str:
    words = folded(phrase).split()
    return r"\s+".join(r"\w".join(map(re.escape, word.split("?"))) for word in words)
