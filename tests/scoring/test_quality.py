"""Ratios beside the points."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from scoring import quality
from scoring.formula.history import History

DAY = date(2026, 11, 20)


def told(**tallies):
    history = History(
        tallies={
            code: {DAY - timedelta(days=back): n for back, n in by_day.items()}
            for code, by_day in tallies.items()
        }
    )
    return {
        label: [cell.shown for cell in cells]
        for label, cells in quality.rows(quality.quality_of(history, today=DAY))
    }


def test_acceptance_counts_both_kinds_of_requests_over_30_and_90_days():
    found = told(
        connection_request_sent={0: 4, 29: 4, 30: 12, 90: 50},
        connection_request_personalised={3: 4},
        connection_accepted={1: 3, 89: 9, 90: 40},
    )

    assert found["Requests accepted"] == ["25%", "50%"]


@pytest.mark.parametrize(
    ("replies", "messages", "shown"),
    [(0, 4, "–"), (4, 4, "–"), (0, 5, "0%"), (1, 8, "13%"), (2, 3, "–"), (5, 5, "100%"), (4, 5, "80%")],
)
def test_of_fewer_than_five_one_cannot_tell(replies, messages, shown):
    assert (
        told(message_sent={0: messages}, message_reply_received={0: replies})["Messages answered"][0] == shown
    )


@pytest.mark.parametrize(("replies", "shown"), [(12, "100%"), (13, "–")])
def test_more_answers_than_messages_are_no_rate(replies, shown):
    found = told(message_sent={0: 12}, message_reply_received={0: replies})

    assert found["Messages answered"][0] == shown


def test_comments_for_each_reaction_is_a_number_not_a_rate():
    found = told(comment_posted={2: 14}, post_recommended={2: 6})

    assert found["Comments for each reaction"] == ["2.3", "2.3"]


def test_without_history_nothing_is_told():
    assert set(map(tuple, told().values())) == {("–", "–")}


def test_days_to_come_are_not_counted():
    assert told(message_sent={-1: 100})["Messages answered"] == ["–", "–"]


def test_numbers_are_in_the_readers_style():
    with translation.override("pl"):
        history = History(tallies={"comment_posted": {DAY: 14}, "post_recommended": {DAY: 6}})
        cells = quality.rows(quality.quality_of(history, today=DAY))[2][1]

    assert cells[0].shown == "2,3"
