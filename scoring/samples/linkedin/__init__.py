"""LinkedIn's export: basic or complete, of any era since 2021, or a single table of it."""

from collections.abc import Callable

from scoring.samples.draft import Draft
from scoring.samples.linkedin import contacts, content, messages, profile
from scoring.samples.linkedin.export import ERAS, Export, Table
from scoring.samples.packing import zipped
from scoring.samples.recipe import Recipe, Sample

__all__ = ["ERAS", "SINGLE", "archive", "single"]

MEMBER = 314159265  # the number of the owner, which some names of files end in
NUMBERED = {
    *("Comments.csv", "InstantReposts.csv", "Member_Follows.csv", "Reactions.csv", "Saved_Items.csv"),
    *("Shares.csv", "Votes.csv"),
}
Maker = Callable[[Export], Table]

BASIC: tuple[Maker, ...] = (
    profile.profile,
    profile.positions,
    profile.skills,
    profile.education,
    profile.publications,
    profile.certifications,
    contacts.connections,
    contacts.invitations,
    contacts.endorsements_received,
    contacts.endorsements_given,
    contacts.recommendations_received,
    contacts.recommendations_given,
    contacts.company_follows,
    messages.messages,
    messages.coach_messages,
    content.learning,
    content.events,
    content.hashtag_follows,
)
BESIDES: tuple[Maker, ...] = (
    profile.summary,
    content.shares,  # before the others, which speak of them
    content.rich_media,
    content.reposts,
    content.comments,
    content.reactions,
    content.votes,
    content.saved_items,
    content.searches,
    contacts.member_follows,
)
# What can be brought in as a file of its own. (Recommendations received and given look alike, so not those.)
SINGLE: dict[str, Maker] = {
    "Connections.csv": contacts.connections,
    "Invitations.csv": contacts.invitations,
    "messages.csv": messages.messages,
    "Shares.csv": content.shares,
    "InstantReposts.csv": content.reposts,
    "Comments.csv": content.comments,
    "Reactions.csv": content.reactions,
    "Votes.csv": content.votes,
    "Saved_Items.csv": content.saved_items,
    "SearchQueries.csv": content.searches,
    "Events.csv": content.events,
    "Learning.csv": content.learning,
    "Rich_Media.csv": content.rich_media,
    "Company Follows.csv": contacts.company_follows,
    "Member_Follows.csv": contacts.member_follows,
    "Endorsement_Received_Info.csv": contacts.endorsements_received,
    "Endorsement_Given_Info.csv": contacts.endorsements_given,
    "Profile.csv": profile.profile,
    "Positions.csv": profile.positions,
    "Skills.csv": profile.skills,
}


def archive(recipe: Recipe, *, era: str = "2026", complete: bool = True, numbered: bool = False) -> Sample:
    """The whole archive; `numbered` puts the number of the member behind some names."""
    export = Export(Draft(recipe, "linkedin"), ERAS[era])
    members: dict[str, bytes] = {}
    for make in BASIC + (BESIDES if complete else ()):
        table = make(export)
        name = (
            table.name.replace(".csv", f"_{MEMBER}.csv")
            if numbered and table.name in NUMBERED
            else table.name
        )
        members[name] = table.written()
    if complete:
        members |= dict([content.article(export), profile.never_spoken(export)])
        members |= {table.name: table.written() for table in profile.unread(export)}
    if export.era.notes:
        members["Notes.csv"] = content.notes(export).written()
    size, day = "Complete" if complete else "Basic", recipe.last
    name = f"{size}_LinkedInDataExport_{day:%m-%d-%Y}.zip"
    return export.draft.sample(name, zipped(members), "linkedin")


def single(recipe: Recipe, name: str, *, era: str = "2026", resaved: bool = False) -> Sample:
    """One table by itself; `resaved` as a spreadsheet leaves it."""
    export = Export(Draft(recipe, "linkedin"), ERAS[era], alone=True)
    table = SINGLE[name](export)
    return export.draft.sample(name, table.resaved() if resaved else table.written(), "linkedin")
