from datetime import date

import pytest

from scoring.formula.history import History, Span

MONDAY, TUESDAY, WEDNESDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)


def test_a_span_does_not_include_its_until():
    history = History(holdings={"photo": [Span(MONDAY, WEDNESDAY)]})

    assert history.held_on(TUESDAY) == {"photo"}
    assert history.held_on(WEDNESDAY) == set()


def test_a_span_without_an_until_does_not_end():
    history = History().with_holding("photo", Span(TUESDAY))

    assert history.held_on(MONDAY) == set()
    assert history.held_on(date(2099, 1, 1)) == {"photo"}


def test_an_empty_span_holds_on_no_day():
    assert History(holdings={"photo": [Span(MONDAY, MONDAY)]}).held_on(MONDAY) == set()


def test_acts_of_a_kind_and_day_are_tallied_together():
    history = History().with_acts([("comment", MONDAY, 2), ("comment", MONDAY, 3), ("search", TUESDAY, 1)])

    assert history.tallies == {"comment": {MONDAY: 5}, "search": {TUESDAY: 1}}


def test_adding_leaves_the_first_history_as_it_was():
    before = History(tallies={"comment": {MONDAY: 1}}, holdings={"photo": (Span(MONDAY, TUESDAY),)})

    before.with_acts([("comment", MONDAY, 2)]).with_holding("photo", Span(WEDNESDAY))

    assert before == History(tallies={"comment": {MONDAY: 1}}, holdings={"photo": (Span(MONDAY, TUESDAY),)})


@pytest.mark.parametrize("quantity", [0, -1])
def test_an_act_of_nothing_is_refused(quantity):
    with pytest.raises(ValueError, match="quantity"):
        History().with_acts([("comment", MONDAY, quantity)])


def test_what_began_after_a_day_can_be_left_out():
    history = History(
        tallies={"comment": {MONDAY: 1, WEDNESDAY: 2}},
        holdings={"photo": [Span(MONDAY, WEDNESDAY), Span(WEDNESDAY)]},
        leave=[Span(WEDNESDAY)],
    )

    earlier = history.up_to(TUESDAY)

    assert earlier.tallies == {"comment": {MONDAY: 1}}
    assert earlier.holdings == {"photo": (Span(MONDAY, WEDNESDAY),)}
    assert earlier.leave == [Span(WEDNESDAY)]
