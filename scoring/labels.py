"""Words for kinds, pillars and networks; the catalogue's English names are the source of the translations."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PILLAR_LABELS = {
    "brand": _("Professional brand"),
    "find": _("Finding the right people"),
    "engage": _("Engaging with insights"),
    "relate": _("Building relationships"),
}
NETWORK_LABELS: dict[str, str | Promise] = {
    "linkedin": "LinkedIn",
    "x": "X",
    "facebook": "Facebook",
    "instagram": "Instagram",
    "other": _("Other"),
}
KIND_LABELS = {
    "profile_photo": _("Professional photo in place"),
    "profile_headline": _("Headline says whom you help"),
    "profile_about": _("About/summary written"),
    "profile_experience": _("Current and past positions described"),
    "profile_skills": _("Five or more skills listed"),
    "profile_rich_media": _("Cover image and featured media"),
    "profile_refreshed": _("Profile reviewed and updated"),
    "article_published": _("Long-form article or newsletter published"),
    "endorsement_received": _("Skill endorsement received"),
    "recommendation_received": _("Recommendation received"),
    "course_completed": _("Course or certification completed"),
    "campaign_launched": _("Social campaign planned and launched"),
    "people_search": _("Search for people"),
    "advanced_search": _("Filtered or Boolean search"),
    "saved_search_created": _("Saved search or alert created"),
    "prospect_profile_viewed": _("Prospect profile viewed"),
    "visitor_review": _("Own profile visitors analysed"),
    "visitor_contacted": _("Followed up with a visitor"),
    "lead_saved": _("Lead saved to list or CRM"),
    "account_saved": _("Target account saved"),
    "account_researched": _("Buying committee of an account mapped"),
    "connection_request_sent": _("Connection request to a relevant profile"),
    "connection_request_personalised": _("Request sent with a personal note"),
    "company_followed": _("Target company followed"),
    "person_followed": _("Prospect or influencer followed"),
    "group_joined": _("Relevant group joined"),
    "group_contribution": _("Post or answer in a group"),
    "content_shared": _("Relevant content posted"),
    "content_reshared": _("Other people's content reshared"),
    "comment_posted": _("Substantive comment on another's post"),
    "post_recommended": _("Another's post recommended (reaction/vote)"),
    "comment_replied": _("Reply to a comment on own post"),
    "engagement_received": _("Day with meaningful engagement on own content"),
    "lead_activity_monitored": _("Leads' activity checked"),
    "trigger_event_acted": _("Acted on a lead's news or job change"),
    "insight_saved": _("Useful post or article saved for clients"),
    "event_attended": _("Industry event or webinar attended"),
    "story_or_video_posted": _("Video, document, story or reel posted"),
    "connection_accepted": _("New relevant connection"),
    "executive_connected": _("Connected with executive or decision maker"),
    "colleague_connected": _("Connected with a colleague"),
    "message_sent": _("Personal message sent"),
    "message_reply_received": _("Reply received"),
    "customer_checkin": _("Contact kept with customer or partner"),
    "colleague_supported": _("Colleague's or partner's content or deal supported"),
    "introduction_made": _("Warm introduction asked or given"),
    "recommendation_given": _("Recommendation written"),
    "endorsement_given": _("Skill endorsement given"),
    "meeting_booked": _("Social conversation became a meeting"),
    "lead_converted": _("Lead became a customer"),
}


def pillar_label(pillar: str) -> str:
    return str(PILLAR_LABELS[pillar])


def kind_label(code: str) -> str:
    """A kind that an administrator added later has no translation: its code must do."""
    return str(KIND_LABELS.get(code, code.replace("_", " ")))


def pillar_choices() -> list[tuple[str, Promise]]:
    return list(PILLAR_LABELS.items())


def network_choices() -> list[tuple[str, str | Promise]]:
    return list(NETWORK_LABELS.items())
