"""The threads of messages in archives of Meta, and whose archive it is.

No file of messages says who the owner is, so that is worked out, from the strongest evidence to the weakest:

1. The archive's profile file, if a name in it takes part in a thread at all: it may be an older name.
2. Whoever takes part in every thread of two people. The owner does, and nobody else can as soon as there
   are two such threads with different people.
3. Whoever takes part in most of all threads, in two and in more than half at least, if nobody equals them:
   the owner may be missing in a group that they left.

Where that tells nothing, messages are not read: a guess would turn what others wrote into the owner's acts.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from typing import Any

from scoring.archive.broken import Broken
from scoring.archive.container import Archive, Member
from scoring.archive.conversations import Conversation, acts_of
from scoring.archive.desk import Desk, Unclear
from scoring.archive.found import FileRead, Found, Skipped
from scoring.archive.meta import MOST_SECONDS
from scoring.archive.trees import elements, text_in, unmojibake

FILE = "messages/inbox"
PAGE = re.compile(r"message(?:_(\d{1,9}))?\.json", re.IGNORECASE)
NUMBERED = re.compile(r".*_(\d{5,})")
WRITTEN = ("", "Generic", "Share")  # not calls, payments, and people who come and go

Threads = Mapping[str, list[Member]]


def threads_of(archive: Archive) -> Threads:
    """The pages of each thread in the inbox, by what stands for the thread in every archive."""
    threads: dict[str, list[Member]] = {}
    for member in archive.members():
        folders = member.folders
        if PAGE.fullmatch(member.base) and len(folders) > 1 and folders[-2].lower() == "inbox":
            threads.setdefault(_thread(folders[-1]), []).append(member)
    return threads


def _thread(folder: str) -> str:
    """The number at the end of the folder's name; what stands before it is made of a name that changes."""
    found = NUMBERED.fullmatch(folder)
    return found[1] if found else folder


def person(name: object) -> str:
    """A name for comparing."""
    if not isinstance(name, str):
        return ""
    return " ".join(unicodedata.normalize("NFKC", unmojibake(name)).casefold().split())


class Parties:
    """Who takes part in which threads."""

    def __init__(self, threads: Threads) -> None:
        self.of = {name: _parties(pages) for name, pages in threads.items()}

    def owners(self, known: Collection[str]) -> frozenset[str]:
        """The names of the owner, of whom some may be known; none when it cannot be told."""
        there = frozenset().union(*self.of.values())
        if names := frozenset(known) & there:
            return names
        pairs = [people for people in self.of.values() if len(people) == 2]
        always = frozenset.intersection(*pairs) if pairs else frozenset()
        return always if len(always) == 1 else self._most_present()

    def _most_present(self) -> frozenset[str]:
        shared = [people for people in self.of.values() if len(people) > 1]
        counts = Counter(person for people in shared for person in people)
        (first, most), (_second, next_most) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
        is_clear = most > max(1, next_most) and most * 2 > len(shared)
        return frozenset({first}) if is_clear else frozenset()


def _parties(pages: Iterable[Member]) -> frozenset[str]:
    """Those who take part in a thread, as its first page tells before its messages begin."""
    names = set()
    try:
        for page in list(pages)[:1]:
            with page.open() as stream:
                for element in elements(stream):
                    if element.key == "participants":
                        told = element.value
                        names.add(person(told if isinstance(told, str) else text_in(told, "name")))
                    elif names:
                        break
    except Broken:
        return frozenset()  # the reading of its messages will tell
    return frozenset(names - {""})


def messages(
    threads: Threads, parties: Parties, owners: frozenset[str], desk: Desk, zone: str
) -> Iterator[Found]:
    """Give what the owner wrote, and what was answered. Raises Refused."""
    if not threads:
        return
    if not owners:
        yield Skipped(FILE, 0, "sender_name", "no_owner")
        return
    rows = 0
    for line, (name, pages) in enumerate(threads.items(), 1):
        if parties.of[name] and parties.of[name] <= owners:
            continue  # notes to oneself
        conversation = Conversation()
        for page in pages:
            count = yield from _heard(page, conversation, owners, desk)
            rows += count
        yield from acts_of(conversation, desk, file=FILE, line=line, name=name, zone=zone)
    yield FileRead(FILE, rows)


def _heard(
    page: Member, conversation: Conversation, owners: frozenset[str], desk: Desk
) -> Generator[Found, None, int]:
    """Note who wrote when; give how many messages there were."""
    rows = 0
    try:
        with page.open() as stream:
            for element in elements(stream):
                if element.key != "messages" or not element.line:
                    continue
                rows += 1
                try:
                    _hear(element.value, conversation, owners, desk)
                except Unclear as error:
                    yield Skipped(FILE, element.line, error.column, error.reason, error.value)
    except Broken as error:
        yield Skipped(FILE, error.line, "", error.code)
    return rows


def _hear(message: Any, conversation: Conversation, owners: frozenset[str], desk: Desk) -> None:
    if not isinstance(message, dict):
        raise Unclear("", "unknown_shape")
    if text_in(message, "type") not in WRITTEN or message.get("is_unsent") is True:
        return
    sender, at = message.get("sender_name"), message.get("timestamp_ms")
    if not isinstance(sender, str):
        raise Unclear("sender_name", "no_identity")
    if isinstance(at, bool) or not isinstance(at, int | float) or not 0 < at < MOST_SECONDS * 1000:
        raise Unclear("timestamp_ms", "no_day", at)
    desk.day_at(int(at) // 1000, column="timestamp_ms")
    conversation.add(int(at), own=person(sender) in owners)
