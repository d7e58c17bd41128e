"""Every reason for which an archive, a file or a row is not taken has words, and none are left over."""

import ast
from pathlib import Path

import pytest

from scoring.uploads import words
from scoring.uploads.words import REFUSALS, SKIPS, words_of_refusal, words_of_skip

ROOT = Path(words.__file__).resolve().parent.parent
# In which place of a call the code stands.
REFUSING = {"Refused": 0, "Unread": 0}
SKIPPING = {"Broken": 0, "NoDay": 0, "Unclear": 1, "Skipped": 3}
FACTS = {"most": 3, "most_mib": 4, "columns": "kind, day", "what": "KeyError", "where": "dates.py:1"}


def sources():
    for file in sorted(ROOT.rglob("*.py")):
        if "migrations" not in file.parts and file != Path(words.__file__).resolve():
            yield file.name, ast.parse(file.read_text(encoding="utf-8"))


def codes(places):
    """The codes that the sources give as a text, each with the file that it is in."""
    for name, tree in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = places.get(node.func.id)
            if place is not None and place < len(node.args):
                for part in ast.walk(node.args[place]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                        yield part.value, name


def test_the_words_are_no_source_of_themselves():
    assert ROOT.name == "scoring"
    assert (
        len(list(sources()))
        == len([file for file in ROOT.rglob("*.py") if "migrations" not in file.parts]) - 1
    )


def test_every_refusal_has_words():
    assert [found for found in codes(REFUSING) if found[0] not in REFUSALS] == []


def test_every_skipped_row_has_words():
    assert [found for found in codes(SKIPPING) if found[0] not in SKIPS] == []


def test_the_sources_are_understood():
    """Otherwise nothing would be compared."""
    assert {"bomb", "links", "memory", "damaged_zip"} <= {code for code, _name in codes(REFUSING)}
    assert {"damaged", "not_json", "no_day", "future"} <= {code for code, _name in codes(SKIPPING)} | {
        "no_day"
    }


@pytest.mark.parametrize("code", sorted({*REFUSALS, *SKIPS}))
def test_no_words_are_left_over(code):
    assert any(
        isinstance(node, ast.Constant) and node.value == code
        for _name, tree in sources()
        for node in ast.walk(tree)
    )


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_is_a_sentence_with_its_facts(code):
    words = words_of_refusal(code, FACTS)

    assert words.endswith(".")
    assert "%" not in words


@pytest.mark.parametrize("code", sorted(SKIPS))
def test_a_skip_is_a_sentence(code):
    assert words_of_skip(code).endswith(".")


@pytest.mark.parametrize("code", ["", "nonsense", "too_many_files"])
def test_an_unknown_reason_and_missing_facts_are_no_crash(code):
    assert words_of_refusal(code, {}).endswith(".")
    assert words_of_skip("nonsense").endswith(".")
