"""What the owner posted: shares, reposts, and videos and documents."""

import re

from scoring.archive.dates import DAY_MONTH, ISO, PROSE
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, place
from scoring.archive.linkedin.owner import post_number

# "You uploaded a feed video on April 12, 2026 at 8:03 AM (GMT)": nothing but this prose says what it was.
SHOWN = re.compile(r"\b(?:videos?|documents?)\b", re.IGNORECASE)
PROSE_OF_UPLOAD = re.compile(r"^you (?:uploaded|shared|added|posted)\b", re.IGNORECASE)


def share(cells: Cells, desk: LinkedInDesk) -> Deed:
    """A post with words or pictures is the owner's own; a bare address of something else is passed on."""
    link = cells["sharelink"]
    if number := post_number(link):
        desk.owner.posts.add(number)
    if media := desk.marks.link(cells.get("mediaurl", "")):
        desk.owner.media.add(media)
    when = desk.when(cells, "date", ISO, DAY_MONTH)
    words = cells.get("sharecommentary", "").strip(' "')
    passed_on = cells.get("sharedurl") and not words and not cells.get("mediaurl")
    mark = desk.mark("share", place(link) or when.minute)
    return Deed("content_reshared" if passed_on else "content_shared", when.day, mark, desk.marks.link(link))


def instant_repost(cells: Cells, desk: LinkedInDesk) -> Deed:
    when = desk.when(cells, "date", ISO, DAY_MONTH)
    mark = desk.mark("repost", place(cells["link"]), when.minute)
    return Deed("content_reshared", when.day, mark, desk.marks.link(cells["link"]))


def rich_media(cells: Cells, desk: LinkedInDesk) -> Deed | None:
    """A video or a document; one that a post of the owner shows is that post, and no act beside it."""
    prose = cells["date/time"]
    told = prose if PROSE_OF_UPLOAD.match(prose) else f"{prose} {cells.get('mediadescription', '')}"
    if not SHOWN.search(told.partition(" on ")[0] if PROSE_OF_UPLOAD.match(prose) else told):
        return None
    link = desk.marks.link(cells["medialink"])
    if link and link in desk.owner.media:
        return None
    when = desk.when(cells, "date/time", ISO, PROSE)
    return Deed(
        "story_or_video_posted",
        when.day,
        desk.mark("media", place(cells["medialink"]), when.minute),
        link,
    )
