"""The archive of X: what of it is an act, in every form that it had."""

import json
from datetime import date
from typing import Any

import pytest

from scoring.archive.found import Act, FileRead, Skipped
from scoring.samples.packing import zipped
from tests.scoring.archive.reading import items, read

OWNER, OTHER, THIRD = "1000", "2000", "3000"
WHEN = "Tue Mar 03 23:30:11 +0000 2026"  # past midnight in Warsaw


def script(name: str, rows: Any) -> bytes:
    return f"window.YTD.{name}.part0 = {json.dumps(rows)}".encode()


ACCOUNT = script(
    "account", [{"account": {"accountId": OWNER, "username": "Ada_L", "email": "ada@mail.example"}}]
)


def tweet(number: int = 1, text: str = "Good morning", created: Any = WHEN, **more: Any) -> dict[str, Any]:
    return {"tweet": {"id_str": str(number), "created_at": created, "full_text": text, **more}}


def archive(files: dict[str, Any], *, account: bytes | None = ACCOUNT) -> bytes:
    """Files by their names under data/, rows or bytes."""
    members = {
        f"data/{name}.js": rows if isinstance(rows, bytes) else script(name, rows)
        for name, rows in files.items()
    }
    return zipped({**({"data/account.js": account} if account else {}), **members})


def acts(found):
    return [(one.kind, one.day) for one in found if isinstance(one, Act)]


def skips(found):
    return [
        (one.file, one.line, one.column, one.reason, one.value) for one in found if isinstance(one, Skipped)
    ]


def kind_of(row, folder, **more):
    found = read(archive({"tweets": [row]}, **more), folder)
    assert not skips(found)
    return [kind for kind, _day in acts(found)]


def test_a_tweet_is_content_of_its_day_in_the_zone(tmp_path):
    found = read(archive({"tweets": [tweet()]}), tmp_path)

    assert acts(found) == [("content_shared", date(2026, 3, 4))]
    assert [one.network for one in found if isinstance(one, Act)] == ["x"]


VIDEO = {"extended_entities": {"media": [{"type": "photo"}, {"type": "video"}]}}


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        (tweet(text="RT @somebody: Good morning"), ["content_reshared"]),
        (tweet(text="RT @somebody: look", **VIDEO), ["content_reshared"]),
        (tweet(in_reply_to_user_id_str=OTHER, in_reply_to_status_id_str="9"), ["comment_posted"]),
        (tweet(in_reply_to_user_id_str=OTHER, **VIDEO), ["comment_posted"]),
        (tweet(in_reply_to_user_id=2000), ["comment_posted"]),
        (tweet(in_reply_to_user_id_str=OWNER, in_reply_to_status_id_str="9"), []),
        (tweet(in_reply_to_user_id_str=OWNER, **VIDEO), []),
        (tweet(in_reply_to_screen_name="ada_l"), []),
        (tweet(in_reply_to_screen_name="grace"), ["comment_posted"]),
        (tweet(in_reply_to_status_id_str="9"), ["comment_posted"]),  # to somebody who is gone
        (tweet(**VIDEO), ["story_or_video_posted"]),
        (tweet(extended_entities={"media": [{"type": "photo"}]}), ["content_shared"]),
        (tweet(retweeted=False, favorited=False), ["content_shared"]),
    ],
)
def test_what_a_tweet_is(row, kinds, tmp_path):
    assert kind_of(row, tmp_path) == kinds


def test_an_older_row_is_not_wrapped(tmp_path):
    row = tweet()["tweet"]
    row["text"] = row.pop("full_text")

    found = read(archive({"tweet": [row]}), tmp_path)

    assert acts(found) == [("content_shared", date(2026, 3, 4))]


def test_older_files_lie_at_the_root(tmp_path):
    content = zipped({"tweet.js": script("tweet", [tweet()]), "account.js": ACCOUNT})

    assert acts(read(content, tmp_path)) == [("content_shared", date(2026, 3, 4))]


def test_parts_are_found_by_their_names(tmp_path):
    files = {"tweets": [tweet(1)], "tweets-part1": [tweet(2)], "tweets-part10": [tweet(3)]}

    assert len(acts(read(archive(files), tmp_path))) == 3


def manifest(*names: str, **more: Any) -> bytes:
    files = [
        {"fileName": f"data/{name}.js", "globalName": "YTD.tweets.part0", "count": "1"} for name in names
    ]
    return (
        f"window.__THAR_CONFIG = {json.dumps({'dataTypes': {'tweets': {'files': files}}, **more})}".encode()
    )


