"""The activity file of Sales Navigator: a whole organisation, told by the numbers of its seats."""

from scoring.samples.draft import Draft
from scoring.samples.packing import table
from scoring.samples.recipe import Recipe, Sample

SEATS = ("4100017", "4100029", "4100031")
HEADER = ["activityId", "activityType", "createdAt", "seatId", "memberIdentityKey"]
KINDS = {
    "SAVED_LEAD": "lead_saved",
    "SAVED_ACCOUNT": "account_saved",
    "SEARCH_PERFORMED": "people_search",
    "PROFILE_VIEWED": "prospect_profile_viewed",
    "INMAIL_SENT": "message_sent",
    "MESSAGE_SENT": "message_sent",
    "CONNECTION_MADE": "connection_accepted",
}


def activities(recipe: Recipe) -> Sample:
    draft = Draft(recipe, "sales navigator")
    rows = []
    for moment in draft.moments("activities", 60):
        name, seat = draft.chance.choice(list(KINDS)), draft.chance.choice(SEATS)
        draft.act(KINDS[name], moment, seat)
        number, other = f"urn-{draft.number():09}", draft.handle("activities.csv memberIdentityKey")
        rows.append([number, name, f"{moment:%m-%d-%Y %H:%M:%S}", seat, other])
    return draft.sample(f"activities-{recipe.last}.csv", table(HEADER, rows), "linkedin")
