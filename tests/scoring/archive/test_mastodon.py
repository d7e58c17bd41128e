"""The archive of Mastodon: what of it is an act, whole or its outbox alone."""

from datetime import date
from typing import Any

import pytest

from scoring.archive.found import Act, FileRead, Skipped
from scoring.samples.packing import tree, zipped
from tests.scoring.archive.reading import read

SITE = "https://social.example"
OWNER, OTHER = f"{SITE}/users/zofia", "https://elsewhere.example/users/ugo"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = f"{OWNER}/followers"
CONTEXT = "https://www.w3.org/ns/activitystreams"
WHEN = "2026-03-03T23:30:00Z"  # past midnight in Warsaw
DAY = date(2026, 3, 4)
ACTOR = {"@context": CONTEXT, "id": OWNER, "url": f"{SITE}/@zofia", "type": "Person", "name": "Zofia"}


def note(
    n: int = 1, *, to: Any = (PUBLIC,), cc: Any = (FOLLOWERS,), actor: Any = OWNER, **more: Any
) -> dict[str, Any]:
    address = f"{OWNER}/statuses/{n}"
    thing = {
        "id": address,
        "url": f"{SITE}/@zofia/{n}",
        "type": "Note",
        "inReplyTo": None,
        "attributedTo": OWNER,
    }
    shared = {"to": to, "cc": cc, "published": WHEN}
    return {
        "id": f"{address}/activity",
        "type": "Create",
        "actor": actor,
        **shared,
        "object": thing | shared | more,
    }


def boost(thing: Any, n: int = 1) -> dict[str, Any]:
    activity = {"id": f"{OWNER}/statuses/{n}/activity", "type": "Announce", "actor": OWNER, "published": WHEN}
    return activity | {"to": [PUBLIC], "object": thing}


def outbox(*items: Any) -> bytes:
    head = {"@context": CONTEXT, "id": "outbox.json", "type": "OrderedCollection", "totalItems": len(items)}
    return tree({**head, "orderedItems": list(items)})


def archive(*items: Any, **files: Any) -> bytes:
    lists = {
        f"{name}.json": tree({"@context": CONTEXT, "orderedItems": rows}) for name, rows in files.items()
    }
    return zipped({"actor.json": tree(ACTOR), "outbox.json": outbox(*items), **lists})


def acts(found):
    return [(one.kind, one.day) for one in found if isinstance(one, Act)]


def skips(found):
    return [(one.file, one.line, one.column, one.reason) for one in found if isinstance(one, Skipped)]


DIRECT = {"to": [OTHER], "cc": []}


@pytest.mark.parametrize(
    ("activity", "kinds"),
    [
        (note(), ["content_shared"]),
        (note(to=[FOLLOWERS], cc=[PUBLIC]), ["content_shared"]),  # unlisted
        (note(to=PUBLIC, cc=None), ["content_shared"]),
        (note(to=["as:Public"]), ["content_shared"]),
        (note(type="Question"), ["content_shared"]),
        (note(to=[FOLLOWERS], cc=[]), []),
        (note(inReplyTo=f"{OTHER}/statuses/5"), ["comment_posted"]),
        (note(to=[FOLLOWERS], cc=[], inReplyTo={"id": f"{OTHER}/statuses/5"}), ["comment_posted"]),
        (note(inReplyTo=f"{OWNER}/statuses/5"), []),
        (note(inReplyTo=f"{SITE}/@zofia/5"), []),
        (note(inReplyTo=f"{OWNER}2/statuses/5"), ["comment_posted"]),
        (note(**DIRECT), ["message_sent"]),
        (note(**DIRECT, inReplyTo=f"{OTHER}/statuses/5"), ["message_sent"]),
        (note(type="Article"), []),
        (boost(f"{OTHER}/statuses/5"), ["content_reshared"]),
        (boost({"id": f"{OTHER}/statuses/5", "type": "Note"}), ["content_reshared"]),
        (boost(f"{OWNER}/statuses/5"), []),
        (boost({"id": f"{SITE}/elsewhere/5", "type": "Note", "attributedTo": OWNER}), []),
        (note(actor=OTHER), []),
        (note(actor={"id": OWNER}), ["content_shared"]),
        ({"type": "Delete", "actor": OWNER, "object": "x"}, []),
    ],
)
def test_what_an_activity_is(activity, kinds, tmp_path):
    found = read(archive(activity), tmp_path)

    assert acts(found) == [(kind, DAY) for kind in kinds]
    assert not skips(found)
    assert {one.network for one in found if isinstance(one, Act)} <= {"other"}


