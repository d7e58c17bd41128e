"""A new formula is marked on every chart that shows days."""

from datetime import date, timedelta

import pytest

from scoring import charts
from scoring.formula_marks import all_changes, between
from scoring.models import Formula
from scoring.official.chart import beside_ours
from scoring.rulebook import Rulebook
from teams import charts as team_charts

LAST = date(2026, 11, 22)
DAYS = [LAST - timedelta(days=n) for n in range(60)]
COURSE = dict.fromkeys(DAYS, 4200)
EARLY, LATE = LAST - timedelta(days=50), LAST - timedelta(days=5)
CHANGES = {EARLY: "Autumn <rules>", LATE: "Winter", LAST + timedelta(days=3): "To come"}
CHARTS = {
    "trend": lambda: charts.trend(
        [charts.DayScore(day, 0, 0, 0, 0, ssi) for day, ssi in COURSE.items()], (), CHANGES.items()
    ),
    "before and after": lambda: charts.before_and_after(COURSE, COURSE, CHANGES),
    "official": lambda: beside_ours(COURSE, COURSE, daily_from=DAYS[-1], formula_changes=CHANGES),
    "board": lambda: team_charts.trend(COURSE, last=LAST, formula_changes=CHANGES),
}


@pytest.mark.parametrize("name", CHARTS)
def test_it_is_marked_and_told_in_words(name):
    chart = CHARTS[name]()

    layout = chart.figure["layout"]
    shown = [(mark["x"], mark["text"]) for mark in layout["annotations"]]
    assert (EARLY.isoformat(), "Autumn &lt;rules&gt;") in shown
    assert {shape["x0"] for shape in layout["shapes"]} >= {EARLY.isoformat(), LATE.isoformat()}
    words = chart.sentence if name == "official" else str(chart.rows)
    assert "Autumn <rules>" in words
    assert "Winter" in words


@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"trend"}))
def test_one_that_is_not_in_its_days_is_not(name):
    chart = CHARTS[name]()

    assert "To come" not in str(chart)


def test_a_name_stands_where_there_is_room():
    marks = CHARTS["board"]().figure["layout"]["annotations"]

    assert [mark["xanchor"] for mark in marks] == ["left", "right"]


def test_a_chart_without_a_new_formula_has_no_column_for_it():
    assert charts.before_and_after(COURSE, COURSE).head == [
        *("Day", "As it is", "With the archive", "Difference")
    ]
    assert team_charts.trend(COURSE, last=LAST).head == ["Day", "Average SSI"]


def test_the_first_formula_is_no_change(db):
    second = Formula.objects.get().copy(name="Second", by=None)
    second.put_in_force(LATE, today=LATE - timedelta(days=1))

    changes = all_changes(Rulebook())

    assert changes == {LATE: "Second"}
    assert between(changes, LATE, LAST) == {}
