"""The archive of Instagram in JSON, whatever its root is called."""

from collections.abc import Iterator

from scoring.archive.broken import Broken
from scoring.archive.container import Archive, Member
from scoring.archive.desk import Desk
from scoring.archive.found import Found, Job
from scoring.archive.meta import Pages, by_stem, labelled, rows, stem
from scoring.archive.threads import Parties, messages, person, threads_of

NAME = "instagram"
NETWORK = "instagram"

POSTS, STORIES, REELS = "posts.json", "stories.json", "reels.json"
COMMENTS, LIKES, FOLLOWING = "post_comments.json", "liked_posts.json", "following.json"
SAVED, PROFILE = "saved_posts.json", "personal_information.json"

NAMES = {
    "posts": POSTS,
    "stories": STORIES,
    "reels": REELS,
    "postcomments": COMMENTS,
    "likedposts": LIKES,
    "following": FOLLOWING,
    "savedposts": SAVED,
    "personalinformation": PROFILE,
}
COMMON = ("posts", "stories", "reels", "following")  # names that others have too
FOLDERS = ("your_instagram_activity", "followers_and_following", "instagram_profile_information")


def owns(archive: Archive) -> bool:
    """Whether there are files that only Instagram has."""
    if archive.single:
        return False
    found = [member for member in archive.members() if stem(member)]
    if any(folder.lower() in FOLDERS for member in found for folder in member.folders):
        return True
    names = {stem(member) for member in found}
    has_media = any(member.folders[-1:] == ("content",) and stem(member) in COMMON for member in found)
    return has_media or not names.isdisjoint(NAMES.keys() - set(COMMON))


def read(archive: Archive, job: Job) -> Iterator[Found]:
    """Give all that the owner did. Raises Refused.

    Reels and stories are read before posts: a reel may stand among the posts once more.
    """
    desk = Desk(job, NETWORK)
    files = by_stem(archive, NAMES)
    pages = Pages(desk)
    yield from pages.read(files[REELS], REELS, "media", "story_or_video_posted")
    yield from pages.read(files[STORIES], STORIES, "media", "story_or_video_posted")
    yield from pages.read(files[POSTS], POSTS, "media", "content_shared")
    yield from pages.read(files[COMMENTS], COMMENTS, "comment", "comment_posted")
    yield from pages.read(files[LIKES], LIKES, "like", "post_recommended")
    yield from pages.read(files[FOLLOWING], FOLLOWING, "follow", "person_followed")
    yield from pages.read(files[SAVED], SAVED, "saved", "insight_saved", undated=True)
    threads = threads_of(archive)
    parties = Parties(threads)
    owners = parties.owners(_names(files[PROFILE]))
    yield from messages(threads, parties, owners, desk, job.zone)


def _names(members: list[Member]) -> frozenset[str]:
    """All that the profile file says of the owner: its labels are translated, so any of it may be a name.

    What is none takes part in no thread.
    """
    told = set()
    try:
        for member in members:
            for row in rows(member):
                told |= {person(value) for value in labelled(row.value)}
    except Broken:
        pass
    return frozenset(told - {""})
