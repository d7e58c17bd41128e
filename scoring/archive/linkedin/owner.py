"""What an archive has told so far of its owner, to tell their own acts and posts from those of others."""

import re
from dataclasses import dataclass, field

from scoring.archive.addresses import unquoted

_POST = re.compile(
    r"(?:urn:li:(?:activity|share|ugcpost)[:(]|-(?:activity|share|ugcpost)-)(\d{1,25})", re.IGNORECASE
)


@dataclass
class Owner:
    """name is as `names.person` gives it, employers as `names.letters`, addresses as `plain_address`."""

    name: str = ""
    addresses: set[str] = field(default_factory=set)
    employers: set[str] = field(default_factory=set)
    posts: set[int] = field(default_factory=set)
    media: set[str] = field(default_factory=set)  # what the posts show, as `Marks.link`
    courses: dict[str, str] = field(default_factory=dict)  # their titles, and which file had them first

    def wrote(self, link: str) -> bool:
        """Whether a link leads to a post of the owner."""
        return post_number(link) in self.posts


def post_number(link: str) -> int:
    """The number by which LinkedIn knows a post, whichever address leads there; 0 for none."""
    found = _POST.search(unquoted(link))
    return int(found[1]) if found else 0
