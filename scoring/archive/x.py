"""The archive of X, which was Twitter: `data/*.js`, each a list that is assigned to a variable."""

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from scoring.archive.broken import Broken
from scoring.archive.container import Archive, Member
from scoring.archive.conversations import Conversation, acts_of, milliseconds
from scoring.archive.dates import ISO, TWITTER, moment_of
from scoring.archive.desk import Desk, Unclear, told
from scoring.archive.found import Act, FileRead, Found, Item, Job, Skipped
from scoring.archive.trees import Element, elements, inside, list_in, read_tree, text_in

NAME = "x"
NETWORK = "x"

TWEETS, LIKES, FOLLOWING = "tweets.js", "like.js", "following.js"
MESSAGES, ACCOUNT, PROFILE, MANIFEST = "direct-messages.js", "account.js", "profile.js", "manifest.js"
# By the name of the first part, without its ending, in any era; and by the name in the manifest. A long post
# stands in note-tweet.js once more, in full: it is not read, for its beginning is a tweet.
NAMES = {
    "tweet": TWEETS,
    "tweets": TWEETS,
    "like": LIKES,
    "following": FOLLOWING,
    "direct-message": MESSAGES,
    "direct-messages": MESSAGES,
    "directmessage": MESSAGES,
    "directmessages": MESSAGES,
    "account": ACCOUNT,
    "profile": PROFILE,
}
PART = re.compile(r"([a-z-]+?)(?:-part(\d+))?\.js")
HEAD = 1000  # bytes in which a file of this archive gives itself away
NO_PHOTO = "default_profile_images/"
MILLISECONDS = re.compile(r":\d{2}\.(\d{3})")


# Of a row: its kind, what sort of identity it has, the number that is it, the column of that, and an address.
Identify = Callable[[Any], tuple[str, str, str, str, str]]


class Owner(NamedTuple):
    number: str
    name: str


def owns(archive: Archive) -> bool:
    """Whether there is a file that X wrote."""
    return not archive.single and any(_is_of_x(member) for member in archive.members() if _kind(member))


def read(archive: Archive, job: Job) -> Iterator[Found]:
    """Give all that the owner did. Raises Refused."""
    desk = Desk(job, NETWORK)
    manifest = _manifest(archive)
    files, missing = _files(archive, manifest)
    yield from missing
    owner = _owner(files, manifest)
    yield from _tweets(files[TWEETS], desk, owner)
    yield from _by_number(files[LIKES], LIKES, desk, _like)
    yield from _by_number(files[FOLLOWING], FOLLOWING, desk, _follow)
    yield from _messages(files[MESSAGES], desk, owner, job.zone)
    yield from _items(files[PROFILE])


def _kind(member: Member) -> str:
    """Which file a member is, going by its name; "" when it is none that is read."""
    if member.folders and member.folders[-1].lower() != "data":
        return ""
    base = member.base.lower()
    if base == MANIFEST:
        return MANIFEST
    found = PART.fullmatch(base)
    return NAMES.get(found[1], "") if found else ""


def _is_of_x(member: Member) -> bool:
    try:
        with member.open() as stream:
            head = stream.read(HEAD)
    except Broken:
        return False
    return b"window.YTD." in head or b"__THAR_CONFIG" in head


def _manifest(archive: Archive) -> Any:
    for member in archive.members():
        if _kind(member) == MANIFEST:
            return _tree(member)
    return None


def _tree(member: Member) -> Any:
    try:
        with member.open() as stream:
            return read_tree(stream, script=True)
    except Broken:
        return None


def _files(archive: Archive, manifest: Any) -> tuple[dict[str, list[Member]], list[Skipped]]:
    """Find the parts of each file by their names and in the manifest, and the parts that only it knows."""
    files: dict[str, dict[str, Member]] = {file: {} for file in NAMES.values()}
    there: dict[str, Member] = {}  # by the end of the path, which the manifest tells
    for member in archive.members():
        there.setdefault("/".join([*member.folders[-1:], member.base]), member)
        if (file := _kind(member)) in files:
            files[file][member.name] = member
    missing = []
    for file, path in _listed(manifest):
        if path in there:
            files[file][there[path].name] = there[path]
        else:
            missing.append(Skipped(file, 0, "", "missing_part"))
    ordered = {file: sorted(parts.values(), key=_order) for file, parts in files.items()}
    return ordered, missing


def _listed(manifest: Any) -> Iterator[tuple[str, str]]:
    types = inside(manifest, "dataTypes")
    for name, described in types.items() if isinstance(types, dict) else ():
        file = NAMES.get(name.lower())
        for part in list_in(described, "files") if file else ():
            if file and (path := text_in(part, "fileName")):
                yield file, path


def _order(member: Member) -> tuple[int, str]:
    found = PART.fullmatch(member.base.lower())
    digits = found[2] if found else None
    return int(digits) if digits and len(digits) < 10 else 0, member.name


def _owner(files: dict[str, list[Member]], manifest: Any) -> Owner:
    """Who it is about; without a number, answers to others cannot be told from threads."""
    number, name = "", ""
    for member in files[ACCOUNT]:
        for row in list_in({"rows": _tree(member)}, "rows")[:1]:
            number = _number(inside(row, "account", "accountId"))
            name = text_in(row, "account", "username")
    return Owner(
        number or _number(inside(manifest, "userInfo", "accountId")),
        (name or text_in(manifest, "userInfo", "userName")).casefold(),
    )


