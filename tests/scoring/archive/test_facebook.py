"""The archive of Facebook: what of it is an act, in every form that it had."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scoring.archive.found import Act, Refused, Skipped
from scoring.samples.packing import mojibake, zipped
from tests.scoring.archive.reading import read

AT = int(datetime(2026, 3, 3, 23, 30, tzinfo=UTC).timestamp())  # past midnight in Warsaw
DAY = date(2026, 3, 4)
OWNER, OTHER = "Zofia Łęcka", "Paweł Gęś"
ROOT = "your_facebook_activity/"
COMMENTS = "comments_and_reactions/comments.json"
PROFILE = {"profile_information/profile_information.json": {"profile_v2": {"name": {"full_name": OWNER}}}}


def archive(files: dict[str, Any], *, root: str = ROOT) -> bytes:
    return zipped({f"{root}{name}": mojibake(tree) for name, tree in files.items()})


def acts(found):
    return Counter((one.kind, one.day) for one in found if isinstance(one, Act))


def kinds(found):
    return Counter(one.kind for one in found if isinstance(one, Act))


def skips(found):
    return [(one.file, one.line, one.column, one.reason) for one in found if isinstance(one, Skipped)]


def row(n: int = 0, **more: Any) -> dict[str, Any]:
    return {"timestamp": AT + n, "title": "something", **more}


def comment(n: int = 0, author: str | None = OWNER, **more: Any) -> dict[str, Any]:
    said = {"timestamp": AT + n, "comment": "words", **({"author": author} if author else {}), **more}
    return row(n, data=[{"comment": said}])


@pytest.mark.parametrize(
    "root", ["your_facebook_activity/", "your_activity_across_facebook/", "", "facebook-zofia/"]
)
@pytest.mark.parametrize(
    "name", ["your_posts__check_ins__photos_and_videos_1.json", "your_posts_1.json", "your_posts.json"]
)
def test_posts_have_many_names(root, name, tmp_path):
    found = read(archive({f"posts/{name}": [row(data=[{"post": "words"}])]}, root=root), tmp_path)

    assert acts(found) == {("content_shared", DAY): 1}
    assert {one.network for one in found if isinstance(one, Act)} == {"facebook"}


VIDEO = [{"data": [{"media": {"uri": "posts/media/1.MP4"}}]}]
TOLD_VIDEO = [{"data": [{"media": {"uri": "posts/media/1", "media_metadata": {"video_metadata": {}}}}]}]
PHOTO = [
    {"data": [{"media": {"uri": "posts/media/1.jpg"}}, {"external_context": {"url": "https://site.example"}}]}
]


@pytest.mark.parametrize(
    ("attachments", "kind"),
    [
        (VIDEO, "story_or_video_posted"),
        (TOLD_VIDEO, "story_or_video_posted"),
        (PHOTO, "content_shared"),
        ([], "content_shared"),
        ("odd", "content_shared"),
    ],
)
def test_a_post_with_a_video_is_a_video(attachments, kind, tmp_path):
    assert kinds(read(archive({"posts/your_posts_1.json": [row(attachments=attachments)]}), tmp_path)) == {
        kind: 1
    }


@pytest.mark.parametrize("key", ["comments_v2", "comments", "comments_v3", None])
def test_comments_are_bare_or_under_any_key(key, tmp_path):
    rows = [comment()]

    found = read(archive({COMMENTS: {key: rows} if key else rows, **PROFILE}), tmp_path)

    assert kinds(found) == {"comment_posted": 1}


def test_a_comment_by_somebody_else_is_no_act(tmp_path):
    found = read(
        archive({COMMENTS: {"comments_v2": [comment(0), comment(1, OTHER), comment(2, None)]}, **PROFILE}),
        tmp_path,
    )

    assert kinds(found) == {"comment_posted": 2}
    assert not skips(found)


def test_without_a_profile_the_owner_is_who_wrote_most_of_the_comments(tmp_path):
    rows = [comment(0), comment(1), comment(2, OTHER)]

    assert kinds(read(archive({COMMENTS: {"comments_v2": rows}}), tmp_path)) == {"comment_posted": 2}


def test_a_comment_in_a_group_counts_once_as_a_contribution(tmp_path):
    files = {
        COMMENTS: {"comments_v2": [comment(0), comment(1, group="Sellers"), comment(2, group="Sellers")]},
        "groups/your_comments_in_groups.json": {"group_comments_v2": [comment(1, group="Sellers")]},
        "groups/group_posts_and_comments.json": {
            "group_posts_v2": [row(0, data=[{"post": "words"}]), comment(1)]
        },
        "posts/your_posts_1.json": [row(0), row(5)],
        **PROFILE,
    }

    found = read(archive(files), tmp_path)

    assert kinds(found) == {"comment_posted": 1, "group_contribution": 3, "content_shared": 1}


def test_older_group_posts_are_wrapped_twice(tmp_path):
    files = {
        "groups/your_posts_and_comments_in_groups.json": {
            "group_posts": {"activity_log_data": [row(), row(1)]}
        }
    }

    assert kinds(read(archive(files), tmp_path)) == {"group_contribution": 2}


def reaction(n: int) -> dict[str, Any]:
    return row(n, data=[{"reaction": {"reaction": "LIKE", "actor": OWNER}}])


def labelled(n: int, **more: Any) -> dict[str, Any]:
    return {
        "timestamp": AT + n,
        "fbid": "1",
        "label_values": [{"label": "Reakcja", "value": "Lubię to!"}],
        **more,
    }


def test_reactions_that_stand_in_both_forms_count_once(tmp_path):
    files = {
        "comments_and_reactions/likes_and_reactions_1.json": [reaction(0), reaction(0), reaction(1)],
        "comments_and_reactions/likes_and_reactions.json": [
            labelled(0),
            labelled(1),
            labelled(2),
            labelled(2),
        ],
    }

    found = read(archive(files), tmp_path)

    assert acts(found) == {("post_recommended", DAY): 5}


def test_reactions_of_older_archives(tmp_path):
    files = {"likes_and_reactions/posts_and_comments.json": {"reactions": [reaction(0)]}}

    assert kinds(read(archive(files, root=""), tmp_path)) == {"post_recommended": 1}


@pytest.mark.parametrize("stamp", [0, 1, -5, None, "soon", True, [], 10**30])
def test_a_reaction_without_a_time_is_skipped(stamp, tmp_path):
    found = read(
        archive(
            {"comments_and_reactions/likes_and_reactions.json": [labelled(0, timestamp=stamp), labelled(1)]}
        ),
        tmp_path,
    )

    assert kinds(found) == {"post_recommended": 1}
    assert skips(found) == [("likes_and_reactions.json", 1, "timestamp", "no_day")]


def test_milliseconds_are_understood_and_the_future_is_not(tmp_path):
    rows = [row(timestamp=AT * 1000), row(timestamp=AT + 10**8), row(timestamp=100)]

    found = read(archive({"posts/your_posts_1.json": rows}), tmp_path)

    assert acts(found) == {("content_shared", DAY): 1}
    assert [reason for *_place, reason in skips(found)] == ["future", "too_early"]


@pytest.mark.parametrize(
    "title",
    [
        "You became a member of Sellers of Łódź.",
        "You joined Left Bank Sellers",
        "Zofia Łęcka joined Sellers.",
        "Sei diventato membro di Venditori.",
        "Sei diventata membro di Venditori.",
        "Ti sei iscritta al gruppo Venditori",
        "Dołączyłaś do grupy Sprzedawcy.",
        "Dołączyłeś(aś) do grupy Sprzedawcy",
        "Zofia Łęcka dołączyła do grupy Sprzedawcy",
    ],
)
def test_groups_are_joined_in_three_languages(title, tmp_path):
    files = {
        "groups/your_group_membership_activity.json": {"groups_joined_v2": [row(title=title)]},
        **PROFILE,
    }

    assert kinds(read(archive(files), tmp_path)) == {"group_joined": 1}


@pytest.mark.parametrize(
    "title",
    [
        "You stopped being a member of You joined us.",
        "You left Sellers.",
        "Hai abbandonato Venditori.",
        "Non sei più membro di Venditori",
        "Opuściłaś grupę Sprzedawcy.",
        "Nie jesteś już członkiem grupy Sprzedawcy",
    ],
)
def test_leaving_a_group_is_no_act(title, tmp_path):
    found = read(
        archive({"groups/your_group_membership_activity.json": {"groups_joined": [row(title=title)]}}),
        tmp_path,
    )

    assert not acts(found)
    assert not skips(found)


@pytest.mark.parametrize("title", ["Je bent lid geworden van Verkopers.", "", "Sellers", None, 5])
def test_what_does_not_tell_joining_from_leaving_is_skipped(title, tmp_path):
    found = read(
        archive({"groups/your_group_membership_activity.json": {"groups_joined_v2": [row(title=title)]}}),
        tmp_path,
    )

    assert not acts(found)
    assert skips(found) == [("your_group_membership_activity.json", 1, "title", "joined_or_left")]


@pytest.mark.parametrize(
    ("name", "key", "kind"),
    [
        ("connections/friends/your_friends.json", "friends_v2", "connection_accepted"),
        ("friends_and_followers/friends.json", "friends", "connection_accepted"),
        ("connections/friends/sent_friend_requests.json", "sent_requests_v2", "connection_request_sent"),
        ("connections/friends/sent_friend_requests.json", None, "connection_request_sent"),
        ("connections/followers/who_you've_followed.json", "following_v3", "person_followed"),
        (
            "connections/followers/who_you\N{RIGHT SINGLE QUOTATION MARK}ve_followed.json",
            "following_v2",
            "person_followed",
        ),
    ],
)
def test_people(name, key, kind, tmp_path):
    rows = [{"name": OTHER, "timestamp": AT}, {"name": "Ewa", "timestamp": AT}]
    posts = {"posts/your_posts_1.json": []}

    assert acts(read(archive({name: {key: rows} if key else rows, **posts}), tmp_path)) == {(kind, DAY): 2}


def test_events_that_were_joined_and_are_over(tmp_path):
    def event(n):
        return {"name": "Fair", "start_timestamp": AT + n, "end_timestamp": 0}

    answers = {
        "events_joined": [event(0), event(10**8)],
        "events_declined": [event(1)],
        "events_interested": [event(2)],
    }

    found = read(archive({"events/your_event_responses.json": {"event_responses_v2": answers}}), tmp_path)

    assert acts(found) == {("event_attended", DAY): 1}
    assert skips(found) == [("your_event_responses.json", 2, "timestamp", "future")]


def test_searches_are_read_for_who_asks_and_for_nobody_else(tmp_path):
    content = archive({"logged_information/search/your_search_history.json": {"searches_v2": [row()]}})

    assert read(content, tmp_path) == []
    assert kinds(read(content, tmp_path, opted_in=["people_search"])) == {"people_search": 1}


def test_a_file_of_an_unknown_form_is_told(tmp_path):
    found = read(
        archive({"posts/your_posts_1.json": {"label": "words"}, COMMENTS: {"comments_v2": []}}), tmp_path
    )

    assert skips(found) == [("your_posts.json", 0, "", "unknown_shape")]


def test_an_archive_of_web_pages_is_refused(tmp_path):
    with pytest.raises(Refused, match="only_pages"):
        read(zipped({f"{ROOT}posts/your_posts_1.html": b"<html></html>"}), tmp_path)
