"""Messages in archives of Meta: whose they are, what was sent and what was answered."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest

from scoring.archive.found import Act, FileRead, Skipped
from scoring.samples.packing import mojibake, zipped
from tests.scoring.archive.reading import read

AT = int(datetime(2026, 3, 3, 12, 0, tzinfo=UTC).timestamp()) * 1000
DAY_LONG = 24 * 60 * 60 * 1000
OWNER, PAWEL, EWA, UGO = "Zofia Łęcka", "Paweł Gęś", "Ewa", "Ugo Però"
PROFILE = {"profile_information/profile_information.json": {"profile_v2": {"name": {"full_name": OWNER}}}}
INBOX = "your_facebook_activity/messages/inbox"
POSTS = {"your_facebook_activity/posts/your_posts_1.json": []}


def thread(people: list[str], senders: list[str], *, step: int = 1000, begun: int = AT) -> dict[str, Any]:
    messages = [
        {"sender_name": sender, "timestamp_ms": begun + n * step, "content": "words", "type": "Generic"}
        for n, sender in enumerate(senders)
    ]
    return {"participants": [{"name": name} for name in people], "messages": messages[::-1], "title": "x"}


def archive(threads: dict[str, Any], more: dict[str, Any] | None = None) -> bytes:
    """Threads by their folder, a single page each or several."""
    files = {**POSTS, **(more or {})}
    for folder, pages in threads.items():
        for n, page in enumerate(pages if isinstance(pages, list) else [pages], 1):
            files[f"{INBOX}/{folder}/message_{n}.json"] = page
    return zipped({name: mojibake(tree) for name, tree in files.items()})


def kinds(found):
    return Counter(one.kind for one in found if isinstance(one, Act))


def marks(found):
    return {one.mark for one in found if isinstance(one, Act)}


def reasons(found):
    return [(one.line, one.column, one.reason) for one in found if isinstance(one, Skipped)]


def test_a_name_in_the_profile_tells_whose_messages_they_are(tmp_path):
    talk = thread([PAWEL, OWNER], [OWNER, PAWEL, PAWEL, OWNER])

    found = read(archive({"pawel_1234567": talk}, PROFILE), tmp_path)

    assert [(one.kind, one.day) for one in found if isinstance(one, Act)] == [
        ("message_sent", date(2026, 3, 3)),
        ("message_reply_received", date(2026, 3, 3)),
    ]
    assert [one.rows for one in found if isinstance(one, FileRead) and "message" in one.file] == [4]


def test_an_older_name_in_the_profile_does_not_mislead(tmp_path):
    profile = {
        "profile_information/profile_information.json": {"profile_v2": {"name": {"full_name": "Zofia Dawna"}}}
    }
    threads = {"a_1": thread([PAWEL, OWNER], [OWNER, PAWEL]), "b_2": thread([EWA, OWNER], [EWA, OWNER])}

    assert kinds(read(archive(threads, profile), tmp_path)) == {
        "message_sent": 2,
        "message_reply_received": 1,
    }


def test_without_a_profile_the_owner_is_in_every_thread_of_two(tmp_path):
    threads = {
        "a_1": thread([PAWEL, OWNER], [OWNER, PAWEL]),
        "b_2": thread([OWNER, EWA], [OWNER]),
        "group_3": thread([PAWEL, EWA, UGO], [PAWEL, EWA]),  # which the owner left
        "group_4": thread([PAWEL, EWA, UGO], [PAWEL, EWA]),
        "group_5": thread([PAWEL, EWA, UGO], [PAWEL, EWA]),
    }

    assert kinds(read(archive(threads), tmp_path)) == {"message_sent": 2, "message_reply_received": 1}


def test_in_groups_alone_the_owner_is_who_is_in_most(tmp_path):
    threads = {
        "a_1": thread([PAWEL, OWNER, EWA], [OWNER]),
        "b_2": thread([OWNER, UGO, EWA], [OWNER]),
        "c_3": thread([OWNER, UGO, PAWEL], [UGO]),
    }

    assert kinds(read(archive(threads), tmp_path)) == {"message_sent": 2}


@pytest.mark.parametrize(
    "threads",
    [
        {"a_1": thread([PAWEL, OWNER], [OWNER, PAWEL])},
        {"a_1": thread([PAWEL, OWNER, EWA], [OWNER]), "b_2": thread([EWA, OWNER, PAWEL], [PAWEL])},
        {"a_1": thread([PAWEL, EWA], [EWA]), "b_2": thread([UGO, OWNER], [UGO])},
        {"a_1": {"messages": thread([], [OWNER])["messages"]}},
    ],
)
def test_where_it_cannot_be_told_nothing_is_guessed(threads, tmp_path):
    found = read(archive(threads), tmp_path)

    assert not kinds(found)
    assert reasons(found) == [(0, "sender_name", "no_owner")]


def test_the_author_of_the_comments_helps_where_threads_do_not(tmp_path):
    said = {"timestamp": AT // 1000, "comment": "words", "author": OWNER}
    comments = {
        "comments_and_reactions/comments.json": [{"timestamp": AT // 1000, "data": [{"comment": said}]}]
    }

    found = read(archive({"a_1": thread([PAWEL, OWNER], [OWNER, PAWEL])}, comments), tmp_path)

    assert kinds(found) == {"comment_posted": 1, "message_sent": 1, "message_reply_received": 1}


def test_pages_of_a_thread_are_one_conversation(tmp_path):
    older = thread([PAWEL, OWNER], [OWNER])
    newer = thread([PAWEL, OWNER], [PAWEL, OWNER], begun=AT + DAY_LONG)

    found = read(archive({"pawel_1234567": [newer, older]}, PROFILE), tmp_path)

    assert kinds(found) == {"message_sent": 2, "message_reply_received": 1}


def test_every_day_counts_in_every_thread(tmp_path):
    talk = thread([PAWEL, OWNER], [OWNER] * 6, step=DAY_LONG // 2)

    found = read(archive({"a_1": talk, "b_2": talk}, PROFILE), tmp_path)

    assert kinds(found) == {"message_sent": 8}  # noon, midnight and so on: an hour later in Warsaw


def test_a_thread_is_the_same_after_its_partner_took_another_name(tmp_path):
    talk = thread([PAWEL, OWNER], [OWNER, PAWEL])

    before = read(archive({"pawelges_1234567": talk}, PROFILE), tmp_path)
    after = read(archive({"drpawelges_1234567": talk}, PROFILE), tmp_path)
    other = read(archive({"pawelges_7654321": talk}, PROFILE), tmp_path)

    assert marks(before) == marks(after)
    assert not marks(before) & marks(other)


def test_what_is_no_message_of_words_is_none(tmp_path):
    talk = thread([PAWEL, OWNER], [OWNER])
    for more in ({"type": "Call"}, {"type": "Subscribe"}, {"is_unsent": True}):
        talk["messages"].append({"sender_name": PAWEL, "timestamp_ms": AT + 5000, **more})

    found = read(archive({"a_1": talk}, PROFILE), tmp_path)

    assert kinds(found) == {"message_sent": 1}
    assert not reasons(found)


@pytest.mark.parametrize(
    ("bad", "column", "reason"),
    [
        (None, "", "unknown_shape"),
        ({"sender_name": OWNER}, "timestamp_ms", "no_day"),
        ({"sender_name": OWNER, "timestamp_ms": "soon"}, "timestamp_ms", "no_day"),
        ({"sender_name": OWNER, "timestamp_ms": 10**400}, "timestamp_ms", "no_day"),
        ({"sender_name": OWNER, "timestamp_ms": AT * 10}, "timestamp_ms", "future"),
        ({"sender_name": OWNER, "timestamp_ms": AT + 400 * DAY_LONG}, "timestamp_ms", "future"),
        ({"sender_name": OWNER, "timestamp_ms": 5}, "timestamp_ms", "too_early"),
        ({"timestamp_ms": AT}, "sender_name", "no_identity"),
    ],
)
def test_a_bad_message_sinks_nothing(bad, column, reason, tmp_path):
    talk = thread([PAWEL, OWNER], [OWNER])
    talk["messages"].insert(0, bad)

    found = read(archive({"a_1": talk}, PROFILE), tmp_path)

    assert kinds(found) == {"message_sent": 1}
    assert reasons(found) == [(1, column, reason)]


def test_notes_to_oneself_and_other_boxes_are_left_alone(tmp_path):
    spam = {
        "your_facebook_activity/messages/filtered_threads/x_1/message_1.json": thread([PAWEL, OWNER], [OWNER])
    }

    found = read(archive({"me_1": thread([OWNER], [OWNER])}, {**PROFILE, **spam}), tmp_path)

    assert not kinds(found)


def test_a_broken_page_sinks_no_other(tmp_path):
    files = dict(PROFILE) | POSTS | {f"{INBOX}/a_1/message_1.json": thread([PAWEL, OWNER], [OWNER])}
    broken = {f"{INBOX}/b_2/message_1.json": b'{"participants": [{"name": "x"}], "messages": ['}

    found = read(zipped({name: mojibake(tree) for name, tree in files.items()} | broken), tmp_path)

    assert kinds(found) == {"message_sent": 1}
    assert [reason for *_place, reason in reasons(found)] == ["not_json"]
