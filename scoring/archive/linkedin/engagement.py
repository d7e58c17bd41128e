"""What the owner did with the posts of others: comments, reactions, votes, and what was saved for later."""

from scoring.archive.dates import DAY_MONTH, ISO
from scoring.archive.linkedin.desk import Cells, Deed, LinkedInDesk, choice, place
from scoring.archive.linkedin.names import first_letters

REACTIONS = frozenset(
    {
        *("like", "praise", "celebrate", "empathy", "love", "interest", "insightful", "appreciation"),
        *("support", "entertainment", "funny", "maybe", "curious"),
    }
)
NONE: frozenset[str] = frozenset()
MOST = 200  # characters that have enough letters in them
BEGINNING = 40  # letters of a comment that tell it from another on the same post in the same minute


def comment(cells: Cells, desk: LinkedInDesk) -> Deed:
    """Only the beginning of a comment is in its mark: eras quote and cut it differently, people mend it."""
    when = desk.when(cells, "date", ISO, DAY_MONTH)
    link = cells["link"]
    mark = desk.mark("comment", place(link), when.minute, first_letters(cells["message"][:MOST], BEGINNING))
    kind = "comment_replied" if desk.owner.wrote(link) else "comment_posted"
    return Deed(kind, when.day, mark, desk.marks.link(link))


def reaction(cells: Cells, desk: LinkedInDesk) -> Deed:
    choice(cells, "type", taken=REACTIONS, left=NONE, reason="unknown_type")
    when = desk.when(cells, "date", ISO, DAY_MONTH)
    mark = desk.mark("reaction", place(cells["link"]), when.minute)
    return Deed("post_recommended", when.day, mark, desk.marks.link(cells["link"]))


def vote(cells: Cells, desk: LinkedInDesk) -> Deed:
    when = desk.when(cells, "date", ISO, DAY_MONTH)
    mark = desk.mark("vote", place(cells["link"]), when.minute)
    return Deed("post_recommended", when.day, mark, desk.marks.link(cells["link"]))


def saved_item(cells: Cells, desk: LinkedInDesk) -> Deed:
    when = desk.when(cells, "createdtime")
    item = cells["saveditem"]
    return Deed(
        "insight_saved", when.day, desk.mark("saved", place(item), when.minute), desk.marks.link(item)
    )
