"""The coaching tips and the "did you know" facts, in our words; translated like every other sentence.

A tip names the kinds that it is about, so that the planner's choice of a kind finds its words. Where one
piece of advice speaks of several kinds, each has its own sentence under the same code.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scoring.labels import kind_label


@dataclass(frozen=True)
class TipText:
    """A piece of advice: its code in the coaching page, the codes of its kinds, the best fitting first."""

    code: str
    kinds: tuple[str, ...]
    text: Promise


def _tip(code: str, kinds: str, text: Promise) -> TipText:
    return TipText(code, tuple(kinds.split()), text)


BRAND = (
    _tip(
        "B1",
        "profile_photo",
        _(
            "Add a clear, friendly photo of head and shoulders: LinkedIn's research is cited with"
            " 14 to 21 times more views."
        ),
    ),
    _tip("B2", "profile_headline", _("Rewrite your headline: the value for the buyer, not a job title.")),
    _tip(
        "B3",
        "profile_about",
        _("Write your About in the first person, with the words that prospects search for."),
    ),
    _tip(
        "B4",
        "profile_experience",
        _(
            "Describe your current and two previous roles: an older source says that two recent "
            "positions make you 12 times likelier to be found."
        ),
    ),
    _tip(
        "B5",
        "profile_skills endorsement_received",
        _("List at least five skills, and ask two customers for an endorsement."),
    ),
    _tip(
        "B6",
        "profile_rich_media",
        _("Put a deck, a short PDF or a video in Featured, and use a cover image."),
    ),
    _tip(
        "B7", "recommendation_received", _("Ask three to five customers or colleagues for a recommendation.")
    ),
    _tip(
        "B8",
        "article_published",
        _("Publish one meaningful article a month: substance counts more than frequency."),
    ),
    _tip("B9", "campaign_launched", _("Run one small planned campaign a quarter, and log it.")),
    _tip("B10", "profile_refreshed", _("Re-read your profile every quarter as a buyer would.")),
    _tip("B11", "course_completed", _("Finish one short course on a network or a tool that you sell with.")),
)
FIND = (
    _tip("F1", "people_search", _("Block 15 minutes a day for finding people.")),
    _tip(
        "F2",
        "saved_search_created",
        _("Save the search that describes your ideal customer, and let its alerts work."),
    ),
    _tip(
        "F2",
        "advanced_search",
        _("Describe your ideal customer with filters instead of scrolling through names."),
    ),
    _tip("F3", "people_search", _("Aim for five searches a day.")),
    _tip("F3", "lead_saved", _("Aim for 20 saved leads: those you come back to.")),
    _tip("F4", "visitor_review", _("Read who visited your profile twice a week.")),
    _tip(
        "F4",
        "visitor_contacted",
        _("Write to the relevant ones among your profile's visitors: they came first."),
    ),
    _tip(
        "F5",
        "connection_request_sent",
        _("Connect with five to ten well-chosen people a week, not with hundreds."),
    ),
    _tip(
        "F6",
        "connection_request_personalised",
        _(
            # xgettext:no-python-format
            "Add a short note that names something specific: acceptance hardly changes (26.42% "
            "against 26.37%), replies do (9.36% against 5.44%)."
        ),
    ),
    _tip(
        "F7",
        "connection_request_sent",
        _("Stay well under about 100 requests a week, and withdraw stale ones."),
    ),
    _tip(
        "F8",
        "connection_request_sent",
        # xgettext:no-python-format
        _("Start with second-degree contacts: their acceptance is reported 40% higher."),
    ),
    _tip(
        "F8",
        "introduction_made",
        _("Ask a shared contact to introduce you: people of the second degree say yes more often."),
    ),
    _tip(
        "F9",
        "account_researched",
        _("Map the several people who decide in a target company before you approach one."),
    ),
    _tip(
        "F9", "account_saved", _("Save the companies that you want to win, so that their news comes to you.")
    ),
    _tip(
        "F9",
        "prospect_profile_viewed",
        _("Look at several people in a target company before you approach one."),
    ),
    _tip("F10", "company_followed", _("Follow the companies on your list to see their news.")),
    _tip("F10", "person_followed", _("Follow the people on your list to see what occupies them.")),
)
ENGAGE = (
    _tip(
        "E1", "content_shared", _("One or two posts of substance a week are enough; other coaches say three.")
    ),
    _tip(
        "E2",
        "comment_posted",
        _("Write comments longer than three or four words: five a day beat fifty likes."),
    ),
    _tip("E3", "post_recommended", _("React to a connection's post three times a week.")),
    _tip("E3", "content_reshared", _("Repost one useful article, with a line on why it is useful.")),
    _tip("E4", "group_joined", _("Join the groups in which your customers ask.")),
    _tip("E4", "group_contribution", _("Answer one question a week in a group in which customers ask.")),
    _tip(
        "E5",
        "engagement_received message_sent",
        _("Treat a like or a share from a prospect as a reason to start a conversation."),
    ),
    _tip("E6", "lead_activity_monitored", _("Check every day what your leads are up to.")),
    _tip(
        "E6", "trigger_event_acted", _("Act on a job change or on company news of a lead while it is fresh.")
    ),
    _tip("E7", "comment_replied", _("Answer every comment under your post the same day.")),
    _tip("E8", "story_or_video_posted", _("Mix formats: a short video or document once in two weeks.")),
    _tip("E9", "insight_saved", _("Keep a folder of articles for your clients.")),
    _tip("E9", "content_shared", _("Share an article from your folder when it fits a client's need.")),
    _tip("E10", "event_attended", _("Attend an industry event, and thank two speakers or attendees.")),
    _tip("E10", "comment_posted", _("Thank two speakers or attendees of an event under their posts.")),
)
RELATE = (
    _tip("R1", "executive_connected", _("Connect with decision makers, not only with peers.")),
    _tip(
        "R2",
        "colleague_connected",
        _(
            "Connect with your own colleagues: they open doors, and come third in LinkedIn's list"
            " of what predicts success."
        ),
    ),
    _tip(
        "R3",
        "connection_accepted meeting_booked",
        _("Reach out to four or five new people a week, and hold one real call."),
    ),
    _tip(
        "R4",
        "message_sent message_reply_received",
        _("Go beyond one or two sales messages: a real discussion is the point."),
    ),
    _tip(
        "R5",
        "introduction_made",
        _(
            # xgettext:no-python-format
            "92% delete e-mails from strangers: warm up first, or ask for an introduction; offer "
            "to make one first."
        ),
    ),
    _tip("R6", "recommendation_given", _("Write a recommendation before you ask for one.")),
    _tip(
        "R6",
        "endorsement_given",
        _("Endorse a skill that you have seen at work before you ask for the same."),
    ),
    _tip(
        "R7", "customer_checkin", _("Contact one existing customer and one partner each week, with no pitch.")
    ),
    _tip("R8", "colleague_supported", _("Share or comment on a colleague's win.")),
    _tip(
        "R9",
        "message_reply_received",
        _("Watch the rate of replies: if it falls, send fewer and better messages."),
    ),
    _tip(
        "R10",
        "meeting_booked lead_converted",
        _("Log outcomes: meetings and conversions keep the index honest."),
    ),
)
TIPS = BRAND + FIND + ENGAGE + RELATE

FACTS = (
    # xgettext:no-python-format
    _("67% of B2B customers decide before they contact a seller."),
    # xgettext:no-python-format
    _("75% of B2B customers find buying on a website more convenient than a salesperson."),
    # xgettext:no-python-format
    _("77% of B2B buyers talk to a seller only after their own research."),
    # xgettext:no-python-format
    _("92% of buyers delete e-mails and voicemail from strangers."),
    # xgettext:no-python-format
    _("93% of B2B customers prefer to buy on their own rather than through an intermediary."),
    _("A tweet annoys customers half as much as an e-mail, and is up to 5 times less trouble than a call."),
    # xgettext:no-python-format
    _("Almost 60% of online shoppers are under 35, almost 90% under 50 (Gemius Polska)."),
    _(
        # xgettext:no-python-format
        "61% of sellers in the United States regularly use social networks for their "
        "branding, relationships and business."
    ),
    _(
        # xgettext:no-python-format
        "Where sales and marketing work together, customer retention is 36% higher and "
        "closing opportunities 67% higher."
    ),
    _("LinkedIn drew its Social Selling Index from about 5,000 top performers and 50 activities."),
    _("LinkedIn's Social Selling Index opened to everybody on 3 August 2015."),
)


def texts_for(kinds: Iterable[str], *, week: date, hidden: Container[str] = ()) -> dict[str, str]:
    """Give each kind a sentence in the active language; where several fit, they take turns by the week.

    hidden are the codes of tips that the seller does not want to see: without another one, the kind's name.
    """
    turn = week.toordinal() // 7
    return {kind: _text(kind, turn, hidden) for kind in kinds}


def _text(kind: str, turn: int, hidden: Container[str]) -> str:
    fitting = [tip for tip in TIPS if kind in tip.kinds and tip.code not in hidden]
    return str(fitting[turn % len(fitting)].text) if fitting else kind_label(kind)


def fact_of(day: date) -> str:
    """The fact of a day: the same for everybody, another one tomorrow."""
    return str(FACTS[day.toordinal() % len(FACTS)])
