"""The trend, drawn, told and tabled."""

import datetime
from decimal import Decimal

import pytest

from scoring.charts import before_and_after, trend
from scoring.models import OfficialScore, Score

ONE_DAY = datetime.timedelta(days=1)
LAST = datetime.date(2026, 11, 22)


def scores(*ssis):
    first = LAST - (len(ssis) - 1) * ONE_DAY
    return [Score(day=first + n * ONE_DAY, ssi=ssi) for n, ssi in enumerate(ssis) if ssi is not None]


def official(days_ago, total):
    return OfficialScore(day=LAST - days_ago * ONE_DAY, total=Decimal(total))


def test_without_a_score_there_is_no_chart():
    assert trend([]) is None


def test_the_table_says_what_the_line_says():
    chart = trend(scores(4210, 4230, 4315), [official(1, "44.5")])

    ours, theirs = chart.figure["data"]
    assert ours["y"] == [42.10, 42.30, 43.15]
    assert theirs["y"] == [44.5]
    assert chart.head == ["Day", "Index", "LinkedIn, self-reported"]
    assert chart.rows[0] == ["22 November 2026", "43.15", "–"]
    assert chart.rows[1] == ["21 November 2026", "42.30", "44.50"]


def test_missing_days_are_gaps():
    chart = trend(scores(4210, None, 4315))

    line = chart.figure["data"][0]
    assert line["y"] == [42.10, None, 43.15]
    assert line["connectgaps"] is False
    assert len(chart.rows) == 2


def test_the_axis_is_whole_and_colours_come_from_the_theme():
    figure = trend(scores(4210, 4315)).figure

    assert figure["layout"]["yaxis"]["range"] == [0, 100]
    assert figure["data"][0]["line"]["color"] == "var(--ink)"


def test_the_sentence_says_which_way_it_went():
    up, down, level = trend(scores(4000, 4120)), trend(scores(4120, 4000)), trend(scores(4000, 4000))

    assert up.sentence == "The index rose by 1.20 to 41.20 from 21 November 2026 to 22 November 2026."
    assert down.sentence.startswith("The index fell by 1.20 to 40.00")
    assert level.sentence.startswith("The index is at 40.00, as on")


def test_one_day_is_a_point():
    chart = trend(scores(4000), [official(0, "50")])

    assert chart.figure["data"][0]["mode"] == "markers"
    assert "the first day with a score" in chart.sentence
    assert chart.sentence.endswith("LinkedIn showed 50.00 on 22 November 2026.")


def test_a_new_formula_is_marked_and_its_name_is_only_text():
    chart = trend(scores(4000, 4100, 4200), (), [(LAST, "<b>Autumn</b>")])

    assert chart.figure["layout"]["shapes"][0]["x0"] == "2026-11-22"
    assert chart.figure["layout"]["annotations"][0]["text"] == "&lt;b&gt;Autumn&lt;/b&gt;"
    assert chart.rows[0] == ["22 November 2026", "42.00", "<b>Autumn</b>"]


DAY_BEFORE, LAST_DAY = datetime.date(2026, 11, 19), datetime.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ({LAST_DAY: 1000}, {LAST_DAY: 1250}, "rises by 2.50, from 10.00 to 12.50."),
        ({LAST_DAY: 1250}, {LAST_DAY: 1000}, "falls by 2.50, from 12.50 to 10.00."),
        ({LAST_DAY: 1000}, {LAST_DAY: 1000}, "stays at 10.00."),
        ({}, {LAST_DAY: 1000}, "There is no index yet; with the archive it is 10.00 on 20 November 2026."),
    ],
)
def test_before_and_after_are_compared_on_the_last_day(before, after, sentence):
    assert before_and_after(before, after).sentence.endswith(sentence)


def test_before_and_after_a_day_that_only_one_of_them_has_is_a_gap_in_the_other():
    chart = before_and_after({LAST_DAY: 1000}, {DAY_BEFORE: 700, LAST_DAY: 1200})

    assert [line["y"] for line in chart.figure["data"]] == [[None, 10.0], [7.0, 12.0]]
    assert chart.rows == [
        ["20 November 2026", "10.00", "12.00", "+2.00"],
        ["19 November 2026", "–", "7.00", "–"],
    ]


def test_before_and_after_without_an_index_there_is_no_chart():
    assert before_and_after({}, {}) is None
