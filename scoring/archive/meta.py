"""What the archives of Facebook and Instagram have in common: files by name, rows in many shapes, times.

Rows come bare or under a key ("friends", "friends_v2"), labels in the language of the account, and a time in
one of a dozen places: so keys and labels are not asked for where the shape alone tells.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scoring.archive.broken import Broken
from scoring.archive.container import Archive, Member
from scoring.archive.desk import Desk, Seen, Unclear, told
from scoring.archive.found import Act, Found
from scoring.archive.trees import Element, elements, inside, list_in

PAGE = re.compile(r"_\d+$")
NOT_OF_A_NAME = re.compile(r"[^a-z0-9]+")
DEEPEST = 3  # keys above a list
MOST_SECONDS = 10**11  # more than that are milliseconds
TIMES = ("timestamp", "creation_timestamp", "timestamp_value", "created_timestamp")
# Where a row keeps its time, when not at its top.
PLACES = ("media", "string_map_data", "string_list_data", "label_values", "data", "comment", "attachments")
VIDEOS = (".mp4", ".mov", ".webm", ".m4v", ".avi")


def stem(member: Member) -> str:
    """The name of a file without page number and signs; "" for what is no JSON."""
    base = member.base.lower()
    return NOT_OF_A_NAME.sub("", PAGE.sub("", base[:-5])) if base.endswith(".json") else ""


def by_stem(archive: Archive, names: Mapping[str, str]) -> dict[str, list[Member]]:
    """The members of each file that is read, by the names that it ever had, in the order of their names."""
    files: dict[str, list[Member]] = {file: [] for file in names.values()}
    for member in sorted(archive.members(), key=lambda member: (len(member.name), member.name)):
        if file := names.get(stem(member)):
            files[file].append(member)
    return files


def rows(member: Member) -> Iterator[Element]:
    """Give the rows of a file: the elements of its lists, however deep they are wrapped. Raises Broken."""
    is_empty, strange = True, False
    with member.open() as stream:
        for element in elements(stream):
            for row in _unwrapped(element, DEEPEST):
                is_empty, strange = is_empty and not row.line, strange or not row.line
                yield row
    if is_empty and strange:
        raise Broken("unknown_shape")


def _unwrapped(element: Element, depth: int) -> Iterator[Element]:
    if element.line or not isinstance(element.value, dict):
        yield element
        return
    for key, value in element.value.items() if depth else ():
        if isinstance(value, list):
            yield from (Element(key, line, one) for line, one in enumerate(value, 1))
        elif isinstance(value, dict):
            yield from _unwrapped(Element(key, 0, value), depth - 1)


def seconds_in(row: Any) -> int | None:
    """When a row was, in seconds since 1970, from wherever it says so first; None when it says nothing.

    A time of 0 or 1 is how Meta writes that it does not know.
    """
    found = _time(row, DEEPEST)
    return found // 1000 if found is not None and found > MOST_SECONDS else found


def _time(row: Any, depth: int) -> int | None:
    if not isinstance(row, dict):
        return None
    for key in TIMES:
        value = row.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and 1 < value < MOST_SECONDS * 1000:
            return int(value)
    for key in PLACES if depth else ():
        for part in _parts(row.get(key)):
            if (found := _time(part, depth - 1)) is not None:
                return found
    return None


def _parts(value: Any) -> Iterable[Any]:
    """The parts of a list, or of what has a localised label for each."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return ()
    return [value, *value.values()]


def address_in(row: Any) -> str:
    """The first address of the web that a row tells in one of its fields, which is what it is about."""
    for key in ("string_list_data", "string_map_data", "label_values", "data"):
        for part in _parts(inside(row, key)):
            for field in ("href", "value", "url"):
                address = inside(part, field)
                if isinstance(address, str) and address.startswith(("https://", "http://")):
                    return address
    return ""


def labelled(row: Any) -> Iterator[str]:
    """The texts that stand under labels."""
    for key in ("string_map_data", "label_values"):
        for part in _parts(inside(row, key)):
            if isinstance(value := inside(part, "value"), str):
                yield value


def has_video(row: Any) -> bool:
    """Whether a video is attached."""
    media = [
        inside(thing, "media") for part in list_in(row, "attachments") for thing in list_in(part, "data")
    ]
    return any(_is_video(medium) for medium in [*media, *_parts(inside(row, "media"))])


def _is_video(medium: Any) -> bool:
    address = inside(medium, "uri")
    is_named_so = isinstance(address, str) and address.lower().partition("?")[0].endswith(VIDEOS)
    return is_named_so or inside(medium, "media_metadata", "video_metadata") is not None


class Pages:
    """Reads the pages of files into acts.

    An act is known by its second: names, titles and addresses are changed and translated from one archive to
    the next. So acts of one family are told apart by how many there are in a second.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._seen = Seen()

    def read(
        self,
        members: Iterable[Member],
        file: str,
        family_of: str | Callable[[Element], str],
        kind_of: str | Callable[[Element], str],
        *,
        undated: bool = False,
        seconds_of: Callable[[Any], int | None] = seconds_in,
    ) -> Iterator[Found]:
        """Give the acts of a file: what sort of identity each has and its kind, "" for what is none.

        kind_of may raise Unclear. undated: a row without a time is an act, as long as it has an address.
        """

        def act(element: Element) -> Act | None:
            row = element.value
            if not isinstance(row, dict):
                raise Unclear("", "unknown_shape")
            kind = kind_of if isinstance(kind_of, str) else kind_of(element)
            if not kind:
                return None
            family = family_of if isinstance(family_of, str) else family_of(element)
            seconds, address = seconds_of(row), address_in(row)
            if seconds is None and undated and address:
                day, mark = None, self._desk.mark(f"{family} undated", address)
            else:
                day = self._desk.day_at(seconds, column="timestamp")
                mark = self._desk.mark(family, seconds or 0)
            if not self._seen.is_new(mark):
                return None
            return self._desk.act(file, element.line, kind, day, mark, link=address)

        for member in members:
            self._seen.begin()
            yield from told(file, rows(member), act)
