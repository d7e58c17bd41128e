"""What is told of a cell that was not understood."""

import pytest

from scoring.archive.tellable import tellable


@pytest.mark.parametrize(
    "value",
    [
        "31 Feb 2026",
        "Sat Sep 05 08:12:14 UTC 2026",
        "2026-13-01T00:00:00Z",
        "30 lutego 2026",
        "5 września 20266",
        "N/A",
    ],
)
def test_a_date_is_told(value):
    assert tellable(value, "no_day") == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Thank you, Anna", "… …, …"),
        ("call 0604", "… 0604"),
        ("4 mei 2026", "4 … 2026"),
        ("You uploaded a video on May 99, 2026", "… … a … on May 99, 2026"),
    ],
)
def test_words_in_the_place_of_a_date_are_left_out(value, shown):
    assert tellable(value, "no_day") == shown


@pytest.mark.parametrize("value", ["CURIOUS", "Maybe_later", "Zgłoszone"])
def test_a_single_word_is_told_of_a_type_or_status(value):
    assert tellable(value, "unknown_type") == value


@pytest.mark.parametrize(
    "value", ["see you there", "anna@mail.example", "https://a.example", "x" * 61, "4711", ""]
)
def test_nothing_else_is_told_of_a_type_or_status(value):
    assert tellable(value, "unknown_status") == ""


def test_nothing_long_is_told():
    assert tellable("1" * 61, "no_day") == ""


def test_signs_that_do_not_print_are_told_as_such():
    assert tellable("1\x1b[2026", "no_day") == "1�[2026"
