"""The archive of Mastodon, and its outbox or list of followed accounts alone: what was done, as activities.

The network is "other": the catalogue knows it by no name of its own.
"""

from collections.abc import Iterator
from typing import Any

from scoring.archive.broken import Broken
from scoring.archive.container import Archive, Member
from scoring.archive.dates import ISO
from scoring.archive.delimited import possible_headers, read_table
from scoring.archive.desk import Desk, Unclear, told
from scoring.archive.found import Act, FileRead, Found, Job, Skipped
from scoring.archive.trees import Element, elements, inside, read_tree, text_in

NAME = "mastodon"
NETWORK = "other"

ACTOR, OUTBOX, LIKES, BOOKMARKS = "actor.json", "outbox.json", "likes.json", "bookmarks.json"
FOLLOWING = "following_accounts.csv"
ACCOUNT_ADDRESS = "accountaddress"  # the column that FOLLOWING has in every version
PUBLIC = {"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"}
HEAD = 4000  # bytes in which an outbox gives itself away
NOTES = ("Note", "Question")


def owns(archive: Archive) -> bool:
    """Whether there is a file that Mastodon wrote. Raises Broken."""
    if archive.single:
        member = archive.members()[0]
        return _is_outbox(member) or _is_following(member)
    files = _files(archive)
    return any(_is_outbox(files[name]) for name in (OUTBOX, LIKES, BOOKMARKS) if name in files)


def read(archive: Archive, job: Job) -> Iterator[Found]:
    """Give all that the owner did. Raises Refused and Broken."""
    desk = Desk(job, NETWORK)
    files = _files(archive)
    if archive.single:
        member = archive.members()[0]
        files = {OUTBOX if _is_outbox(member) else FOLLOWING: member}
    actor = _tree(files.get(ACTOR))
    if OUTBOX in files:
        yield from told(OUTBOX, _elements(files[OUTBOX]), Outbox(desk, actor).act)
    if LIKES in files:
        yield from _addresses(files[LIKES], LIKES, "post_recommended", "like", desk)
    if BOOKMARKS in files:
        yield from _addresses(files[BOOKMARKS], BOOKMARKS, "insight_saved", "bookmark", desk)
    if FOLLOWING in files:
        yield from _follows(files[FOLLOWING], desk)


def _files(archive: Archive) -> dict[str, Member]:
    """The files by their names, in whatever folder: the one that lies highest."""
    files: dict[str, Member] = {}
    for member in sorted(archive.members(), key=lambda member: (len(member.folders), member.name)):
        if member.base in (ACTOR, OUTBOX, LIKES, BOOKMARKS, FOLLOWING):
            files.setdefault(member.base, member)
    return files


def _is_outbox(member: Member) -> bool:
    with member.open() as stream:
        head = stream.read(HEAD)
    return b'"orderedItems"' in head and (b"activitystreams" in head or b'"OrderedCollection"' in head)


def _is_following(member: Member) -> bool:
    with member.open() as stream:
        return any(ACCOUNT_ADDRESS in header for header in possible_headers(stream))


def _tree(member: Member | None) -> Any:
    if member is None:
        return None
    try:
        with member.open() as stream:
            return read_tree(stream)
    except Broken:
        return None


def _elements(member: Member) -> Iterator[Element]:
    with member.open() as stream:
        for element in elements(stream):
            if element.key in ("orderedItems", "items", ""):
                yield element


