"""What the profile shows: standing items to offer, and who the owner is and works for."""

from collections.abc import Iterator

from scoring.archive.found import Found, Item, Skipped
from scoring.archive.linkedin.names import letters, person
from scoring.archive.linkedin.sheet import Sheet

ENOUGH_SKILLS = 5


def read_profile(sheet: Sheet) -> Iterator[Found]:
    """Of all that the file knows, the name, and whether there are a headline and a summary."""
    for row in sheet.table:
        if isinstance(row, Skipped):
            yield row
            continue
        sheet.desk.owner.name = person(row.cells["firstname"], row.cells["lastname"])
        if row.cells["headline"]:
            yield Item(sheet.file.name, "profile_headline")
        if row.cells.get("summary"):
            yield Item(sheet.file.name, "profile_about")


def read_summary(sheet: Sheet) -> Iterator[Found]:
    yield from _offered(sheet, "profile_about", "profilesummary", at_least=1)


def read_skills(sheet: Sheet) -> Iterator[Found]:
    yield from _offered(sheet, "profile_skills", "name", at_least=ENOUGH_SKILLS)


def read_positions(sheet: Sheet) -> Iterator[Found]:
    """A position without an end is a current one, and who works there too is a colleague."""
    told = False
    for row in sheet.table:
        if isinstance(row, Skipped):
            yield row
            continue
        told = told or bool(row.cells["companyname"] or row.cells["title"])
        if not row.cells["finishedon"] and (employer := letters(row.cells["companyname"])):
            sheet.desk.owner.employers.add(employer)
    if told:
        yield Item(sheet.file.name, "profile_experience")


def _offered(sheet: Sheet, item: str, column: str, *, at_least: int) -> Iterator[Found]:
    count = 0
    for row in sheet.table:
        if isinstance(row, Skipped):
            yield row
        elif row.cells[column]:
            count += 1
    if count >= at_least:
        yield Item(sheet.file.name, item)
