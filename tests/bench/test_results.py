"""The table of results: what a line says, and which lines a later run replaces."""

from pathlib import Path

import pytest

from bench import results
from bench.harness import Figure, Goal, Measure, spread

SETTING = {"machine": "2 cores", "versions": "Python 3"}


def line(what="Night", *, benchmark="night", value=2.0, goal=None, number="1"):
    figure = Figure(number, what, spread([value]), goal=goal, note="100 sellers")
    return results.line_of(figure, benchmark=benchmark, day="2026-11-22")


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "RESULTS.md"


def write(path, *lines, setting=SETTING, full=False):
    results.write(path, lines, setting=setting, full=full)
    return path.read_text(encoding="utf-8")


def test_a_line_tells_measure_spread_goal_and_whether_it_is_met():
    figure = Figure("1", "Night", Measure(4.125, 3.9, 12.34, 5), goal=Goal(5, stretch=3.5), note="two sizes")

    cells = results.line_of(figure, benchmark="night", day="2026-11-22").cells

    assert cells == (
        *("1", "night", "Night", "**4.12x**", "3.90 to 12.3", "5"),
        *("≤ 5.00x", "≤ 3.50x", "yes", "two sizes", "2026-11-22"),
    )


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (None, 1.0, ""),
        (Goal(5, stretch=3.5), 3.5, "stretch"),
        (Goal(5, stretch=3.5), 4.0, "yes"),
        (Goal(5), 6.0, "**no**"),
        (Goal(40, stretch=100, at_least=True), 120.0, "stretch"),
    ],
)
def test_a_line_says_whether_the_goal_is_met(goal, value, met):
    assert line(goal=goal, value=value).cells[8] == met


def test_the_table_stands_below_its_setting(path):
    text = write(path, line())

    assert "## Short form\n\n- machine: 2 cores\n- versions: Python 3\n\n| # | benchmark |" in text
    assert "| 1 | night | Night | **2.00x** |" in text


def test_a_run_of_one_benchmark_replaces_its_lines_only(path):
    write(path, line(value=2.0), line("Board", benchmark="board", number="7"))

    text = write(path, line(value=3.0))

    assert text.count("| night |") == 1
    assert "**3.00x**" in text
    assert "| 7 | board | Board |" in text


def test_lines_are_in_the_order_of_the_goals(path):
    text = write(
        path, line("Disk", benchmark="disk", number="12"), line("Board", benchmark="board", number="7")
    )

    assert text.index("| 7 |") < text.index("| 12 |")


def test_under_another_setting_older_lines_go(path):
    write(path, line(), line("Board", benchmark="board", number="7"))

    text = write(path, line(), setting={"machine": "4 cores"})

    assert "Board" not in text
    assert "2 cores" not in text


def test_the_other_form_stays(path):
    write(path, line(value=9.0), full=True)

    text = write(path, line(value=2.0))

    assert text.index("## Short form") < text.index("## Full form")
    assert "**9.00x**" in text
    assert "**2.00x**" in text


def test_writing_twice_is_writing_once(path):
    once = write(path, line())

    assert write(path, line()) == once


def test_the_setting_names_neither_the_machine_nor_a_folder():
    said = " ".join(results.setting_here({"PostgreSQL": "18"}).values())

    assert "cores" in said
    assert "/" not in said