class Outbox:
    """Reads the activities of one owner: that of the archive's own profile or, alone, who did the first."""

    def __init__(self, desk: Desk, actor: Any) -> None:
        self._desk = desk
        self._owner = text_in(actor, "id")
        self._addresses = [address for key in ("id", "url") if (address := text_in(actor, key))]
        self._seen: set[str] = set()

    def act(self, element: Element) -> Act | None:
        """Make an act of an activity. Raises Unclear."""
        activity = element.value
        sort = text_in(activity, "type")
        if not sort:
            raise Unclear("", "unknown_shape")
        if sort not in ("Create", "Announce") or not self._is_owners(activity):
            return None
        kind = self._announced(activity) if sort == "Announce" else self._created(activity)
        if not kind:
            return None
        published = activity.get("published") or inside(activity, "object", "published")
        day = self._desk.day(published, ISO, column="published")
        if kind == "message_sent":
            mark = self._desk.mark(kind, _conversation(activity), day.isoformat())
        else:
            mark = self._desk.mark("status", self._identity(activity, str(published)))
        if mark in self._seen:
            return None
        self._seen.add(mark)
        return self._desk.act(OUTBOX, element.line, kind, day, mark, link=_link(activity, kind))

    def _is_owners(self, activity: dict[str, Any]) -> bool:
        actor = _address(activity.get("actor")) or _address(inside(activity, "object", "attributedTo"))
        if not self._owner and actor:
            self._owner = actor
            self._addresses = [actor]
        return actor in ("", self._owner)

    def _is_own(self, address: str) -> bool:
        """Whether a status is the owner's: its address lies below theirs."""
        return any(address.startswith(f"{own.rstrip('/')}/") for own in self._addresses)

    def _announced(self, activity: dict[str, Any]) -> str:
        boosted = activity.get("object")
        address = _address(boosted)
        if not address:
            raise Unclear("object", "no_identity")
        is_own = self._is_own(address) or text_in(boosted, "attributedTo") == (self._owner or None)
        return "" if is_own else "content_reshared"

    def _created(self, activity: dict[str, Any]) -> str:
        note = activity.get("object")
        if not isinstance(note, dict):
            raise Unclear("object", "unknown_shape")
        if text_in(note, "type") not in NOTES:
            return ""
        audience = _audience(activity) | _audience(note)
        is_public = not audience.isdisjoint(PUBLIC)
        if not is_public and not any(address.rstrip("/").endswith("/followers") for address in audience):
            return "message_sent"
        if answered := _address(note.get("inReplyTo")):
            return "" if self._is_own(answered) else "comment_posted"
        return "content_shared" if is_public else ""

    @staticmethod
    def _identity(activity: dict[str, Any], published: str) -> str:
        return text_in(activity, "id") or _address(activity.get("object")) or published


def _address(value: Any) -> str:
    """An address that is told bare, or as the `id` of what stands there in full."""
    return value if isinstance(value, str) else text_in(value, "id")


def _audience(thing: dict[str, Any]) -> set[str]:
    told_to = (thing.get(key) for key in ("to", "cc"))
    every = (address for them in told_to for address in (them if isinstance(them, list) else [them]))
    return {address for address in every if isinstance(address, str)}


def _conversation(activity: dict[str, Any]) -> str:
    """What stands for a conversation: its number, or with whom it is."""
    note = activity["object"]
    named = text_in(note, "conversation") or text_in(note, "context")
    return named or " ".join(sorted(_audience(activity) | _audience(note)))


def _link(activity: dict[str, Any], kind: str) -> str:
    """Where somebody would find it: a status as people see it, what was passed on, nothing for a message."""
    if kind == "message_sent":
        return ""
    return text_in(activity, "object", "url") or _address(activity.get("object"))


def _addresses(member: Member, file: str, kind: str, family: str, desk: Desk) -> Iterator[Found]:
    """Read a list of addresses without dates: the difference to an earlier archive tells when one came."""
    seen: set[str] = set()

    def undated(element: Element) -> Act | None:
        address = _address(element.value)
        if not address:
            raise Unclear("", "no_identity")
        if (mark := desk.mark(family, address)) in seen:
            return None
        seen.add(mark)
        return desk.act(file, element.line, kind, None, mark, link=address)

    yield from told(file, _elements(member), undated)


def _follows(member: Member, desk: Desk) -> Iterator[Found]:
    rows = 0
    seen: set[str] = set()
    try:
        with member.open() as stream:
            table = read_table(stream, file=FOLLOWING, required=(ACCOUNT_ADDRESS,))
            for row in table:
                rows += 1
                if isinstance(row, Skipped):
                    yield row
                elif not (account := row.cells[ACCOUNT_ADDRESS].lstrip("@").casefold()):
                    yield Skipped(FOLLOWING, row.line, "Account address", "no_identity")
                elif (mark := desk.mark("follow", account)) not in seen:
                    seen.add(mark)
                    yield desk.act(FOLLOWING, row.line, "person_followed", None, mark)
    except Broken as error:
        yield Skipped(FOLLOWING, error.line, "", error.code)
    yield FileRead(FOLLOWING, rows)
