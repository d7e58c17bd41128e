"""The archive of Facebook in JSON, whatever its root is called."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from scoring.archive import instagram
from scoring.archive.broken import Broken
from scoring.archive.container import Archive, Member
from scoring.archive.desk import Desk, Unclear
from scoring.archive.found import Found, Job
from scoring.archive.groups import has_joined
from scoring.archive.meta import Pages, by_stem, has_video, rows, seconds_in, stem
from scoring.archive.threads import Parties, messages, person, threads_of
from scoring.archive.trees import Element, inside, list_in, read_tree, text_in

NAME = "facebook"
NETWORK = "facebook"

POSTS, COMMENTS, REACTIONS = "your_posts.json", "comments.json", "likes_and_reactions.json"
MEMBERSHIPS, GROUP_POSTS = "your_group_membership_activity.json", "group_posts_and_comments.json"
GROUP_COMMENTS, FRIENDS = "your_comments_in_groups.json", "your_friends.json"
REQUESTS, FOLLOWS = "sent_friend_requests.json", "who_you've_followed.json"
EVENTS, SEARCHES, PROFILE = (
    "your_event_responses.json",
    "your_search_history.json",
    "profile_information.json",
)

# By the plain names that they ever had.
NAMES = {
    "yourpostscheckinsphotosandvideos": POSTS,
    "yourposts": POSTS,
    "comments": COMMENTS,
    "likesandreactions": REACTIONS,
    "postsandcomments": REACTIONS,
    "yourgroupmembershipactivity": MEMBERSHIPS,
    "grouppostsandcomments": GROUP_POSTS,
    "yourpostsandcommentsingroups": GROUP_POSTS,
    "yourpostsingroups": GROUP_POSTS,
    "yourcommentsingroups": GROUP_COMMENTS,
    "yourfriends": FRIENDS,
    "friends": FRIENDS,
    "sentfriendrequests": REQUESTS,
    "friendrequestssent": REQUESTS,
    "whoyouvefollowed": FOLLOWS,
    "whoyoufollowed": FOLLOWS,
    "whoyoufollow": FOLLOWS,
    "youreventresponses": EVENTS,
    "yoursearchhistory": SEARCHES,
    "profileinformation": PROFILE,
}
COMMON = ("comments", "friends")  # names that others have too
ROOTS = ("your_facebook_activity", "your_activity_across_facebook")


def owns(archive: Archive) -> bool:
    """Whether there are files that only Facebook has; bare threads of messages count as its own."""
    if archive.single or instagram.owns(archive):
        return False
    members = [member for member in archive.members() if stem(member)]
    folders = {folder.lower() for member in members for folder in member.folders}
    is_known = any(NAMES.get(stem(member)) and stem(member) not in COMMON for member in members)
    return is_known or not folders.isdisjoint(ROOTS) or bool(threads_of(archive))


def read(archive: Archive, job: Job) -> Iterator[Found]:
    """Give all that the owner did. Raises Refused.

    What was written in groups is read first: some of it stands among posts and comments once more.
    """
    desk = Desk(job, NETWORK)
    files = by_stem(archive, NAMES)
    threads = threads_of(archive)
    parties = Parties(threads)
    authors = _authors(files[COMMENTS])
    names = _names(files[PROFILE])
    owners = parties.owners(names) or parties.owners(authors)
    selves = owners | names or authors
    pages = Pages(desk)
    yield from pages.read(files[GROUP_POSTS], GROUP_POSTS, _family, "group_contribution")
    yield from pages.read(files[POSTS], POSTS, "post", _post)
    yield from pages.read(files[GROUP_COMMENTS], GROUP_COMMENTS, "comment", "group_contribution")
    yield from pages.read(files[COMMENTS], COMMENTS, "comment", lambda row: _comment(row, selves))
    yield from pages.read(files[REACTIONS], REACTIONS, "reaction", "post_recommended")
    yield from pages.read(files[MEMBERSHIPS], MEMBERSHIPS, "membership", lambda row: _membership(row, selves))
    yield from pages.read(files[FRIENDS], FRIENDS, "friend", "connection_accepted")
    yield from pages.read(files[REQUESTS], REQUESTS, "request", "connection_request_sent")
    yield from pages.read(files[FOLLOWS], FOLLOWS, "follow", "person_followed")
    yield from pages.read(files[EVENTS], EVENTS, "event", _event, seconds_of=_start)
    if "people_search" in job.opted_in:
        yield from pages.read(files[SEARCHES], SEARCHES, "search", "people_search")
    yield from messages(threads, parties, owners, desk, job.zone)


def _names(members: list[Member]) -> frozenset[str]:
    """The names in the archive's profile file, for comparing."""
    names = set()
    for member in members:
        try:
            with member.open() as stream:
                profile = read_tree(stream)
        except Broken:
            continue
        for told in profile.values() if isinstance(profile, dict) else ():
            names |= {person(text_in(told, "name", "full_name")), person(text_in(told, "name"))}
    return frozenset(names - {""})


def _authors(members: list[Member]) -> frozenset[str]:
    """Who wrote more than half of what are said to be the owner's comments."""
    counts: Counter[str] = Counter()
    try:
        for member in members:
            counts.update(person(author) for row in rows(member) if (author := _author(row.value)))
    except Broken:
        pass
    return frozenset(name for name, count in counts.items() if name and count * 2 > counts.total())


def _author(row: Any) -> str:
    authors = (text_in(part, "comment", "author") for part in list_in(row, "data"))
    return next((author for author in authors if author), "")


def _family(element: Element) -> str:
    """The file of posts in groups has comments too."""
    return "comment" if any(inside(part, "comment") for part in list_in(element.value, "data")) else "post"


def _post(element: Element) -> str:
    return "story_or_video_posted" if has_video(element.value) else "content_shared"


def _comment(element: Element, owners: frozenset[str]) -> str:
    """A comment in a group is a contribution to it; without an author it is theirs whose file it is."""
    author = _author(element.value)
    if author and person(author) not in owners:
        return ""
    in_group = any(text_in(part, "comment", "group") for part in list_in(element.value, "data"))
    return "group_contribution" if in_group else "comment_posted"


def _membership(element: Element, owners: frozenset[str]) -> str:
    if "left" in element.key:
        return ""
    joined = has_joined(text_in(element.value, "title"), owners)
    if joined is None:
        raise Unclear("title", "joined_or_left")
    return "group_joined" if joined else ""


def _event(element: Element) -> str:
    """Of the answers to invitations only those that promised to come."""
    return "event_attended" if "joined" in element.key else ""


def _start(row: Any) -> int | None:
    """When an event began, which is not when it was answered."""
    return seconds_in({"timestamp": inside(row, "start_timestamp")})