def test_the_outbox_alone_knows_its_owner_from_what_is_in_it(tmp_path):
    found = read(
        outbox(note(1), note(2, inReplyTo=f"{OWNER}/statuses/1"), boost(f"{OWNER}/statuses/1", 3)), tmp_path
    )

    assert acts(found) == [("content_shared", DAY)]


def test_a_conversation_counts_once_a_day(tmp_path):
    third = "https://elsewhere.example/users/ewa"
    items = [
        note(1, **DIRECT, conversation="tag:1"),
        note(2, **DIRECT, conversation="tag:1"),
        note(3, **DIRECT, conversation="tag:2"),
        note(4, **DIRECT),
        note(5, **DIRECT),
        note(6, to=[third], cc=[]),
    ]

    assert acts(read(archive(*items), tmp_path)) == [("message_sent", DAY)] * 4


def test_an_activity_that_stands_there_twice_counts_once(tmp_path):
    assert acts(read(archive(note(1), note(1), note(2)), tmp_path)) == [("content_shared", DAY)] * 2


def test_likes_and_bookmarks_have_no_day(tmp_path):
    address = f"{OTHER}/statuses/5"

    found = read(
        archive(likes=[address, address, {"id": f"{address}6"}, None], bookmarks=[address]), tmp_path
    )

    assert acts(found) == [("post_recommended", None)] * 2 + [("insight_saved", None)]
    assert skips(found) == [("likes.json", 4, "", "no_identity")]
    assert len({one.mark for one in found if isinstance(one, Act)}) == 3


FOLLOWING = (
    b"Account address,Show boosts,Notify on new posts,Languages\n"
    b"ugo@elsewhere.example,true,false,\n"
    b"@Ugo@elsewhere.example,true,false,\n"
)


def test_followed_accounts_within_the_archive_and_alone(tmp_path):
    members = {"outbox.json": outbox(), "following_accounts.csv": FOLLOWING}

    whole, alone = read(zipped(members), tmp_path), read(FOLLOWING, tmp_path)

    assert acts(whole) == acts(alone) == [("person_followed", None)]
    assert [one.rows for one in alone if isinstance(one, FileRead)] == [2]


@pytest.mark.parametrize(
    ("activity", "column", "reason"),
    [
        (None, "", "unknown_shape"),
        ({"id": "x"}, "", "unknown_shape"),
        ({**note(), "object": f"{OWNER}/statuses/1"}, "object", "unknown_shape"),
        (boost(None), "object", "no_identity"),
        ({**note(), "published": "soon"}, "published", "no_day"),
        ({**note(), "published": "2026-12-24T10:00:00Z"}, "published", "future"),
        ({**note(), "published": "0001-01-01T00:00:00Z"}, "published", "too_early"),
    ],
)
def test_a_bad_activity_sinks_nothing(activity, column, reason, tmp_path):
    found = read(archive(activity, note(2)), tmp_path)

    assert acts(found) == [("content_shared", DAY)]
    assert skips(found) == [("outbox.json", 1, column, reason)]


def test_an_archive_in_a_folder_of_its_own(tmp_path):
    assert acts(read(zipped({"archive-1/outbox.json": outbox(note())}), tmp_path)) == [
        ("content_shared", DAY)
    ]
