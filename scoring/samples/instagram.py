"""Instagram's archive in JSON, of today or older."""

from typing import Any

from scoring.samples.draft import Draft
from scoring.samples.meta import conversations, packed, seconds
from scoring.samples.recipe import Recipe, Sample

ROOTS = {"today": "your_instagram_activity/", "older": ""}
SITE = "https://www.instagram.com"
# The labels of a comment are in the language of the account.
LABELS = {"today": ("Comment", "Media Owner", "Time"), "older": ("Opmerking", "Media-eigenaar", "Tijd")}


def archive(recipe: Recipe, *, root: str = "today") -> Sample:
    draft = Draft(recipe, "instagram")
    older = root == "older"
    comments = _comments(draft, LABELS[root])
    files = {
        "content/posts_1.json": _posts(draft),
        "content/stories.json": {"ig_stories": _stories(draft, "stories.json", 1)},
        "content/reels.json": {
            "ig_reels_media": [{"media": [row]} for row in _stories(draft, "reels.json", 0.5)]
        },
        "comments/post_comments.json" if older else "comments/post_comments_1.json": (
            {"comments_media_comments": comments} if older else comments
        ),
        "likes/liked_posts.json": {
            "likes_media_likes": _listed(draft, "liked_posts.json", "post_recommended", 8)
        },
        "connections/followers_and_following/following.json": {
            "relationships_following": _listed(draft, "following.json", "person_followed", 1)
        },
        "saved/saved_posts.json": {"saved_saved_media": _saved(draft)},
        "personal_information/personal_information/personal_information.json": _profile(draft),
        **conversations(draft, 2),
    }
    name = f"instagram-{draft.owner.handle}-{recipe.last.isoformat()}.zip"
    return draft.sample(name, packed(ROOTS[root], files), "instagram")


def _profile(draft: Draft) -> dict[str, Any]:
    said = {
        "Email": {"value": f"{draft.handle('personal_information.json email')}@mail.example"},
        "Username": {"value": draft.owner.handle},
        "Name": {"value": draft.owner.name},
        "Bio": {"value": draft.words("personal_information.json Bio")},
    }
    return {"profile_user": [{"title": "User Information", "string_map_data": said}]}


def _posts(draft: Draft) -> list[dict[str, Any]]:
    """A post of several pictures has its moment and title outside, one of a single picture inside."""
    posts: list[dict[str, Any]] = []
    for moment in draft.moments("posts", 2):
        draft.act("content_shared", moment)
        title = draft.words("posts_1.json title")
        several = draft.chance.random() < 0.3
        media = [
            {
                "uri": f"media/posts/{draft.handle('posts_1.json uri')}.jpg",
                "creation_timestamp": seconds(moment),
                "title": "" if several else title,
            }
            for _n in range(3 if several else 1)
        ]
        outside = {"title": title, "creation_timestamp": seconds(moment)} if several else {}
        posts.append({"media": media, **outside})
    return posts


def _stories(draft: Draft, name: str, a_week: float) -> list[dict[str, Any]]:
    stories = []
    for moment in draft.moments(name, a_week):
        draft.act("story_or_video_posted", moment)
        story = {
            "uri": f"media/stories/{draft.handle(f'{name} uri')}.mp4",
            "creation_timestamp": seconds(moment),
            "title": draft.words(f"{name} title"),
        }
        stories.append(story)
    return stories


def _comments(draft: Draft, labels: tuple[str, str, str]) -> list[dict[str, Any]]:
    said, of, time = labels
    comments = []
    for moment in draft.moments("comments", 5):
        draft.act("comment_posted", moment)
        words, whose = (
            draft.words("post_comments.json Comment"),
            draft.handle("post_comments.json Media Owner"),
        )
        row = {said: {"value": words}, of: {"value": whose}, time: {"timestamp": seconds(moment)}}
        comments.append({"media_list_data": [{"uri": ""}], "string_map_data": row})
    return comments


def _listed(draft: Draft, name: str, kind: str, a_week: float) -> list[dict[str, Any]]:
    rows = []
    for moment in draft.moments(name, a_week):
        draft.act(kind, moment)
        whose = draft.handle(f"{name} title")
        row = {
            "href": f"{SITE}/{draft.handle(f'{name} href')}/",
            "value": whose,
            "timestamp": seconds(moment),
        }
        rows.append({"title": whose, "media_list_data": [], "string_list_data": [row]})
    return rows


def _saved(draft: Draft) -> list[dict[str, Any]]:
    rows = []
    for moment in draft.moments("saved", 1):
        draft.act("insight_saved", moment)
        link = f"{SITE}/p/{draft.handle('saved_posts.json href')}/"
        row = {"Saved on": {"href": link, "timestamp": seconds(moment)}}
        rows.append({"title": draft.handle("saved_posts.json title"), "string_map_data": row})
    return rows
