"""Whom the owner met: connections, invitations, follows, endorsements, recommendations."""

from datetime import datetime

from scoring.samples.draft import Person
from scoring.samples.linkedin.export import (
    PREAMBLE,
    Export,
    Table,
    address,
    american,
    american_day,
    javas,
    long_date,
    newest_first,
    slashed,
)

HIDDEN = Person("", "", "", "", "")
STATUSES = ("ACCEPTED", "ACCEPTED", "ACCEPTED", "PENDING", "HIDDEN")


def connections(export: Export) -> Table:
    draft, era = export.draft, export.era
    header = ["First Name", "Last Name", "Email Address", "Company", "Position", "Connected On"]
    if era.addresses:
        header.insert(2, "URL")
    rows = []
    for moment in draft.moments("connections", 5):
        # The day of a connection is written without a time: there is no zone to bring it into.
        day = draft.day(moment)
        person, kind = _met(export)
        row = [person.first_name, person.last_name, _mail(export, person), person.company, person.position]
        if era.addresses:
            row.insert(2, person.handle and address(person.handle))
        draft.act(kind, day)
        rows.append((moment, [*row, long_date(day)]))
    return Table("Connections.csv", header, newest_first(rows), above=PREAMBLE if era.preamble else "")


def _met(export: Export) -> tuple[Person, str]:
    """Some are hidden by now: nothing but the day is left of them."""
    draft, luck = export.draft, export.draft.chance.random()
    if luck > 0.95:
        return HIDDEN, "connection_accepted"
    if luck < 0.15:
        return draft.executive("Connections.csv"), "executive_connected"
    person = draft.person("Connections.csv")
    if luck < 0.3:
        kind = "connection_accepted" if export.alone else "colleague_connected"
        return person._replace(company=draft.owner.company), kind
    return person, "connection_accepted"


def _mail(export: Export, person: Person) -> str:
    shown = export.draft.chance.random() < 0.1
    return f"{person.handle}@mail.example" if shown and person.handle else ""


def invitations(export: Export) -> Table:
    draft = export.draft
    header = ["From", "To", "Sent At", "Message", "Direction"]
    header += ["inviterProfileUrl", "inviteeProfileUrl"] if export.era.addresses else []
    rows = []
    for moment in draft.moments("invitations", 8):
        person, outgoing = draft.person("Invitations.csv"), draft.chance.random() < 0.7
        message = draft.words("Invitations.csv Message") if draft.chance.random() < 0.4 else ""
        names, addresses = [draft.owner.name, person.name], [export.own_address, address(person.handle)]
        if outgoing:
            kind = "connection_request_personalised" if message else "connection_request_sent"
            # The minute is all that is written, so the moment of the act is the minute's.
            draft.act(kind, moment.replace(second=0))
        else:
            names.reverse()
            addresses.reverse()
        row = [*names, american(moment), message, "OUTGOING" if outgoing else "INCOMING"]
        rows.append((moment, row + (addresses if export.era.addresses else [])))
    return Table("Invitations.csv", header, newest_first(rows))


def endorsements_received(export: Export) -> Table:
    return _endorsements(export, "Endorsement_Received_Info.csv", "Endorser", "endorsement_received")


def endorsements_given(export: Export) -> Table:
    return _endorsements(export, "Endorsement_Given_Info.csv", "Endorsee", "endorsement_given")


def _endorsements(export: Export, name: str, who: str, kind: str) -> Table:
    draft = export.draft
    header = ["Endorsement Date", "Skill Name", f"{who} First Name", f"{who} Last Name"]
    header += [f"{who} Public Url"] if export.era.addresses else []
    rows = []
    for moment in draft.moments(kind, 1.5):
        person = draft.person(name)
        status = draft.chance.choice(STATUSES) if kind == "endorsement_received" else "ACCEPTED"
        if status == "ACCEPTED":
            draft.act(kind, moment)
        row = [slashed(moment), draft.title(f"{name} Skill Name"), person.first_name, person.last_name]
        row += [f"www.linkedin.com/in/{person.handle}"] if export.era.addresses else []
        rows.append((moment, [*row, status]))
    return Table(name, [*header, "Endorsement Status"], newest_first(rows))


def recommendations_received(export: Export) -> Table:
    return _recommendations(export, "Recommendations_Received.csv", "recommendation_received")


def recommendations_given(export: Export) -> Table:
    return _recommendations(export, "Recommendations_Given.csv", "recommendation_given")


def _recommendations(export: Export, name: str, kind: str) -> Table:
    draft = export.draft
    header = ["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"]
    rows = []
    for moment in draft.moments(kind, 0.2):
        person, visible = draft.person(name), draft.chance.random() < 0.8
        if visible:
            draft.act(kind, moment)
        row = [person.first_name, person.last_name, person.company, person.position]
        written = [draft.words(f"{name} Text"), _written_on(export, moment)]
        rows.append((moment, [*row, *written, "VISIBLE" if visible else "PENDING"]))
    return Table(name, header, newest_first(rows))


def _written_on(export: Export, moment: datetime) -> str:
    """The day of a recommendation was seen in three forms, none with a time."""
    day = export.draft.day(moment)
    if export.era.name == "2021-early":
        return day.isoformat()
    return long_date(day) if export.era.name == "2021" else american_day(day)


def company_follows(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("company_follows", 0.7):
        draft.act("company_followed", moment)
        rows.append((moment, [draft.title("Company Follows.csv Organization"), javas(moment)]))
    return Table("Company Follows.csv", ["Organization", "Followed On"], newest_first(rows))


def member_follows(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("member_follows", 1):
        followed = draft.chance.random() < 0.85
        if followed:
            draft.act("person_followed", moment)
        status = "Active" if followed else "Unfollow"
        rows.append((moment, [javas(moment), status, draft.person("Member_Follows.csv").name]))
    return Table("Member_Follows.csv", ["Date", "Status", "FullName"], newest_first(rows))
