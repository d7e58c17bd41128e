"""What the owner posted, answered, recommended and kept."""

from bisect import bisect
from datetime import datetime

from scoring.samples.linkedin.export import (
    Export,
    Table,
    javas,
    newest_first,
    plain,
    slashed,
)

REACTIONS = ("LIKE", "PRAISE", "EMPATHY", "INTEREST", "APPRECIATION", "ENTERTAINMENT", "MAYBE")
FULL_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
UPDATES = "https://www.linkedin.com/feed/update/"
COMPLETED = "Content Completed At (if completed)"


def _post(export: Export, *, encoded: bool = True) -> str:
    """The address of a post of somebody."""
    number = 7_000_000_000_000_000_000 + export.draft.chance.getrandbits(40)
    sign = "%3A" if encoded else ":"
    return f"{UPDATES}{sign.join(('urn', 'li', 'activity', str(number)))}"


def shares(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("shares", 2):
        luck, link = draft.chance.random(), _post(export)
        export.own_posts.append((moment, link))
        words, shared, media = draft.words("Shares.csv ShareCommentary"), "", ""
        if luck < 0.3:
            words, shared = "", draft.link("Shares.csv SharedUrl")
        elif luck < 0.5:
            media = draft.link("Shares.csv MediaUrl")
            export.shown.append((moment, media))
        draft.act("content_shared" if words else "content_reshared", moment)
        rows.append((moment, [plain(moment), link, words, shared, media, "MEMBER_NETWORK"]))
    header = ["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"]
    return Table("Shares.csv", header, newest_first(rows), last_end=False)


def reposts(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("reposts", 1):
        draft.act("content_reshared", moment)
        rows.append((moment, [plain(moment), _post(export)]))
    return Table("InstantReposts.csv", ["Date", "Link"], newest_first(rows))


def comments(export: Export) -> Table:
    """Some twice below one post, some below the owner's own posts; one lost its date."""
    draft, rows, others = export.draft, [], _post(export)
    for moment in draft.moments("comments", 10):
        luck = draft.chance.random()
        posted = bisect(export.own_posts, (moment, ""))
        own = luck < 0.2 and posted > 0
        # A tenth stands below the same post as the comment before.
        others = _post(export, encoded=luck < 0.6) if luck < 0.9 else others
        link = export.own_posts[posted - 1][1].replace("%3A", ":") if own else others
        draft.act("comment_replied" if own else "comment_posted", moment)
        rows.append((moment, [plain(moment), link, draft.words("Comments.csv Message")]))
    undated = ["", _post(export), draft.words("Comments.csv Message")]
    draft.skipped["Comments.csv"] += 1
    return Table("Comments.csv", ["Date", "Link", "Message"], [*newest_first(rows), undated], "backslash")


def reactions(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("reactions", 14):
        draft.act("post_recommended", moment)
        rows.append((moment, [plain(moment), draft.chance.choice(REACTIONS), _post(export)]))
    return Table("Reactions.csv", ["Date", "Type", "Link"], newest_first(rows))


def votes(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("votes", 0.5):
        draft.act("post_recommended", moment)
        rows.append((moment, [plain(moment), _post(export), draft.words("Votes.csv OptionText")]))
    return Table("Votes.csv", ["Date", "Link", "OptionText"], newest_first(rows))


def saved_items(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("saved_items", 1.5):
        draft.act("insight_saved", moment)
        rows.append((moment, [_post(export), javas(moment)]))
    return Table("Saved_Items.csv", ["savedItem", "CreatedTime"], newest_first(rows))


def searches(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("searches", 12):
        draft.act("people_search", moment)
        rows.append((moment, [slashed(moment), draft.words("SearchQueries.csv Search Query")]))
    return Table("SearchQueries.csv", ["Time", "Search Query"], newest_first(rows))


def events(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("events", 0.3):
        attending = draft.chance.random() < 0.7
        if attending:
            draft.act("event_attended", moment)
        row = [draft.words("Events.csv Event Name"), f"{plain(moment)} UTC"]
        status = "ATTENDING" if attending else "DECLINED"
        rows.append((moment, [*row, status, draft.link("Events.csv External Url")]))
    return Table("Events.csv", ["Event Name", "Event Time", "Status", "External Url"], newest_first(rows))


def learning(export: Export) -> Table:
    draft, rows = export.draft, []
    for moment in draft.moments("learning", 0.2):
        completed = draft.chance.random() < 0.6
        if completed:
            draft.act("course_completed", moment)
        done = f"{moment:%Y-%m-%d %H:%M} UTC" if completed else "N/A"
        title, about = (draft.words(f"Learning.csv Content {part}") for part in ("Title", "Description"))
        notes = draft.words("Learning.csv Notes taken on videos")
        rows.append((moment, [title, about, "Course", "N/A", done, "false", notes, ""]))
    header = ["Content Title", "Content Description", "Content Type"]
    header += ["Content Last Watched Date (if viewed)", COMPLETED, "Content Saved"]
    return Table("Learning.csv", [*header, "Notes taken on videos (if taken)", ""], newest_first(rows))


def rich_media(export: Export) -> Table:
    """What a post shows stands here once more, and is no act beside it."""
    draft = export.draft
    about = "Rich_Media.csv Media Description"
    rows = [(moment, [_told("video", moment), draft.words(about), link]) for moment, link in export.shown]
    for moment in draft.moments("rich_media", 0.5):
        thing = draft.chance.choice(("video", "document", "photo"))
        if thing != "photo":
            draft.act("story_or_video_posted", moment)
        link = draft.link("Rich_Media.csv Media Link")
        rows.append((moment, [_told(thing, moment), draft.words(about), link]))
    return Table("Rich_Media.csv", ["Date/Time", "Media Description", "Media Link"], newest_first(rows))


def _told(thing: str, moment: datetime) -> str:
    hour, half = moment.hour % 12 or 12, "AM" if moment.hour < 12 else "PM"
    time = f"{hour}:{moment.minute:02} {half} (GMT)"
    return f"You uploaded a {thing} on {FULL_MONTHS[moment.month - 1]} {moment.day}, {moment.year} at {time}"


def hashtag_follows(export: Export) -> Table:
    draft, moment = export.draft, export.draft.moment()
    row = [draft.title("Hashtag_Follows.csv HashTag"), javas(moment), javas(moment), "ACTIVE"]
    return Table("Hashtag_Follows.csv", ["HashTag", "CreatedTime", "LastModifiedTime", "State"], [row])


def notes(export: Export) -> Table:
    draft, moment = export.draft, export.draft.moment()
    person = draft.person("Notes.csv")
    header = ["Connection First Name", "Connection Last Name", "Connection Profile URL"]
    row = [person.first_name, person.last_name, f"https://www.linkedin.com/in/{person.handle}"]
    dates = [f"{plain(moment)} UTC"] * 2
    row = [*row, draft.words("Notes.csv Note"), *dates]
    return Table("Notes.csv", [*header, "Note", "Created On", "Edited On"], [row])


def article(export: Export) -> tuple[str, bytes]:
    """A page without a date: it is dated by who takes it in."""
    draft = export.draft
    draft.begin("article")
    draft.act("article_published", None)
    slug, title = draft.handle("Articles slug"), draft.words("Articles title")
    link = f"https://www.linkedin.com/pulse/{slug}"
    page = f'<html><head><title>{title}</title></head><body><h1><a href="{link}">{title}</a></h1>'
    page += f"<p>{draft.words('Articles body')}</p></body></html>"
    return f"Articles/Articles/{slug}.html", page.encode()
