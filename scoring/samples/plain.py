"""A plain table of activities, as `import_activities` takes it, in CSV or XLSX."""

from scoring.formula.catalogue import NETWORKS
from scoring.samples.draft import Draft
from scoring.samples.packing import table
from scoring.samples.recipe import Recipe, Sample
from scoring.samples.workbook import workbook

HEADER = ("kind", "day", "quantity", "network", "link", "note")
KINDS = ("comment_posted", "message_sent", "meeting_booked", "customer_checkin", "introduction_made")
A_WEEK = 12


def table_of_activities(recipe: Recipe, *, seller: str = "") -> Sample:
    """A CSV; with an e-mail address of the seller it has that column too."""
    draft, header, rows = _rows(recipe, seller)
    return draft.sample("activities.csv", table(header, rows), "")


def workbook_of_activities(recipe: Recipe, *, seller: str = "") -> Sample:
    draft, header, rows = _rows(recipe, seller)
    content = workbook(header, rows, dates=(header.index("day"),), numbers=(header.index("quantity"),))
    return draft.sample("activities.xlsx", content, "")


def _rows(recipe: Recipe, seller: str) -> tuple[Draft, list[str], list[list[str]]]:
    draft, rows = Draft(recipe, "plain"), []
    for moment in draft.moments("activities", A_WEEK):
        kind, day = draft.chance.choice(KINDS), draft.day(moment)
        draft.act(kind, day)
        link = draft.link("activities link") if draft.chance.random() < 0.3 else ""
        note = draft.words("activities note")[:400] if draft.chance.random() < 0.3 else ""
        row = [kind, day.isoformat(), "1", draft.chance.choice(NETWORKS), link, note]
        rows.append([seller, *row] if seller else row)
    return draft, ["seller", *HEADER] if seller else [*HEADER], rows
