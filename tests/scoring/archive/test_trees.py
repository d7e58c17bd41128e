"""JSON of any size and any depth, element by element."""

import io
import json
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.archive import trees
from scoring.archive.broken import Broken
from scoring.archive.trees import Element, elements, inside, list_in, read_tree, text_in, unmojibake


def stream(content):
    return io.BytesIO(content if isinstance(content, bytes) else content.encode())


def values(content, **more):
    return [element.value for element in elements(stream(content), **more)]


def breakage(content, read=values):
    with pytest.raises(Broken) as broken:
        read(content)
    return broken.value.code, broken.value.line


def whole(content):
    return read_tree(stream(content))


def test_the_elements_of_the_list_at_the_top_are_counted():
    assert list(elements(stream('\ufeff [ {"a": 1} , 2, "x" ] '))) == [
        Element("", 1, {"a": 1}),
        Element("", 2, 2),
        Element("", 3, "x"),
    ]


def test_lists_under_the_keys_at_the_top_are_told_by_their_key():
    content = '{"@context": "x", "items": [1, [2]], "owner": {"id": [3]}, "none": [], "n": null}'

    assert list(elements(stream(content))) == [
        Element("@context", 0, "x"),
        Element("items", 1, 1),
        Element("items", 2, [2]),
        Element("owner", 0, {"id": [3]}),
        Element("n", 0, None),
    ]


@pytest.mark.parametrize("content", ["[]", "{}", " [ ] ", " { }\n", '{"a": []}'])
def test_nothing_may_be_in_it(content):
    assert values(content) == []


NO_JSON = ["", " ", "hello", "[1", "[1,", "[1 2]", '{"a"', '{"a":', '{"a": 1', "{1: 2}", "[1}", '["a]']


@pytest.mark.parametrize("content", NO_JSON)
@pytest.mark.parametrize("read", [values, whole])
def test_what_is_no_json_is_broken(content, read):
    assert breakage(content, read)[0] == "not_json"


@pytest.mark.parametrize("read", [values, whole])
@pytest.mark.parametrize("content", ["[" * 100_000, '[{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_json_nested_without_end_is_broken(content, read):
    assert breakage(content, read)[0] == "too_deep"


def test_a_number_of_thousands_of_digits_is_broken():
    assert breakage(f"[1, {'9' * 5000}, 2]") == ("number_too_long", 1)


@pytest.mark.parametrize("endless", ["9" * 3_000_000, f'"{"x" * 3_000_000}"', "{" + '"a": [1],' * 300_000])
def test_an_element_without_end_is_broken(endless, monkeypatch):
    monkeypatch.setattr(trees, "MOST_CHARACTERS", 1_000_000)

    assert breakage(f"[1, {endless}]")[0] in {"too_long", "number_too_long"}
    assert breakage(f"[1, {endless}]")[1] == 1


def test_numbers_without_end_and_without_sense_are_numbers_or_nothing():
    assert values("[1e999, -1e999, NaN, Infinity, -Infinity, 0.1]") == [
        float("inf"),
        float("-inf"),
        *(None, None, None),
        0.1,
    ]


def test_what_came_before_the_break_is_told():
    found = []

    with pytest.raises(Broken) as broken:
        found.extend(elements(stream('{"items": [1, 2, oh]}')))

    assert broken.value.line == 2
    assert found == [] or [element.value for element in found] == [1, 2]


def test_lone_surrogates_and_nul_are_text():
    assert values('["\\ud800", "a\\u0000b", "a\0b"]') == ["\ud800", "a\0b", "a\0b"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_the_encoding_is_found_out(encoding):
    assert values('[{"a": "Zażółć"}]'.encode(encoding)) == [{"a": "Zażółć"}]


@pytest.mark.parametrize(
    "content",
    [
        "window.YTD.tweets.part0 = [1, 2]",
        "window.YTD.tweets.part0 = [1, 2];\n",
        "window.__THAR_CONFIG =\n[1,2]",
        "[1, 2]",
        "\ufeff\n[1, 2]",
    ],
)
def test_a_script_is_read_from_its_first_sign_of_equality(content):
    assert values(content, script=True) == [1, 2]


def test_a_list_with_an_equals_sign_in_it_is_no_script():
    assert values('["a = b"]', script=True) == ["a = b"]


@pytest.mark.parametrize("at_once", range(1, 12))
def test_what_is_read_at_once_does_not_matter(at_once, monkeypatch):
    monkeypatch.setattr(trees, "CHARACTERS_AT_ONCE", at_once)
    tree = [12, 1.5, -2e10, 1e-7, True, None, 'a\\"b', {"c": [[], {}]}, 345]

    assert values(json.dumps(tree)) == tree
    assert values(json.dumps({"k": tree, "n": 12.5e3})) == [*tree, 12500.0]


def test_memory_does_not_grow_with_the_file(monkeypatch):
    monkeypatch.setattr(trees, "CHARACTERS_AT_ONCE", 1 << 14)

    class Endless(io.RawIOBase):
        left = 4 * 1024 * 1024

        def readable(self):
            return True

        def readinto(self, buffer):
            row = b'{"timestamp": 1, "title": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},'
            some = (row * (len(buffer) // len(row)))[: len(buffer)] if self.left > 0 else b""
            self.left -= len(some)
            buffer[: len(some)] = some
            return len(some)

    opened = io.BufferedReader(Endless(), buffer_size=1 << 16)
    opened = io.BufferedReader(_After(b"[", opened))
    tracemalloc.start()
    try:
        with pytest.raises(Broken):
            for _element in elements(opened):
                pass
        assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    finally:
        tracemalloc.stop()


class _After(io.RawIOBase):
    """Some bytes, and then a stream."""

    def __init__(self, first, rest):
        self._first = first
        self._rest = rest

    def readable(self):
        return True

    def readinto(self, buffer):
        some = self._first or self._rest.read(len(buffer))
        self._first = b""
        buffer[: len(some)] = some
        return len(some)


def test_places_in_a_tree_are_found_or_are_nothing():
    tree = {"a": {"b": "text", "c": [1]}}

    assert (inside(tree, "a", "b"), text_in(tree, "a", "b"), list_in(tree, "a", "c")) == ("text", "text", [1])
    assert (inside(tree, "x", "b"), text_in(tree, "a", "c"), list_in(tree, "a", "b")) == (None, "", [])
    assert inside([tree], "a") is None


@pytest.mark.parametrize("text", ["Zażółć", "è", "😀", "plain", ""])
def test_the_text_of_meta_is_put_right(text):
    assert unmojibake(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize("text", ["Zażółć", "caf\xe9", "\ud800", "Ã"])
def test_text_that_is_right_already_is_left_alone(text):
    assert unmojibake(text) == text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda some: st.lists(some, max_size=4) | st.dictionaries(TEXTS, some, max_size=4),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(st.lists(TREES, max_size=5), st.booleans())
def test_every_list_is_read_as_it_was_written(tree, ascii_only):
    assert values(json.dumps(tree, ensure_ascii=ascii_only)) == tree


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('[]{}",:\\ 1e.-n\0tu\ud800a='), max_size=60), st.booleans())
def test_whatever_it_is_it_is_read_or_broken(text, script):
    found = []

    with suppress(Broken):
        found.extend(elements(stream(text.encode("utf-8", "surrogatepass")), script=script))

    assert all(isinstance(element, Element) for element in found)
