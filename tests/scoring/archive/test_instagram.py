"""The archive of Instagram: what of it is an act, in every form that it had."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scoring.archive.found import Act, Skipped
from scoring.samples.packing import mojibake, zipped
from tests.scoring.archive.reading import read

AT = int(datetime(2026, 3, 3, 23, 30, tzinfo=UTC).timestamp())  # past midnight in Warsaw
DAY = date(2026, 3, 4)
SITE = "https://www.instagram.com"
ROOT = "your_instagram_activity/"


def archive(files: dict[str, Any], *, root: str = ROOT) -> bytes:
    return zipped({f"{root}{name}": mojibake(tree) for name, tree in files.items()})


def acts(found):
    return Counter((one.kind, one.day) for one in found if isinstance(one, Act))


def skips(found):
    return [(one.file, one.line, one.column, one.reason) for one in found if isinstance(one, Skipped)]


def media(n: int = 0, **more: Any) -> dict[str, Any]:
    return {"uri": f"media/posts/{n}.jpg", "creation_timestamp": AT + n, "title": "words", **more}


@pytest.mark.parametrize("root", ["your_instagram_activity/", "", "instagram-zofia-2026/"])
@pytest.mark.parametrize(
    "rows",
    [
        [{"media": [media()]}],
        [{"media": [media(), media(1)], "title": "words", "creation_timestamp": AT}],
        [{"media": media()}],
        [{"media": [{"uri": "x"}], "timestamp": AT}],
        {"ig_posts": [{"media": [media()]}]},
        [{"label_values": [{"label": "Utworzono", "timestamp_value": AT}], "media": []}],
    ],
)
def test_a_post_keeps_its_time_in_many_places(root, rows, tmp_path):
    found = read(archive({"content/posts_1.json": rows}, root=root), tmp_path)

    assert acts(found) == {("content_shared", DAY): 1}
    assert {one.network for one in found if isinstance(one, Act)} == {"instagram"}


def test_stories_and_reels_and_a_reel_among_the_posts(tmp_path):
    files = {
        "content/stories.json": {"ig_stories": [media(0), media(1)]},
        "content/reels.json": {"ig_reels_media": [{"media": [media(2)]}]},
        "content/posts_1.json": [{"media": [media(2)]}, {"media": [media(3)]}],
    }

    assert acts(read(archive(files), tmp_path)) == {
        ("story_or_video_posted", DAY): 3,
        ("content_shared", DAY): 1,
    }


def comment(said="Comment", of="Media Owner", time="Time", **more: Any) -> dict[str, Any]:
    told = {said: {"value": "words"}, of: {"value": "ugo"}, time: {"timestamp": AT}}
    return {"media_list_data": [{"uri": ""}], "string_map_data": {**told, **more}}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("post_comments_1.json", [comment()]),
        ("post_comments.json", {"comments_media_comments": [comment()]}),
        (
            "post_comments_1.json",
            {"comments_media_comments_v2": [comment("Opmerking", "Media-eigenaar", "Tijd")]},
        ),
        (
            "post_comments_1.json",
            [{"title": "ugo", "string_list_data": [{"value": "words", "timestamp": AT}]}],
        ),
        ("post_comments_1.json", [{"string_map_data": {"": {"value": "words"}, "Data": {"timestamp": AT}}}]),
    ],
)
def test_comments_are_told_without_their_labels(name, rows, tmp_path):
    found = read(archive({f"comments/{name}": rows}), tmp_path)

    assert acts(found) == {("comment_posted", DAY): 1}
    assert not skips(found)


def listed(n: int = 0, **more: Any) -> dict[str, Any]:
    row = {"href": f"{SITE}/p/{n}/", "value": "ugo", "timestamp": AT + n, **more}
    return {"title": "ugo", "string_list_data": [row]}


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("likes/liked_posts.json", "likes_media_likes", "post_recommended"),
        ("connections/followers_and_following/following.json", "relationships_following", "person_followed"),
        ("followers_and_following/following.json", None, "person_followed"),
        ("saved/saved_posts.json", "saved_saved_media", "insight_saved"),
    ],
)
def test_lists(name, key, kind, tmp_path):
    rows = [listed(0), listed(1)]

    found = read(
        archive({name: {key: rows} if key else rows, "likes/liked_comments.json": [listed(5)]}), tmp_path
    )

    assert acts(found) == {(kind, DAY): 2}
    assert len({one.link for one in found if isinstance(one, Act)} - {""}) == 2


def test_following_lies_outside_the_root(tmp_path):
    content = archive({"connections/followers_and_following/following.json": [listed()]}, root="")

    assert acts(read(content, tmp_path)) == {("person_followed", DAY): 1}


def test_what_was_saved_has_a_time_under_a_label_or_none(tmp_path):
    rows = [
        {"title": "ugo", "string_map_data": {"Zapisano": {"href": f"{SITE}/p/1/", "timestamp": AT}}},
        {"title": "ugo", "string_map_data": {"Saved on": {"href": f"{SITE}/p/2/"}}},
        {"title": "ugo"},
    ]

    found = read(archive({"saved/saved_posts.json": {"saved_saved_media": rows}}), tmp_path)

    assert acts(found) == {("insight_saved", DAY): 1, ("insight_saved", None): 1}
    assert skips(found) == [("saved_posts.json", 3, "timestamp", "no_day")]


def test_an_act_is_the_same_in_another_language_and_at_another_place(tmp_path):
    def marks(found):
        return {one.mark for one in found if isinstance(one, Act)}

    one = read(archive({"comments/post_comments_1.json": [comment()]}), tmp_path)
    other = read(
        archive(
            {"comments/post_comments.json": {"a": [comment("Komentarz", "Właściciel", "Czas")]}}, root=""
        ),
        tmp_path,
    )

    assert marks(one) == marks(other)


@pytest.mark.parametrize("label", ["Name", "Imię i nazwisko", "Username"])
def test_the_owner_is_known_from_any_label_of_the_profile(label, tmp_path):
    profile = {
        "profile_user": [{"string_map_data": {label: {"value": "Zofia Łęcka"}, "Email": {"value": "z@x"}}}]
    }
    messages = [
        {"sender_name": "Ugo", "timestamp_ms": AT * 1000 + 9, "content": "words"},
        {"sender_name": "Zofia Łęcka", "timestamp_ms": AT * 1000, "content": "words"},
    ]
    people = [{"name": "Ugo"}, {"name": "Zofia Łęcka"}]
    files = {
        "messages/inbox/ugo_123456/message_1.json": {"participants": people, "messages": messages},
        "personal_information/personal_information/personal_information.json": profile,
    }

    found = read(archive(files), tmp_path)

    assert acts(found) == {("message_sent", DAY): 1, ("message_reply_received", DAY): 1}


def test_an_older_archive_with_threads_is_not_taken_for_another_networks(tmp_path):
    files = {"messages/inbox/ugo_1/message_1.json": {}, "comments/post_comments.json": [comment()]}

    found = read(archive(files, root=""), tmp_path)

    assert {one.network for one in found if isinstance(one, Act)} == {"instagram"}