def test_parts_are_found_in_the_manifest_and_once(tmp_path):
    files = {"tweets": [tweet(1)], "second-half": [tweet(2)], "manifest": manifest("tweets", "second-half")}

    assert len(acts(read(archive(files), tmp_path))) == 2


def test_a_part_that_the_manifest_lists_in_vain_is_told(tmp_path):
    found = read(archive({"tweets": [tweet()], "manifest": manifest("tweets", "tweets-part1")}), tmp_path)

    assert len(acts(found)) == 1
    assert skips(found) == [("tweets.js", 0, "", "missing_part", "")]


def test_a_tweet_that_stands_in_two_parts_counts_once(tmp_path):
    assert len(acts(read(archive({"tweets": [tweet(), tweet()], "tweets-part1": [tweet()]}), tmp_path))) == 1


def test_a_long_post_is_not_counted_beside_its_tweet(tmp_path):
    note = {
        "noteTweet": {"noteTweetId": "7", "createdAt": "2026-03-03T10:00:00.000Z", "core": {"text": "long"}}
    }

    found = read(archive({"tweets": [tweet()], "note-tweet": [note]}), tmp_path)

    assert len(acts(found)) == 1
    assert [one.file for one in found if isinstance(one, FileRead)] == ["tweets.js"]


def test_without_an_account_the_manifest_tells_whose_it_is(tmp_path):
    told = manifest("tweets", userInfo={"accountId": OWNER})
    rows = [tweet(1, in_reply_to_user_id_str=OWNER), tweet(2, in_reply_to_user_id_str=OTHER)]

    found = read(archive({"tweets": rows, "manifest": told}, account=None), tmp_path)

    assert [kind for kind, _day in acts(found)] == ["comment_posted"]


def test_answers_of_nobody_known_are_skipped(tmp_path):
    rows = [tweet(1), tweet(2, in_reply_to_user_id_str=OTHER)]

    found = read(
        archive({"tweets": rows, "direct-messages": [talk("1000-2000", [OWNER])]}, account=None), tmp_path
    )

    assert len(acts(found)) == 1
    assert [(file, line, reason) for file, line, _column, reason, _value in skips(found)] == [
        ("tweets.js", 2, "no_owner"),
        ("direct-messages.js", 0, "no_owner"),
    ]


@pytest.mark.parametrize(
    ("created", "reason", "shown"),
    [
        ("Tue Mar 05 14:02:11 +0000 2027", "future", "Tue Mar 05 14:02:11 +0000 2027"),
        ("Mon Jan 01 00:00:00 +0000 0001", "too_early", "Mon Jan 01 00:00:00 +0000 0001"),
        ("Sun Feb 29 00:00:00 +0000 2026", "no_day", "Sun Feb 29 00:00:00 +0000 2026"),
        ("words that stand in the wrong place", "no_day", ""),
        (None, "no_day", ""),
        ({"a": "b"}, "no_day", ""),
    ],
)
def test_a_bad_date_is_told_and_only_that(created, reason, shown, tmp_path):
    found = read(archive({"tweets": [tweet(created=created), tweet(2)]}), tmp_path)

    assert len(acts(found)) == 1
    assert skips(found) == [("tweets.js", 1, "created_at", reason, shown)]


@pytest.mark.parametrize(
    "row", [None, 1, "text", [], {"tweet": {}}, {"tweet": {"id_str": "x"}}, {"other": 1}]
)
def test_a_row_of_another_form_sinks_nothing(row, tmp_path):
    found = read(archive({"tweets": [row, tweet()]}), tmp_path)

    assert len(acts(found)) == 1
    assert next(reason for *_place, reason, _value in skips(found)) in ("unknown_shape", "no_identity")


def test_a_file_that_breaks_off_gives_what_it_has(tmp_path):
    whole = script("tweets", [tweet(1), tweet(2)])

    found = read(archive({"tweets": whole[:-30], "like": [like(5)]}), tmp_path)

    assert [kind for kind, _day in acts(found)] == ["content_shared", "post_recommended"]
    assert skips(found) == [("tweets.js", 1, "", "not_json", "")]


def like(number: Any) -> dict[str, Any]:
    return {
        "like": {
            "tweetId": number,
            "fullText": "words",
            "expandedUrl": f"https://twitter.com/i/web/status/{number}",
        }
    }


