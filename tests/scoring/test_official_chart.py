"""LinkedIn's figures beside our index, drawn and told."""

import datetime

import plotly.graph_objects as go

from scoring.official.chart import MOST_DAYS_BETWEEN_LOOKS, beside_ours

TODAY = datetime.date(2026, 11, 22)
DAILY_FROM = TODAY - datetime.timedelta(days=400)


def ago(days):
    return TODAY - datetime.timedelta(days=days)


def chart(theirs, ours):
    return beside_ours(theirs, ours, daily_from=DAILY_FROM)


def traces(drawn):
    return {trace["name"]: trace for trace in drawn.figure["data"]}


def test_without_linkedins_figures_there_is_nothing_to_compare():
    assert chart({}, {TODAY: 4000}) is None


def test_two_lines_and_the_difference_between_them():
    drawn = chart({ago(2): 4500, TODAY: 4400}, {ago(2): 4210, ago(1): 4230, TODAY: 4415})

    found = traces(drawn)
    assert found["Index"]["y"] == [42.10, 42.30, 44.15]
    assert found["LinkedIn, self-reported"]["y"] == [45.0, 44.0]
    assert found["Difference"]["y"] == [45.0, 42.10, None, 44.0, 44.15, None]
    assert [text for text in found["Difference"]["text"] if text] == ["−2.90", "+0.15"]
    assert drawn.sentence == (
        "LinkedIn showed 44.00 on 22 November 2026; our index was 44.15, 0.15 more. "
        "On the 2 days that have both, the difference was from −2.90 to +0.15."
    )


def test_our_days_before_linkedins_first_are_left_out():
    assert traces(chart({ago(1): 4500}, {ago(2): 4210, TODAY: 4230}))["Index"]["x"] == ["2026-11-22"]


def test_days_without_a_score_are_gaps():
    drawn = traces(chart({ago(3): 4500}, {ago(3): 4210, TODAY: 4415}))["Index"]

    assert drawn["y"] == [42.10, None, 44.15]
    assert drawn["connectgaps"] is False


def test_months_kept_by_their_last_day_are_no_gaps():
    july, august, october = (
        datetime.date(2024, 7, 31),
        datetime.date(2024, 8, 31),
        datetime.date(2024, 10, 31),
    )

    drawn = traces(chart({july: 4500}, {july: 4000, august: 4100, october: 4200}))["Index"]

    assert drawn["y"] == [40.0, 41.0, None, 42.0]


def test_nobody_looked_for_long_is_a_gap():
    late = ago(0) - datetime.timedelta(days=MOST_DAYS_BETWEEN_LOOKS)
    early = late - datetime.timedelta(days=MOST_DAYS_BETWEEN_LOOKS + 1)

    drawn = traces(chart({early: 4000, late: 4100, TODAY: 4200}, {}))["LinkedIn, self-reported"]

    assert drawn["y"] == [40.0, None, 41.0, 42.0]


def test_a_day_without_a_score_of_ours_is_told():
    assert chart({TODAY: 4500}, {}).sentence == (
        "LinkedIn showed 45.00 on 22 November 2026, a day without an index of ours."
    )
    assert chart({TODAY: 4500}, {TODAY: 4500}).sentence.endswith("our index was the same.")


def test_plotly_takes_the_figure():
    drawn = chart({ago(900): 4000, TODAY: 4400}, {ago(1): 4230, TODAY: 4415})

    assert go.Figure(drawn.figure).to_plotly_json()["layout"]["yaxis"]["range"] == [0, 100]
