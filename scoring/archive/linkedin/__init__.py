"""The archive of LinkedIn: a zip of any era since 2021, or any single file of it."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import IO

from scoring.archive.broken import Broken, on_its_own
from scoring.archive.container import Archive, Member
from scoring.archive.delimited import Row, Table, possible_headers, read_table
from scoring.archive.found import FileRead, Found, Job, Skipped
from scoring.archive.linkedin import (
    articles,
    connections,
    endorsements,
    engagement,
    events,
    files,
    follows,
    invitations,
    learning,
    messages,
    posts,
    profile,
    recommendations,
    searches,
)
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk
from scoring.archive.linkedin.sheet import Sheet
from scoring.archive.linkedin.slashes import Slashes

NAME = "linkedin"
RECOMMENDATIONS = "Recommendations.csv"  # received or given: their headers are alike, and only the name tells
WAYS = 3  # to read a line as a header
SOME = 5  # articles, to see whether an archive that has nothing else is one of LinkedIn

# In this order: what tells who the owner is comes first, posts come before comments on them, and of the files
# that may show one act twice the one that counts.
_ITEMS: dict[files.File, Callable[[Sheet], Iterator[Found]]] = {
    files.PROFILE: profile.read_profile,
    files.PROFILE_SUMMARY: profile.read_summary,
    files.POSITIONS: profile.read_positions,
    files.SKILLS: profile.read_skills,
}
_ACTS: dict[files.File, Callable[[Cells, LinkedInDesk], Deed | None]] = {
    files.CONNECTIONS: connections.connection,
    files.INVITATIONS: invitations.invitation,
    files.SHARES: posts.share,
    files.INSTANT_REPOSTS: posts.instant_repost,
    files.RICH_MEDIA: posts.rich_media,
    files.COMMENTS: engagement.comment,
    files.REACTIONS: engagement.reaction,
    files.VOTES: engagement.vote,
    files.SAVED_ITEMS: engagement.saved_item,
    files.COMPANY_FOLLOWS: follows.company,
    files.MEMBER_FOLLOWS: follows.member,
    files.ENDORSEMENTS_RECEIVED: endorsements.received,
    files.ENDORSEMENTS_GIVEN: endorsements.given,
    files.RECOMMENDATIONS_RECEIVED: recommendations.received,
    files.RECOMMENDATIONS_GIVEN: recommendations.given,
    files.LEARNING: learning.watched,
    files.CERTIFICATIONS: learning.certified,
    files.COURSES: learning.told,
    files.EVENTS: events.event,
    files.SEARCHES: searches.search,
}
_READERS: dict[files.File, Callable[[Sheet], Iterator[Found]]] = {
    **_ITEMS,
    **{file: partial(Sheet.acts, deed_of=deed_of) for file, deed_of in _ACTS.items()},
    files.MESSAGES: messages.read_messages,
}


def owns(archive: Archive) -> bool:
    """Whether one of the files is one of LinkedIn's, by its header. Raises Broken when none can be read."""
    if archive.single:
        return bool(_by_columns(archive.members()[0]))
    broken: list[Broken] = []
    members = _by_name(archive)
    for file, member in members.items():
        try:
            if _has(file, member):
                return True
        except Broken as error:
            broken.append(error)
    if broken:
        raise broken[0]
    return any(map(articles.is_one, _articles(archive)[:SOME]))


def read(archive: Archive, job: Job) -> Iterator[Found]:
    """Give what the archive says of its owner. A file that is not what it claims does not sink the others."""
    desk = LinkedInDesk(job)
    members = {} if archive.single else _by_name(archive)
    if archive.single:
        member = archive.members()[0]
        candidates = _by_columns(member)
        if len(candidates) > 1:
            yield Skipped(RECOMMENDATIONS, 0, "", "which_recommendations")
            return
        members = dict.fromkeys(candidates, member)
    for file, reader in _READERS.items():
        if file in members:
            yield from on_its_own(file.name, _read(file, members[file], reader, desk))
    if pages := _articles(archive):
        yield from articles.read_articles(pages, desk)


def _read(
    file: files.File, member: Member, reader: Callable[[Sheet], Iterator[Found]], desk: LinkedInDesk
) -> Iterator[Found]:
    desk.slashes = Slashes(partial(_column, file, member))
    with member.open() as stream:
        table = _table(file, stream)
        yield from on_its_own(file.name, reader(Sheet(file, table, desk)))
        yield FileRead(file.name, table.rows)


def _column(file: files.File, member: Member, column: str) -> Iterator[str]:
    """A column of a file, which is read once more for it."""
    with member.open() as stream:
        for row in _table(file, stream):
            if isinstance(row, Row):
                yield row.cells.get(column, "")


def _table(file: files.File, stream: IO[bytes]) -> Table:
    return read_table(stream, file=file.name, required=file.columns, backslash=file is files.COMMENTS)


def _by_name(archive: Archive) -> dict[files.File, Member]:
    named = {member.name: member for member in archive.members()}
    return {file: named[name] for file, name in files.by_name(named).items()}


def _articles(archive: Archive) -> list[Member]:
    named = {member.name: member for member in archive.members()}
    return [named[name] for name in files.articles(named)]


def _by_columns(member: Member) -> list[files.File]:
    """Which files a file without a name may be; two where their headers are alike."""
    with member.open() as stream:
        for place, header in enumerate(possible_headers(stream)):
            if candidates := files.by_columns(header, first=place < WAYS):
                return candidates
    return []


def _has(file: files.File, member: Member) -> bool:
    with member.open() as stream:
        return any(header.issuperset(file.columns) for header in possible_headers(stream))