def test_likes_and_follows_have_no_day(tmp_path):
    follow = {"following": {"accountId": OTHER, "userLink": "https://twitter.com/intent/user?user_id=2000"}}
    follower = {"follower": {"accountId": THIRD}}

    found = read(
        archive({"like": [like("5"), like("5"), like(6)], "following": [follow], "follower": [follower]}),
        tmp_path,
    )

    assert acts(found) == [("post_recommended", None), ("post_recommended", None), ("person_followed", None)]


def test_an_act_is_known_by_the_address_that_people_copy(tmp_path):
    own, liked = (
        one
        for one in read(archive({"tweets": [tweet(7)], "like": [like("7")]}), tmp_path)
        if isinstance(one, Act)
    )

    assert own.link == liked.link != ""
    assert own.mark != liked.mark


def talk(name: str, senders: list[str], *, hours: int = 1, newest_first: bool = True) -> dict[str, Any]:
    messages = [
        {
            "messageCreate": {
                "id": str(n),
                "senderId": sender,
                "text": "words",
                "createdAt": f"2026-03-{2 + n * hours // 24:02}T{n * hours % 24:02}:00:00.{n:03}Z",
            }
        }
        for n, sender in enumerate(senders)
    ]
    return {
        "dmConversation": {"conversationId": name, "messages": messages[::-1] if newest_first else messages}
    }


def test_messages_count_once_a_day_and_answers_when_they_answer(tmp_path):
    rows = [
        talk("1000-2000", [OTHER, OWNER, OWNER, OTHER, OTHER, OWNER, OTHER]),
        talk("1000-3000", [THIRD, THIRD]),
    ]

    found = read(archive({"direct-messages": rows}), tmp_path)

    assert acts(found) == [
        ("message_sent", date(2026, 3, 2)),
        ("message_reply_received", date(2026, 3, 2)),
        ("message_reply_received", date(2026, 3, 2)),
    ]
    assert [one.rows for one in found if isinstance(one, FileRead)] == [9]


def test_the_order_of_messages_is_that_of_their_times(tmp_path):
    one = read(archive({"direct-messages": [talk("1000-2000", [OWNER, OTHER, OWNER], hours=20)]}), tmp_path)
    other = read(
        archive(
            {"direct-messages": [talk("1000-2000", [OWNER, OTHER, OWNER], hours=20, newest_first=False)]}
        ),
        tmp_path,
    )

    assert one == other
    assert [kind for kind, _day in acts(one)] == ["message_sent", "message_reply_received", "message_sent"]


def test_what_is_no_message_is_none(tmp_path):
    row = talk("1000-2000", [OWNER])
    row["dmConversation"]["messages"] += [
        {"reactionCreate": {"senderId": OWNER, "createdAt": "2026-03-05T10:00:00.000Z"}},
        {"messageCreate": {"senderId": OWNER, "createdAt": "soon"}},
        {"messageCreate": {"createdAt": "2026-03-06T10:00:00.000Z"}},
        None,
    ]

    found = read(
        archive({"direct-messages": [row, talk("1000-1000", [OWNER]), {"dmConversation": {}}]}), tmp_path
    )

    assert acts(found) == [("message_sent", date(2026, 3, 2))]
    assert [(line, column, reason) for _file, line, column, reason, _value in skips(found)] == [
        (1, "createdAt", "no_day"),
        (1, "senderId", "no_identity"),
        (3, "conversationId", "no_identity"),
    ]


def profile(bio: str, photo: str) -> list[dict[str, Any]]:
    return [
        {"profile": {"description": {"bio": bio, "website": "", "location": ""}, "avatarMediaUrl": photo}}
    ]


@pytest.mark.parametrize(
    ("rows", "offered"),
    [
        (
            profile("I help", "https://pbs.twimg.com/profile_images/1/a.jpg"),
            {"profile_about", "profile_photo"},
        ),
        (profile(" ", "https://abs.twimg.com/sticky/default_profile_images/default_profile.png"), set()),
        (profile("", ""), set()),
        ([None, {"profile": []}], set()),
        ({"profile": 1}, set()),
    ],
)
def test_standing_items_are_offered_when_they_are_there(rows, offered, tmp_path):
    assert items(read(archive({"profile": rows, "tweets": []}), tmp_path)) == offered
