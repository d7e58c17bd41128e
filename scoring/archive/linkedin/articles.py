"""Articles of the owner: pages of HTML that say what they are called, and not when they were published."""

import html
import re
from collections.abc import Iterable, Iterator

from scoring.archive.broken import Broken
from scoring.archive.container import Member
from scoring.archive.found import Act, FileRead, Found, Skipped
from scoring.archive.linkedin.desk import NETWORK, LinkedInDesk, place
from scoring.archive.linkedin.files import ARTICLES
from scoring.archive.linkedin.names import letters

HEAD = 256 * 1024  # bytes; the heading stands at the top
ADDRESS = re.compile(
    r"<h1\b[^>]{0,500}>\s{0,100}<a\b[^>]{0,500}?\bhref\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,2000})[\"']", re.I
)
TITLES = (
    re.compile(r"<h1\b[^>]{0,500}>(.{1,1000}?)</h1", re.I | re.S),
    re.compile(r"<title\b[^>]{0,500}>(.{1,1000}?)</title", re.I | re.S),
)
TAG = re.compile(r"<[^<>]{0,1000}>")


def is_one(member: Member) -> bool:
    """Whether a page is an article of LinkedIn."""
    try:
        return "linkedin.com/pulse/" in _head(member)
    except Broken:
        return False


def read_articles(members: Iterable[Member], desk: LinkedInDesk) -> Iterator[Found]:
    """Give an act without a day for every article; its address is its mark, or else its title."""
    count = 0
    for count, member in enumerate(members, 1):
        try:
            page = _head(member)
        except Broken as error:
            yield Skipped(ARTICLES, count, "", error.code)
            continue
        address = _address(page)
        if known := place(address) or _title(page):
            mark = desk.mark("article", known)
            yield Act(ARTICLES, count, "article_published", None, NETWORK, mark, desk.marks.link(address))
        else:
            yield Skipped(ARTICLES, count, "", "no_identity")
    yield FileRead(ARTICLES, count)


def _head(member: Member) -> str:
    with member.open() as stream:
        return stream.read(HEAD).decode("utf-8", "replace")


def _address(page: str) -> str:
    found = ADDRESS.search(page)
    return html.unescape(found[1]) if found else ""


def _title(page: str) -> str:
    for pattern in TITLES:
        if (found := pattern.search(page)) and (title := letters(html.unescape(TAG.sub("", found[1])))):
            return title
    return ""
