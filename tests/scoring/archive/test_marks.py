"""The marks of acts and of addresses."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.archive.addresses import plain_address, unquoted
from scoring.archive.marks import Marks

KEY = b"k" * 32


def test_a_mark_is_a_keyed_hash():
    expected = hmac.new(KEY, b"7:comment4:link2:17", hashlib.sha256).hexdigest()[:32]

    assert Marks(KEY).act("comment", "link", 17) == expected


def test_the_same_act_of_another_seller_has_another_mark():
    assert Marks(KEY).act("comment", "link") != Marks(b"other").act("comment", "link")
    assert Marks(KEY).act("comment", "link") == Marks(KEY).act("comment", "link")


def test_parts_do_not_run_together():
    marks = Marks(KEY)
    told = [("a", "bc"), ("ab", "c"), ("abc",), ("a", "b", "c"), ("", "abc"), ("a", "2:bc"), ("a", "bc", "")]

    assert len({marks.act("f", *parts) for parts in told}) == len(told)


@pytest.mark.parametrize("text", ["\ud800", "\0", "Zażółć", "x" * 1_000_000])
def test_any_text_has_a_mark(text):
    assert len(Marks(KEY).act("f", text)) == 32


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.linkedin.com/in/Ada-Example/", "linkedin.com/in/ada-example"),
        ("http://pl.linkedin.com/in/ada?trk=x&utm_source=share", "https://www.linkedin.com/in/ada#top"),
        (
            "https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7123456789012345678",
            "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678/",
        ),
        (
            "https://www.linkedin.com/posts/ada-example_sales-activity-7123456789012345678-AbC1?utm_source=share",
            "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678",
        ),
        ("https://twitter.com/ada/status/17", "https://x.com/i/web/status/17?s=20"),
        (
            "https://m.facebook.com/story.php?story_fbid=1&id=2&ref=x",
            "facebook.com/story.php?id=2&story_fbid=1",
        ),
        ("HTTPS://Example.COM:443/a%20b", "example.com/a b"),
        ("https://www.instagram.com/p/Abc/?igsh=1", "https://instagram.com/p/Abc"),
    ],
)
def test_ways_to_write_one_address_have_one_mark(one, other):
    assert Marks(KEY).link(one) == Marks(KEY).link(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://linkedin.com/in/ada", "https://linkedin.com/in/bea"),
        ("https://example.com/a", "https://example.com/A"),
        ("https://facebook.com/story.php?id=1", "https://facebook.com/story.php?id=2"),
        ("https://x.com/ada/status/17", "https://x.com/ada/status/18"),
        ("https://evil-linkedin.com/in/ada", "https://linkedin.com/in/ada"),
        (
            "https://www.linkedin.com/feed/update/urn:li:activity:7123456789012345678",
            "https://www.linkedin.com/feed/update/urn:li:share:7123456789012345678",
        ),
    ],
)
def test_different_addresses_have_different_marks(one, other):
    assert Marks(KEY).link(one) != Marks(KEY).link(other)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "hello", "hello world.com", "javascript:alert(1)", "ftp://example.com/a", "http://[::1"),
        *("mailto:a@b.c", "a@b.example", "https://", "https://localhost/a", "1.5", "x" * 3000, "/a/b.c"),
        *("https://\ud800", "urn:li:activity:1"),
    ],
)
def test_what_is_no_address_has_no_mark(text):
    assert Marks(KEY).link(text) == ""


def test_quoting_is_undone_once():
    assert unquoted("urn%3Ali%3aactivity") == "urn:li:activity"
    assert unquoted("a%2520b%ff%") == "a%20b\N{REPLACEMENT CHARACTER}%"


@settings(max_examples=300, deadline=None)
@given(
    st.text(max_size=80) | st.text(st.sampled_from("https:/www.linkedin.com?&=%#@[]3A\ud800ąİ"), max_size=60)
)
def test_any_text_is_an_address_or_none_and_its_plain_form_is_its_own(text):
    plain = plain_address(text)

    assert plain == "" or "." in plain
    assert len(Marks(KEY).link(text)) in {0, 32}
