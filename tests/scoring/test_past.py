"""Which standing items one asks about again."""

from datetime import timedelta

from scoring.formula.history import Span
from scoring.past import CONFIRMED_FOR, HeldItem, to_confirm
from tests.moments import TODAY, days_ago

LONG_AGO, LATELY = TODAY - CONFIRMED_FOR, TODAY - CONFIRMED_FOR + timedelta(days=1)


def test_one_asks_of_what_holds_and_was_confirmed_half_a_year_ago():
    holds, ended = Span(days_ago(300)), Span(days_ago(300), TODAY)
    items = [
        HeldItem("photo", holds, LONG_AGO),
        HeldItem("skills", holds, LATELY),
        HeldItem("headline", holds, None),
        HeldItem("summary", ended, LONG_AGO),
    ]

    assert to_confirm(items, today=TODAY) == {"photo"}


def test_what_was_confirmed_lately_once_is_not_asked_again():
    items = [HeldItem("photo", Span(days_ago(300)), LONG_AGO), HeldItem("photo", Span(days_ago(9)), LATELY)]

    assert to_confirm(items, today=TODAY) == set()
