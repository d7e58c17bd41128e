"""JSON within limits: read element by element, so that memory does not grow with the file."""

import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from scoring.archive.broken import Broken
from scoring.archive.texts import text_of

CHARACTERS_AT_ONCE = 1 << 18
MOST_CHARACTERS = 16 * 1024 * 1024  # of one element, or of a tree that is read whole
WRAPPING = 1000  # characters in which `window.YTD.tweets.part0 =` ends
BLANK = " \t\r\n\ufeff"


class Element(NamedTuple):
    """One element of the list at the top, or of a list that stands under a key at the top.

    `line` is the how-manieth of its list; what stands under a key and is no list has the line 0.
    """

    key: str
    line: int
    value: Any


def elements(stream: IO[bytes], *, script: bool = False) -> Iterator[Element]:
    """Give the elements of a file one after the other.

    script: the file is JavaScript that sets a variable, and the JSON begins behind the first "=".
    Raises Broken, with the number of elements that were read before.
    """
    text = _Text(stream)
    if script:
        text.pass_wrapping()
    opening = text.take()
    if opening == "[":
        yield from _listed(text, "")
    elif opening == "{":
        yield from _keyed(text)
    else:
        raise Broken("not_json")


def read_tree(stream: IO[bytes], *, script: bool = False) -> Any:
    """Read a small file whole. Raises Broken."""
    text = _Text(stream)
    if script:
        text.pass_wrapping()
    return text.value()


def inside(tree: Any, *path: str) -> Any:
    """What stands in a tree under some keys, one in the other; None where there is no such place."""
    for key in path:
        if not isinstance(tree, dict):
            return None
        tree = tree.get(key)
    return tree


def text_in(tree: Any, *path: str) -> str:
    """The text there, "" where there is none."""
    found = inside(tree, *path)
    return found if isinstance(found, str) else ""


def list_in(tree: Any, *path: str) -> list[Any]:
    """The list there, an empty one where there is none."""
    found = inside(tree, *path)
    return found if isinstance(found, list) else []


def unmojibake(text: str) -> str:
    """Undo how Meta writes text, each byte of its UTF-8 as a character; leave alone what is not so."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _keyed(text: "_Text") -> Iterator[Element]:
    if text.next() == "}":
        return
    while True:
        key = text.value()
        if not isinstance(key, str) or text.take() != ":":
            raise Broken("not_json")
        if text.next() == "[":
            text.take()
            yield from _listed(text, key)
        else:
            yield Element(key, 0, text.value())
        after = text.take()
        if after == "}":
            return
        if after != ",":
            raise Broken("not_json")


def _listed(text: "_Text", key: str) -> Iterator[Element]:
    if text.next() == "]":
        text.take()
        return
    line = 0
    while True:
        try:
            value = text.value()
            line += 1
            after = text.take()
        except Broken as error:
            raise Broken(error.code, line) from error
        yield Element(key, line, value)
        if after == "]":
            return
        if after != ",":
            raise Broken("not_json", line)


class _Text:
    """A text of which only the part that is looked at is kept."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._text = text_of(stream)
        self._kept = ""
        self._at = 0
        self._decoder = json.JSONDecoder(strict=False, parse_constant=_nothing)

    def pass_wrapping(self) -> None:
        while len(self._kept) < WRAPPING and self._more():
            pass
        equals = self._kept.find("=", 0, WRAPPING)
        if equals >= 0 and self._kept[:equals].lstrip(BLANK)[:1] not in ("[", "{"):
            self._at = equals + 1

    def next(self) -> str:
        """The next character that is not blank, without taking it; "" at the end."""
        while True:
            while self._at < len(self._kept):
                char = self._kept[self._at]
                if char not in BLANK:
                    return char
                self._at += 1
            if not self._more():
                return ""

    def take(self) -> str:
        char = self.next()
        self._at += 1
        return char

    def value(self) -> Any:
        """Decode what stands here. Raises Broken."""
        self.next()
        while True:
            try:
                begin = self._at
                value, end = self._decoder.raw_decode(self._kept, begin)
            except json.JSONDecodeError:
                if not self._more():
                    raise Broken("not_json") from None
            except RecursionError:
                raise Broken("too_deep") from None
            except ValueError:  # a number of thousands of digits
                raise Broken("number_too_long") from None
            else:
                # A number at the end of what is kept may go on: 1, 1., 1e, 1e+
                if len(self._kept) - end > 3 or not self._more():
                    self._at += end - begin  # reading on moved what is kept, also when there was no more
                    return value

    def _more(self) -> bool:
        """Read on, twice as much each time that something does not end. Raises Broken when it is too much."""
        kept = len(self._kept) - self._at
        if kept > MOST_CHARACTERS:
            raise Broken("too_long")
        more = self._text.read(max(CHARACTERS_AT_ONCE, kept))
        self._kept = self._kept[self._at :] + more
        self._at = 0
        return bool(more)


def _nothing(_constant: str) -> None:
    """NaN and the infinities are no JSON, and no number of ours."""