def _number(value: object) -> str:
    """An id, which is digits, as text or as a number; "" for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**25:
        value = str(value)
    return value if isinstance(value, str) and re.fullmatch(r"[0-9]{1,25}", value) else ""


def _tweets(parts: list[Member], desk: Desk, owner: Owner) -> Iterator[Found]:
    seen: set[int] = set()

    def tweet(element: Element) -> Act | None:
        row = inside(element.value, "tweet")
        row = row if isinstance(row, dict) else element.value
        if not isinstance(row, dict):
            raise Unclear("", "unknown_shape")
        number = _number(row.get("id_str")) or _number(row.get("id"))
        if not number:
            raise Unclear("id_str", "no_identity")
        kind = _kind_of(row, owner)
        if not kind or int(number) in seen:
            return None
        day = desk.day(row.get("created_at"), TWITTER, ISO, column="created_at")
        seen.add(int(number))
        address = f"https://x.com/i/status/{number}"
        return desk.act(TWEETS, element.line, kind, day, desk.mark("tweet", number), link=address)

    for member in parts:
        yield from told(TWEETS, _elements(member), tweet)


def _kind_of(tweet: dict[str, Any], owner: Owner) -> str:
    """What a tweet is; "" for one that goes on with the owner's own. Raises Unclear."""
    if (text_in(tweet, "full_text") or text_in(tweet, "text")).startswith("RT @"):
        return "content_reshared"
    number = _number(tweet.get("in_reply_to_user_id_str")) or _number(tweet.get("in_reply_to_user_id"))
    name = text_in(tweet, "in_reply_to_screen_name").casefold()
    if number and owner.number:
        return "" if number == owner.number else "comment_posted"
    if name and owner.name:
        return "" if name == owner.name else "comment_posted"
    if number or name:
        raise Unclear("in_reply_to_user_id_str", "no_owner")
    if tweet.get("in_reply_to_status_id_str") or tweet.get("in_reply_to_status_id"):
        return "comment_posted"  # to somebody who is gone
    media = list_in(tweet, "extended_entities", "media")
    has_video = any(text_in(medium, "type") == "video" for medium in media)
    return "story_or_video_posted" if has_video else "content_shared"


def _elements(member: Member) -> Iterator[Element]:
    with member.open() as stream:
        yield from elements(stream, script=True)


def _by_number(parts: list[Member], file: str, desk: Desk, identify: Identify) -> Iterator[Found]:
    """Read what has a number and no date: the difference to an earlier archive tells when it came."""
    seen: set[str] = set()

    def undated(element: Element) -> Act | None:
        kind, family, number, column, address = identify(element.value)
        if not number:
            raise Unclear(column, "no_identity")
        if number in seen:
            return None
        seen.add(number)
        return desk.act(file, element.line, kind, None, desk.mark(family, number), link=address)

    for member in parts:
        yield from told(file, _elements(member), undated)


def _like(row: Any) -> tuple[str, str, str, str, str]:
    number = _number(inside(row, "like", "tweetId"))
    return "post_recommended", "like", number, "tweetId", f"https://x.com/i/status/{number}"


def _follow(row: Any) -> tuple[str, str, str, str, str]:
    number = _number(inside(row, "following", "accountId"))
    return "person_followed", "follow", number, "accountId", ""


def _messages(parts: list[Member], desk: Desk, owner: Owner, zone: str) -> Iterator[Found]:
    """Read conversations, a part of each at a time: X never cuts one between two files."""
    if parts and not owner.number:
        yield Skipped(MESSAGES, 0, "senderId", "no_owner")
        return
    for member in parts:
        rows = 0
        try:
            for element in _elements(member):
                name = text_in(element.value, "dmConversation", "conversationId")
                messages = list_in(element.value, "dmConversation", "messages")
                rows += len(messages)
                if not name:
                    yield Skipped(MESSAGES, element.line, "conversationId", "no_identity")
                    continue
                if _is_with_oneself(name):
                    continue
                conversation = Conversation()
                yield from _heard(messages, conversation, desk, owner, element.line)
                yield from acts_of(conversation, desk, file=MESSAGES, line=element.line, name=name, zone=zone)
        except Broken as error:
            yield Skipped(MESSAGES, error.line, "", error.code)
        yield FileRead(MESSAGES, rows)


def _is_with_oneself(name: str) -> bool:
    one, _dash, other = name.partition("-")
    return one == other


def _heard(
    messages: list[Any], conversation: Conversation, desk: Desk, owner: Owner, line: int
) -> Iterator[Skipped]:
    """Note who wrote when; of what is no message, such as a reaction, nothing is noted."""
    for message in messages:
        written = inside(message, "messageCreate")
        if not isinstance(written, dict):
            continue
        sender, at = _number(written.get("senderId")), text_in(written, "createdAt")
        try:
            if not sender:
                raise Unclear("senderId", "no_identity")
            desk.day(at, ISO, column="createdAt")
        except Unclear as error:
            yield Skipped(MESSAGES, line, error.column, error.reason, error.value)
        else:
            conversation.add(_milliseconds(at), own=sender == owner.number)


def _milliseconds(text: str) -> int:
    fraction = MILLISECONDS.search(text)
    return milliseconds(moment_of(text, ISO)) + (int(fraction[1]) if fraction else 0)


def _items(parts: list[Member]) -> Iterator[Item]:
    for member in parts:
        rows = _tree(member)
        for row in rows if isinstance(rows, list) else ():
            if text_in(row, "profile", "description", "bio").strip():
                yield Item(PROFILE, "profile_about")
            photo = text_in(row, "profile", "avatarMediaUrl")
            if photo and NO_PHOTO not in photo:
                yield Item(PROFILE, "profile_photo")
