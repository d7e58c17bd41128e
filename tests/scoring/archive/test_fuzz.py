"""Whatever the bytes: a reader finds something, skips something or refuses all, and never breaks or hangs.

FUZZ_CASES is how many cases each test tries; the suite is content with a few.
"""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scoring.archive import wire
from scoring.archive.found import Act, Refused, Skipped
from scoring.formula.catalogue import NETWORKS, read_catalogue
from tests.scoring.archive.mutations import (
    CHANGES,
    NAMES,
    STEPS,
    TOKENS,
    VALUES,
    Step,
    members,
    original,
    rebuilt,
    spoiled,
    table_changed,
    tree_changed,
)
from tests.scoring.archive.reading import LAST, read

CASES = int(os.environ.get("FUZZ_CASES", "40"))
PATIENCE = 20  # seconds for a file of some kilobytes, on a busy machine
ROOT = Path(__file__).resolve().parents[3]
with (ROOT / "scoring" / "data" / "catalogue.csv").open(encoding="utf-8") as lines:
    KINDS = {kind.code for kind in read_catalogue(lines)}

cases = settings(max_examples=CASES, database=None)
names = st.sampled_from(NAMES)
OF_TABLES = ("linkedin", "activities", "sales", "mastodon-following")
of_trees = names.filter(lambda name: not name.startswith(OF_TABLES))
places = st.integers(0, 1 << 10)


class Hanging(Exception):
    """A reader took too long."""


@contextmanager
def patience() -> Iterator[None]:
    def give_up(*_args: object) -> None:
        raise Hanging

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def survives(content: bytes) -> None:
    """Read it, and tell all of it to another process."""
    with TemporaryDirectory() as folder, patience():
        try:
            found = read(content, Path(folder))
        except Refused:
            return
    for one in found:
        told = wire.line_of([wire.told(one)])
        if isinstance(one, Act):
            assert one.kind in KINDS
            assert one.day is None or one.day <= LAST
            assert one.network in NETWORKS
            assert len(one.mark) == 32
            assert len(one.link) in (0, 32)
        elif isinstance(one, Skipped):
            assert one.reason
        assert b"\\u0000" not in told.replace(b"\\\\", b"")  # a NUL, and not the text that names one


@cases
@given(names, STEPS, names)
@example(name="activities-csv", steps=[Step("put", 36, 0, 205)], other="activities-csv")
def test_any_bytes_changed(name, steps, other):
    survives(spoiled(original(name), steps, other=original(other)))


@cases
@given(names, places, STEPS, names)
def test_any_bytes_of_a_member_changed(name, which, steps, other):
    files = dict(members(name))
    at = sorted(files)[which % len(files)]

    files[at] = spoiled(files[at], steps, other=original(other))

    survives(rebuilt(files))


@cases
@given(names, places, CHANGES)
def test_any_table_changed(name, which, changes):
    files = dict(members(name))
    tables = sorted(at for at in files if at.endswith(".csv") or not at) or sorted(files)
    at = tables[which % len(tables)]

    files[at] = table_changed(files[at], changes)

    survives(rebuilt(files))


@cases
@given(of_trees, places, CHANGES)
def test_any_tree_changed(name, which, changes):
    files = dict(members(name))
    trees = sorted(at for at in files if at.endswith((".json", ".js")) or not at)
    at = trees[which % len(trees)]

    files[at] = tree_changed(files[at], changes) or files[at]

    survives(rebuilt(files))


@cases
@given(names, places, names, places)
def test_a_file_in_the_place_of_another(name, which, other, what):
    files, others = dict(members(name)), members(other)
    at = sorted(files)[which % len(files)]

    files[at] = others[sorted(others)[what % len(others)]]

    survives(rebuilt(files))


KEYS = st.sampled_from(
    [
        *(
            "timestamp",
            "timestamp_ms",
            "title",
            "data",
            "post",
            "comment",
            "comments_v2",
            "author",
            "reaction",
        ),
        *("actor", "label_values", "label", "value", "groups_joined_v2", "group_posts_v2", "friends_v2"),
        *("following_v3", "event_responses_v2", "events_joined", "start_timestamp", "searches_v2", "name"),
        *(
            "participants",
            "messages",
            "sender_name",
            "content",
            "string_map_data",
            "string_list_data",
            "Time",
        ),
        *("href", "media", "creation_timestamp", "uri", "ig_stories", "ig_reels_media", "likes_media_likes"),
        *(
            "relationships_following",
            "saved_saved_media",
            "tweet",
            "id_str",
            "created_at",
            "full_text",
            "like",
        ),
        *(
            "tweetId",
            "following",
            "accountId",
            "dmConversation",
            "conversationId",
            "messageCreate",
            "senderId",
        ),
        *(
            "createdAt",
            "account",
            "username",
            "profile",
            "description",
            "bio",
            "orderedItems",
            "type",
            "object",
        ),
        *("published", "to", "cc", "inReplyTo", "id", "attributedTo"),
    ]
)
TREES = st.recursive(
    st.sampled_from(VALUES) | st.text(max_size=5) | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=15,
)


@cases
@given(of_trees, places, TREES)
def test_any_tree_in_the_place_of_a_file(name, which, tree):
    files = dict(members(name))
    trees = sorted(at for at in files if at.endswith((".json", ".js")) or not at)
    at = trees[which % len(trees)]
    head = files[at].partition(b"= ")[0] + b"= " if files[at].startswith(b"window.") else b""

    files[at] = head + json.dumps(tree).encode()

    survives(rebuilt(files))


@cases
@given(names, places, st.lists(st.sampled_from(TOKENS) | st.binary(max_size=20), max_size=30))
def test_anything_in_the_place_of_a_file(name, which, parts):
    files = dict(members(name))
    at = sorted(files)[which % len(files)]

    files[at] = b"".join(parts)

    survives(rebuilt(files))


@cases
@given(names, st.lists(st.tuples(places, places), min_size=1, max_size=4))
def test_files_that_change_names(name, swaps):
    files = dict(members(name))
    for one, two in swaps:
        there = sorted(files)
        a, b = there[one % len(there)], there[two % len(there)]
        files[a], files[b] = files[b], files[a]

    survives(rebuilt(files))
