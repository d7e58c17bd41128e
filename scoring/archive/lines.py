"""The lines of a text, counted and bounded, with a view of those that are still to come."""

from collections import deque
from typing import IO

from scoring.archive.broken import Broken
from scoring.archive.texts import mended, text_of

MOST_CHARACTERS = 1_000_000  # of a line, and of a record that runs over several
ENDS = ("\n", "\r")


class Lines:
    """A text line by line; `number` is that of the line last taken, from 1.

    Every line is given with its end. One that is too long is given as "", and its rest is passed over.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._text = text_of(stream)
        self._ahead: deque[str] = deque()
        self._read = 0
        self.number = 0

    def take(self) -> str | None:
        """The next line; None at the end. Raises Broken."""
        line = self.ahead(0)
        if line is not None:
            self._ahead.popleft()
            self.number += 1
        return line

    def ahead(self, place: int) -> str | None:
        """A line that is still to come, without taking it: 0 is the next. Raises Broken."""
        while len(self._ahead) <= place:
            line = self._next()
            if line is None:
                return None
            self._ahead.append(line)
        return self._ahead[place]

    def _next(self) -> str | None:
        try:
            line = self._text.readline(MOST_CHARACTERS + 1)
            if len(line) > MOST_CHARACTERS and not line.endswith(ENDS):
                self._pass_over()
                line = ""
            elif not line:
                return None
        except Broken as error:
            raise Broken(error.code, self._read) from error
        self._read += 1
        return mended(line)

    def _pass_over(self) -> None:
        while (rest := self._text.readline(1 << 16)) and not rest.endswith(ENDS):
            pass
