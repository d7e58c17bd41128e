"""The owner's profile, and the files that are nobody's business here."""

from scoring.samples.linkedin.export import MONTHS, Export, Table, american, plain

ENOUGH_SKILLS = 6


def profile(export: Export) -> Table:
    draft, owner = export.draft, export.draft.owner
    header = ["First Name", "Last Name", "Maiden Name", "Address", "Birth Date", "Headline", "Summary"]
    header += ["Industry", "Zip Code", "Geo Location", "Twitter Handles", "Websites", "Instant Messengers"]
    filled = [draft.words(f"Profile.csv {name}") for name in header[2:]]
    filled[2] = "Mar 5"
    draft.items |= {"profile_headline", "profile_about"}
    return Table("Profile.csv", header, [[owner.first_name, owner.last_name, *filled]])


def summary(export: Export) -> Table:
    export.draft.items.add("profile_about")
    words = export.draft.words("Profile Summary.csv Profile Summary")
    return Table("Profile Summary.csv", ["Profile Summary"], [[words]])


def positions(export: Export) -> Table:
    """The present position first, then one that ended."""
    draft, owner = export.draft, export.draft.owner
    draft.items.add("profile_experience")
    header = ["Company Name", "Title", "Description", "Location", "Started On", "Finished On"]
    rows = []
    for company, title, end in (
        (owner.company, owner.title, ""),
        (draft.title("Positions.csv Company Name"), draft.title("Positions.csv Title"), "Dec 2018"),
    ):
        about, place = draft.words("Positions.csv Description"), draft.title("Positions.csv Location")
        rows.append([company, title, about, place, "Jan 2019" if not end else "Sep 2011", end])
    return Table("Positions.csv", header, rows)


def skills(export: Export) -> Table:
    export.draft.items.add("profile_skills")
    names = [export.draft.title("Skills.csv Name") for _n in range(ENOUGH_SKILLS)]
    return Table("Skills.csv", ["Name"], [[name] for name in names])


def education(export: Export) -> Table:
    draft = export.draft
    header = ["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"]
    notes, degree, clubs = (draft.words(f"Education.csv {name}") for name in header[3:])
    row = [draft.title("Education.csv School Name"), "2004", "Sep 2008", notes, degree, clubs]
    return Table("Education.csv", header, [row])


def unread(export: Export) -> list[Table]:
    """Files that a reader leaves alone, each with something that must not get out."""
    draft, moment = export.draft, export.draft.moment()
    forms = {
        "Email Addresses.csv": ["Email Address", "Confirmed", "Primary", "Updated On"],
        "PhoneNumbers.csv": ["Extension", "Number", "Type"],
        "ImportedContacts.csv": ["FirstName", "LastName", "Companies", "Title", "Emails"],
        "Registration.csv": ["Registered At", "Registration Ip", "Subscription Types"],
        "Logins.csv": ["Login Date", "IP Address", "User Agent", "Login Type"],
        "Receipts_v2.csv": ["Transaction Made At", "Description", "Invoice Number", "Total Amount"],
        # Its columns repeat in the real ones too.
        "Ad_Targeting.csv": ["Member Age", "Company Names", "Company Names", "Job Titles", "Job Titles"],
        "Ads Clicked.csv": ["Ad clicked Date", "Ad Title/Id"],
        "Inferences_about_you.csv": ["Category", "Type of inference", "Description", "Inference"],
        "Jobs/Job Applications.csv": ["Application Date", "Contact Email", "Company Name", "Job Title"],
        "Verifications/Verifications.csv": ["First name", "Last name", "Document type"],
    }
    tables = [
        Table(name, header, [[draft.words(f"{name} {column}") for column in header]])
        for name, header in forms.items()
    ]
    dated = [american(moment), plain(moment)]
    return [*tables, Table("Security Challenges.csv", ["Challenge Date", "Seen"], [dated])]


def never_spoken(_export: Export) -> tuple[str, bytes]:
    """It is called a table and is none."""
    return "LearningCoachMessages.csv", b"No conversations found"


def publications(export: Export) -> Table:
    draft = export.draft
    header = ["Name", "Published On", "Description", "Publisher", "Url"]
    row = [draft.title("Publications.csv Name"), "Mar 2022"]
    row += [draft.words("Publications.csv Description"), draft.title("Publications.csv Publisher")]
    return Table("Publications.csv", header, [[*row, draft.link("Publications.csv Url")]])


def certifications(export: Export) -> Table:
    """They are dated by the month, and count from its first day."""
    draft, rows = export.draft, []
    for moment in draft.moments("certifications", 0.05):
        draft.act("course_completed", draft.day(moment).replace(day=1))
        begun = f"{MONTHS[draft.day(moment).month - 1]} {draft.day(moment).year}"
        name, authority = (draft.title(f"Certifications.csv {column}") for column in ("Name", "Authority"))
        rows.append([name, draft.link("Certifications.csv Url"), authority, begun, "", str(draft.number())])
    header = ["Name", "Url", "Authority", "Started On", "Finished On", "License Number"]
    return Table("Certifications.csv", header, rows)
