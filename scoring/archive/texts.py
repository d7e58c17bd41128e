"""Bytes of unknown encoding as text."""

import codecs
import io
import re
from typing import IO, cast

CHARACTERS_AT_ONCE = 1 << 16
NOT_UTF8 = re.compile("[\udc80-\udcff]")


def text_of(stream: IO[bytes]) -> io.TextIOWrapper:
    """Read as UTF-8 with or without its mark, or as UTF-16; line ends stay as they are.

    Bytes that are not UTF-8 stand in it as lone surrogates, see `mended`.
    """
    buffered = (
        stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    )
    encoding = _encoding(buffered.peek(1024)[:1024])
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    return io.TextIOWrapper(buffered, encoding=encoding, errors=errors, newline="")


def _encoding(head: bytes) -> str:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 > len(head):
        return "utf-16-be" if even > odd else "utf-16-le"
    return "utf-8"


def mended(text: str) -> str:
    """Read what was not UTF-8 as the Windows of Central Europe wrote it."""
    if text.isascii() or not NOT_UTF8.search(text):
        return text
    return text.encode("utf-8", "surrogateescape").decode("cp1250", "replace")


def harmless(text: str) -> str:
    """Without lone surrogates and NUL, which no database takes."""
    if text.isascii():
        return text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return (
        text.encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        .replace("\0", "\N{REPLACEMENT CHARACTER}")
    )
