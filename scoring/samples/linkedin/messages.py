"""The owner's conversations, with what is in such a file besides: drafts, spam, advertisements."""

from datetime import datetime, timedelta

from scoring.samples.draft import Person
from scoring.samples.linkedin.export import Export, Table, address, newest_first
from scoring.samples.talk import count_talk, talk

FILE = "messages.csv"
ADVERTISEMENT = '<p class="spinmail-quill-editor__spin-break">'
HEADER = [
    *("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "RECIPIENT PROFILE URLS"),
    *("DATE", "SUBJECT", "CONTENT", "FOLDER", "ATTACHMENTS", "IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"),
]
LATER = {"RECIPIENT PROFILE URLS": "addresses", "ATTACHMENTS": "drafts"}
LATER |= {"IS MESSAGE DRAFT": "drafts", "IS CONVERSATION DRAFT": "drafts"}


def messages(export: Export) -> Table:
    draft, rows = export.draft, []
    for number, moment in enumerate(draft.moments("messages", 4)):
        partner, turns = draft.person(FILE), talk(draft, moment)
        thread = f"2-{draft.handle(f'{FILE} CONVERSATION ID')}"
        count_talk(draft, turns)
        rows += [(turn.moment, _row(export, thread, partner, turn.moment, own=turn.own)) for turn in turns]
        if number % 7 == 0:
            rows += _what_is_no_message(export, moment)
    columns = [name for name in HEADER if name not in LATER or getattr(export.era, LATER[name])]
    table = [[row[name] for name in columns] for _moment, row in sorted(rows, key=_newest, reverse=True)]
    return Table(FILE, columns, table, escape="all" if export.era.quoted else "double")


def _newest(pair: tuple[datetime, dict[str, str]]) -> datetime:
    return pair[0]


def _what_is_no_message(export: Export, moment: datetime) -> list[tuple[datetime, dict[str, str]]]:
    """A conversation that never was: in each a row that says so."""
    draft, later = export.draft, moment + timedelta(seconds=1)
    spam = _row(export, "2-spam", draft.person(FILE), later, own=False) | {"FOLDER": "SPAM"}
    sold = _row(export, "2-sold", draft.person(FILE), later, own=False)
    sold |= {"SENDER PROFILE URL": "", "CONTENT": ADVERTISEMENT + sold["CONTENT"] + "</p>"}
    found = [(later, spam), (later, sold)]
    if export.era.drafts:
        unsent = _row(export, "2-unsent", draft.person(FILE), later, own=True)
        found.append((later, unsent | {"IS MESSAGE DRAFT": "Yes", "IS CONVERSATION DRAFT": "Yes"}))
    return found


def _row(export: Export, thread: str, partner: Person, moment: datetime, *, own: bool) -> dict[str, str]:
    draft = export.draft
    names, addresses = [draft.owner.name, partner.name], [export.own_address, address(partner.handle)]
    if not own:
        names.reverse()
        addresses.reverse()
    return {
        "CONVERSATION ID": thread,
        "CONVERSATION TITLE": draft.words(f"{FILE} CONVERSATION TITLE")
        if draft.chance.random() < 0.1
        else "",
        "FROM": names[0],
        "SENDER PROFILE URL": addresses[0],
        "TO": names[1],
        "RECIPIENT PROFILE URLS": addresses[1],
        "DATE": f"{moment:%Y-%m-%d %H:%M:%S} UTC",
        "SUBJECT": draft.words(f"{FILE} SUBJECT") if draft.chance.random() < 0.2 else "",
        "CONTENT": draft.words(f"{FILE} CONTENT"),
        "FOLDER": "INBOX",
        "ATTACHMENTS": draft.link(f"{FILE} ATTACHMENTS") if draft.chance.random() < 0.05 else "",
        "IS MESSAGE DRAFT": "No",
        "IS CONVERSATION DRAFT": "No",
    }


def coach_messages(_export: Export) -> Table:
    """As the messages, and usually without one."""
    return Table("guide_messages.csv", HEADER[:10], newest_first([]))
