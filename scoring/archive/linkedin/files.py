"""The files of an archive that are read: the names they go by, and the columns they are known by."""

import re
from collections.abc import Iterable, Set
from typing import NamedTuple

from scoring.archive.delimited import plain_name


class File(NamedTuple):
    """A kind of file: the name it is reported under, and the plain names of the columns that it must have.

    A file that comes alone and without a name is told by `lone` instead, where it is given; `exact`: by these
    and no other columns, since they are too few.
    """

    name: str
    columns: tuple[str, ...]
    lone: tuple[str, ...] = ()
    exact: bool = False

    def told_by(self, columns: Set[str]) -> bool:
        """Whether a header tells that a file without a name is this one."""
        needed = set(self.lone or self.columns)
        return columns == needed if self.exact else columns >= needed


CONNECTIONS = File("Connections.csv", ("firstname", "lastname", "connectedon"))
INVITATIONS = File("Invitations.csv", ("to", "sentat", "direction"))
MESSAGES = File("messages.csv", ("conversationid", "from", "date"))
SHARES = File("Shares.csv", ("date", "sharelink"))
INSTANT_REPOSTS = File("InstantReposts.csv", ("date", "link"), exact=True)
COMMENTS = File("Comments.csv", ("date", "link", "message"))
REACTIONS = File("Reactions.csv", ("date", "type", "link"))
VOTES = File("Votes.csv", ("date", "link", "optiontext"))
PROFILE = File("Profile.csv", ("firstname", "lastname", "headline"))
PROFILE_SUMMARY = File("Profile Summary.csv", ("profilesummary",), exact=True)
POSITIONS = File("Positions.csv", ("companyname", "title", "startedon", "finishedon"))
SKILLS = File("Skills.csv", ("name",), exact=True)
RECOMMENDATIONS_RECEIVED = File(
    "Recommendations_Received.csv", ("firstname", "lastname", "text", "creationdate")
)
RECOMMENDATIONS_GIVEN = File("Recommendations_Given.csv", RECOMMENDATIONS_RECEIVED.columns)
ENDORSEMENTS_RECEIVED = File(
    "Endorsement_Received_Info.csv",
    ("endorsementdate", "skillname", "endorserfirstname", "endorsementstatus"),
)
ENDORSEMENTS_GIVEN = File(
    "Endorsement_Given_Info.csv", ("endorsementdate", "skillname", "endorseefirstname", "endorsementstatus")
)
COMPANY_FOLLOWS = File("Company Follows.csv", ("organization", "followedon"))
MEMBER_FOLLOWS = File("Member_Follows.csv", ("date", "status", "fullname"))
SAVED_ITEMS = File("Saved_Items.csv", ("saveditem", "createdtime"))
SEARCHES = File("SearchQueries.csv", ("time", "searchquery"))
LEARNING = File("Learning.csv", ("contenttitle",), lone=("contenttitle", "contenttype"))
CERTIFICATIONS = File("Certifications.csv", ("name",), lone=("name", "authority"))
COURSES = File("Courses.csv", ("name",), lone=("name", "number"), exact=True)
EVENTS = File("Events.csv", ("eventname", "eventtime", "status"))
RICH_MEDIA = File("Rich_Media.csv", ("date/time", "medialink"))

FILES = tuple(kind for kind in list(globals().values()) if isinstance(kind, File))
ARTICLES = "Articles"  # a folder of pages, no table

# What lies in them is nobody's business, whatever its name.
_CLOSED = ("jobs", "verifications", "servicesmarketplace", "__macosx")
# A member's number ("Shares_12345678.csv"), or a second download of the same ("Connections (1).csv").
_SUFFIX = re.compile(r"(?:\(\d+\)|\d+)$")


def by_name(names: Iterable[str]) -> dict[File, str]:
    """Which member of an archive is which file; the exact name wins over one with a number."""
    found: dict[File, list[str]] = {}
    for name in names:
        if not _closed(name) and (file := _NAMED.get(_numberless(_base(name)))):
            found.setdefault(file, []).append(name)
    return {file: min(candidates, key=_likelihood) for file, candidates in found.items()}


def by_columns(columns: Set[str], *, first: bool) -> list[File]:
    """Which files have such a header of plain names: none, one, or two that are made alike.

    first: it is the first line, where alone a short header is believed.
    """
    told = columns - {""}
    fits = [file for file in FILES if (first or not file.exact) and file.told_by(told)]
    most = max((len(file.lone or file.columns) for file in fits), default=0)
    return [file for file in fits if len(file.lone or file.columns) == most]


def articles(names: Iterable[str]) -> list[str]:
    """The members that are articles, in an order of their own."""
    return sorted(
        name
        for name in names
        if name.lower().endswith((".html", ".htm"))
        and "articles" in (folders := name.lower().split("/")[:-1])
        and "__macosx" not in folders
        and not _base(name).startswith(".")
    )


def _closed(name: str) -> bool:
    return any(plain_name(folder) in _CLOSED for folder in name.split("/")[:-1])


def _likelihood(name: str) -> tuple[bool, int, str]:
    exact = plain_name(_base(name)).removesuffix(".csv") in _NAMED
    return not exact, name.count("/"), name


def _numberless(base: str) -> str:
    name = plain_name(base)
    return _SUFFIX.sub("", name.removesuffix(".csv")) if name.endswith(".csv") else ""


def _base(name: str) -> str:
    return name.rpartition("/")[2]


_NAMED = {plain_name(file.name).removesuffix(".csv"): file for file in FILES}
