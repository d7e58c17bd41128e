"""Facebook's archive in JSON, of today or older."""

from typing import Any

from scoring.samples.draft import Draft
from scoring.samples.meta import conversations, packed, seconds
from scoring.samples.recipe import Recipe, Sample

ROOTS = {"today": "your_facebook_activity/", "before": "your_activity_across_facebook/", "older": ""}
REACTIONS = ("LIKE", "LOVE", "CARE", "WOW")


def archive(recipe: Recipe, *, root: str = "today") -> Sample:
    draft = Draft(recipe, "facebook")
    older = root == "older"
    posts = "posts/your_posts_1.json" if older else "posts/your_posts__check_ins__photos_and_videos_1.json"
    files = {
        "profile_information/profile_information.json": _profile(draft),
        posts: _posts(draft),
        "comments_and_reactions/comments.json": {"comments_v2": _comments(draft)},
        **_reactions(draft, labelled=not older),
        "groups/your_group_membership_activity.json": _groups(
            draft, "groups_joined" if older else "groups_joined_v2"
        ),
        "groups/group_posts_and_comments.json": {"group_posts_v2": _group_posts(draft)},
        "groups/your_comments_in_groups.json": {"group_comments_v2": _group_comments(draft)},
        "connections/friends/your_friends.json": {"friends_v2": _named(draft, "connection_accepted", 3)},
        "connections/friends/sent_friend_requests.json": {
            "sent_requests_v2": _named(draft, "connection_request_sent", 1)
        },
        "connections/followers/who_you've_followed.json": {
            "following_v3": _named(draft, "person_followed", 0.5)
        },
        "events/your_event_responses.json": _events(draft),
        "logged_information/search/your_search_history.json": _searches(draft),
        "ads_information/ads_interests.json": {"topics_v2": [draft.words("ads_interests.json topic")]},
        **conversations(draft, 3),
    }
    name = f"facebook-{draft.owner.handle}-{recipe.last.isoformat()}.zip"
    return draft.sample(name, packed(ROOTS[root], files), "facebook")


def _profile(draft: Draft) -> dict[str, Any]:
    name = {"full_name": draft.owner.name, "first_name": draft.owner.first_name}
    address = {"emails": [f"{draft.handle('profile_information.json email')}@mail.example"]}
    return {"profile_v2": {"name": name, "emails": address}}


def _posts(draft: Draft) -> list[dict[str, Any]]:
    posts = []
    for moment in draft.moments("posts", 2):
        words = draft.words("your_posts.json post")
        title = f"{draft.owner.name} shared a post."
        post: dict[str, Any] = {"timestamp": seconds(moment), "title": title, "data": [{"post": words}]}
        if draft.chance.random() < 0.2:
            draft.act("story_or_video_posted", moment)
            media = {"uri": f"media/{draft.handle('your_posts.json uri')}.mp4", "description": words}
            post["attachments"] = [{"data": [{"media": media}]}]
        else:
            draft.act("content_shared", moment)
        posts.append(post)
    return posts


def _comments(draft: Draft) -> list[dict[str, Any]]:
    """One of them by somebody else: it is no act of the owner."""
    comments = []
    for number, moment in enumerate(draft.moments("comments", 5)):
        other = draft.person("comments.json").name
        author = other if number == 3 else draft.owner.name
        if number != 3:
            draft.act("comment_posted", moment)
        said = {
            "timestamp": seconds(moment),
            "comment": draft.words("comments.json comment"),
            "author": author,
        }
        title = f"{author} commented on {other}'s post."
        comments.append({"timestamp": seconds(moment), "data": [{"comment": said}], "title": title})
    return comments


def _reactions(draft: Draft, *, labelled: bool) -> dict[str, Any]:
    """The later form has labels, and repeats some of what stands in the earlier one."""
    earlier, later = [], []
    for moment in draft.moments("reactions", 8):
        draft.act("post_recommended", moment)
        name, title = (
            draft.chance.choice(REACTIONS),
            f"{draft.owner.name} likes {draft.person('likes').name}'s post.",
        )
        luck, reaction = draft.chance.random(), {"reaction": name, "actor": draft.owner.name}
        if not labelled or luck < 0.6:
            row = {"timestamp": seconds(moment), "title": title, "data": [{"reaction": {**reaction}}]}
            earlier.append(row)
        if labelled and luck > 0.4:
            labels = [{"label": "Reaction", "value": name}, {"label": "Name", "value": title}]
            later.append({"timestamp": seconds(moment), "fbid": str(draft.number()), "label_values": labels})
    folder = "comments_and_reactions/likes_and_reactions"
    return {f"{folder}_1.json": earlier} | ({f"{folder}.json": later} if labelled else {})


def _groups(draft: Draft, key: str) -> dict[str, Any]:
    joined = []
    for moment in draft.moments("groups", 0.2):
        draft.act("group_joined", moment)
        title = f"You became a member of {draft.words('your_group_membership_activity.json title')}."
        joined.append({"timestamp": seconds(moment), "title": title})
    return {key: joined}


def _group_posts(draft: Draft) -> list[dict[str, Any]]:
    posts = []
    for moment in draft.moments("group_posts", 0.7):
        draft.act("group_contribution", moment)
        words = draft.words("group_posts_and_comments.json post")
        title = f"{draft.owner.name} posted in a group."
        posts.append({"timestamp": seconds(moment), "data": [{"post": words}], "title": title})
    return posts


def _group_comments(draft: Draft) -> list[dict[str, Any]]:
    comments = []
    for moment in draft.moments("group_comments", 0.7):
        draft.act("group_contribution", moment)
        words = draft.words("your_comments_in_groups.json comment")
        said = {"timestamp": seconds(moment), "comment": words, "author": draft.owner.name, "group": words}
        comments.append({"timestamp": seconds(moment), "data": [{"comment": said}], "title": words})
    return comments


def _named(draft: Draft, kind: str, a_week: float) -> list[dict[str, Any]]:
    rows = []
    for moment in draft.moments(kind, a_week):
        draft.act(kind, moment)
        rows.append({"name": draft.person(f"friends {kind}").name, "timestamp": seconds(moment)})
    return rows


def _events(draft: Draft) -> dict[str, Any]:
    joined, declined = [], []
    for moment in draft.moments("events", 0.3):
        row = {"name": draft.words("your_event_responses.json name"), "start_timestamp": seconds(moment)}
        if draft.chance.random() < 0.7:
            draft.act("event_attended", moment)
            joined.append(row)
        else:
            declined.append(row)
    return {"event_responses_v2": {"events_joined": joined, "events_declined": declined}}


def _searches(draft: Draft) -> dict[str, Any]:
    """Taken only from who asks for it."""
    searches = []
    for moment in draft.moments("searches", 3):
        draft.act("people_search", moment, optional=True)
        words = draft.words("your_search_history.json text")
        row = {"timestamp": seconds(moment), "title": "You searched", "data": [{"text": words}]}
        searches.append(row)
    return {"searches_v2": searches}
